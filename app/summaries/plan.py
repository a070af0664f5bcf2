"""What is counted of a form: its columns, and how the value of each becomes a few short keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.questionnaire import layout
from app.questionnaire.model import DataClass, Form, Kind, Question
from app.summaries.asking import Asking
from app.summaries.counting import Counting
from app.summaries.indicators import Summary

Values = Callable[[Any], tuple[str, ...]]

RULES = 2
"""Raised when counting itself changes, so that tallies kept from before are counted anew."""

WG_STATUS = "wg_status"
"""The calculate in which a form puts the Washington Group status: with, without, undetermined."""

_DIGITS = 4


def _one(value: Any) -> tuple[str, ...]:
    return (str(value),)


def _several(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, value))) if isinstance(value, list) else _one(value)


def _ranked(value: Any) -> tuple[str, ...]:
    return tuple(f"{code} {place}" for place, code in enumerate(_several(value), start=1))


def _number(value: Any) -> tuple[str, ...]:
    """Four significant digits: whole numbers below 10,000 stay exact, and there are few keys."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ()
    try:
        return (f"{float(f'{value:.{_DIGITS}g}') + 0.0:.15g}",)  # + 0.0 makes -0.0 a zero
    except OverflowError:
        return ()


def _month(value: Any) -> tuple[str, ...]:
    return (str(value)[:7],)


def _hour(value: Any) -> tuple[str, ...]:
    return (str(value)[:2],)


def _nothing(value: Any) -> tuple[str, ...]:
    return ()


READERS: Mapping[Kind, Values] = {
    Kind.SELECT_ONE: _one,
    Kind.SELECT_MULTIPLE: _several,
    Kind.RANK: _ranked,
    Kind.ACKNOWLEDGE: _one,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.RANGE: _number,
    Kind.DATE: _month,
    Kind.DATETIME: _month,
    Kind.TIME: _hour,
}
"""How a kind is counted. The others (texts, files, places) are only counted as answered."""


@dataclass(frozen=True, slots=True)
class Column:
    """One question to be counted. ``key`` is its path below the root: ``needs``, ``house/age``."""

    key: str
    name: str
    question: Question
    values: Values


@dataclass(frozen=True, slots=True)
class Unit:
    """What a count is a count of: respondents (key ``""``), or the rows of one repeat."""

    key: str
    way: layout.Unit
    parts: tuple[tuple[layout.Path, tuple[Column, ...]], ...]
    """The columns of one row by the groups they stand in."""

    def columns(self) -> Iterator[Column]:
        for _, columns in self.parts:
            yield from columns


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is counted of one form."""

    units: tuple[Unit, ...]
    place: tuple[str, ...]
    """Path of the question that says where a respondent lives; () when there is none."""
    timezone: str
    asking: Asking
    digest: str
    """Equal for plans that count the same; tallies are kept under it."""
    counting: Counting | None = None
    """The tables that the form's summary file declares."""

    def columns(self) -> Iterator[Column]:
        for unit in self.units:
            yield from unit.columns()


def plan_of(
    form: Form,
    calculates: frozenset[str] = frozenset({WG_STATUS}),
    summary: Summary | None = None,
) -> Plan:
    """Count every question that takes an answer, the ``calculates`` named, and the ``summary``.

    Contact data (class C) are never counted, nor is the question that asks for consent: a
    response without it does not exist.
    """
    units = tuple(_units(form, calculates))
    keys = [
        f"{unit.key}:{column.key}:{column.question.kind}"
        for unit in units
        for column in unit.columns()
    ]
    declared = summary.digest if summary else ""
    head = f"{RULES} {form.id} {form.version} {form.settings.timezone} {declared}"
    said = "\n".join((head, *keys))
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    counting = Counting(form, summary) if summary else None
    return Plan(units, _place(form), form.settings.timezone, Asking(form), digest, counting)


def _units(form: Form, calculates: frozenset[str]) -> Iterator[Unit]:
    found: dict[layout.Unit, dict[layout.Path, list[Column]]] = {(): {}}
    for unit, path, question in layout.placed(form):
        if _counted(form, question, calculates):
            column = _column(form, question)
            found.setdefault(unit, {}).setdefault(path, []).append(column)
    for unit, parts in found.items():
        key = "/".join(name for way in unit for name in way)
        yield Unit(key, unit, tuple((path, tuple(columns)) for path, columns in parts.items()))


def _counted(form: Form, question: Question, calculates: frozenset[str]) -> bool:
    if question.data_class is DataClass.CONTACT or question.name == form.settings.consent:
        return False
    if question.kind is Kind.CALCULATE:
        return question.name in calculates
    return question.kind.takes_answer


def _column(form: Form, question: Question) -> Column:
    values = _one if question.kind is Kind.CALCULATE else READERS.get(question.kind, _nothing)
    return Column(key_of(form, question), question.name, question, values)


def key_of(form: Form, question: Question) -> str:
    """The path of a question below the root of its form, as a tally names it."""
    return question.ref.removeprefix(form.root.ref + "/")


def _place(form: Form) -> tuple[str, ...]:
    question = form.question(form.settings.place) if form.settings.place else None
    return () if question is None else tuple(key_of(form, question).split("/"))
