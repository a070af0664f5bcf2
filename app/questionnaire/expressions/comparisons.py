"""``= != < <= > >=`` as in XPath 1.0, 3.4, where a set of nodes compares by any of its nodes.

As in JavaRosa an empty set of nodes counts as '', and only numbers have an order: a date is the
number of its day.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import tzinfo

from app.questionnaire.expressions.values import (
    Value,
    answers,
    same_number,
    text_to_number,
    to_boolean,
    to_number,
)

Order = Callable[[float, float], bool]


def equal(one: Value, other: Value, zone: tzinfo) -> bool:
    """Whether two values, or any two of their nodes, are the same."""
    if isinstance(one, bool) or isinstance(other, bool):
        return to_boolean(one) == to_boolean(other)
    if isinstance(one, float) or isinstance(other, float):
        return any(same_number(a, b) for a, b in _pairs(one, other, zone))
    return not _texts(one).isdisjoint(_texts(other))


def unequal(one: Value, other: Value, zone: tzinfo) -> bool:
    """Whether two values, or any two of their nodes, differ."""
    if isinstance(one, bool) or isinstance(other, bool):
        return to_boolean(one) != to_boolean(other)
    if isinstance(one, float) or isinstance(other, float):
        return any(not same_number(a, b) for a, b in _pairs(one, other, zone))
    return len(_texts(one) | _texts(other)) > 1


def ordered(order: Order, one: Value, other: Value, zone: tzinfo, *, rising: bool) -> bool:
    """Whether an order holds between two values, or any two of their nodes.

    ``rising`` says that the order is ``<`` or ``<=``.
    """
    ones = [number for number in _numbers(one, zone) if not math.isnan(number)]
    others = [number for number in _numbers(other, zone) if not math.isnan(number)]
    if not ones or not others:
        return False
    if rising:
        return order(min(ones), max(others))
    return order(max(ones), min(others))


def _pairs(one: Value, other: Value, zone: tzinfo) -> list[tuple[float, float]]:
    """Every pair of numbers; at least one side is a single number here."""
    return [(a, b) for a in _numbers(one, zone) for b in _numbers(other, zone)]


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list):
        return [text_to_number(text, zone) for text in answers(value)] or [math.nan]
    return [to_number(value, zone)]


def _texts(value: Value) -> frozenset[str]:
    if isinstance(value, list):
        return frozenset(answers(value)) or frozenset({""})
    return frozenset({str(value)})
