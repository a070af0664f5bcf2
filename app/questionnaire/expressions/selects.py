"""Functions of ODK XForms on choices, which a select stores separated by spaces, and on texts."""

from __future__ import annotations

import math

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.paths import absolute_ref
from app.questionnaire.expressions.strings import whole
from app.questionnaire.expressions.values import Value, answers, to_number


def selected(chosen: str, value: str) -> bool:
    """Whether a choice is among those chosen (JavaRosa's ``multiSelected``)."""
    return f" {value.strip()} " in f" {chosen} "


def selected_at(chosen: str, index: float) -> str:
    """The choice at a place, counted from 0; '' when there is none."""
    choices = chosen.split()
    place = whole(index)
    return choices[place] if 0 <= place < len(choices) else ""


def count_selected(chosen: str) -> float:
    return float(len(chosen.split()))


def choice_name(scope: Scope, value: str, question: str) -> str:
    """The label of a choice; ``question`` is the path of its question, in a text."""
    return scope.environment.choice_label(value, absolute_ref(question, scope.current.ref))


def itext(scope: Scope, text_id: str) -> str:
    return scope.environment.itext(text_id)


def checklist(scope: Scope, least: float, most: float, *values: Value) -> bool:
    """Whether so many values count as yes; -1 for no bound."""
    yes = sum(_counts(scope, value) for value in _each(values))
    return (least < 0 or yes >= least) and (most < 0 or yes <= most)


def _each(values: tuple[Value, ...]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        found += answers(value) if isinstance(value, list) else [value]
    return found


def weighted_checklist(scope: Scope, least: float, most: float, *values: Value) -> bool:
    """As checklist, but each value is followed by its weight; two sets of nodes are paired."""
    zone = scope.environment.timezone
    flags, weights = _each(values[::2]), _each(values[1::2])
    weight = sum(
        to_number(weight, zone)
        for flag, weight in zip(flags, weights, strict=False)
        if _counts(scope, flag)
    )
    return least <= weight <= most


def _counts(scope: Scope, value: Value) -> bool:
    """Whether a value is yes: when it converts to a number above 0 (ODK XForms)."""
    number = to_number(value, scope.environment.timezone)
    return not math.isnan(number) and number > 0
