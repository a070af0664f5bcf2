"""The four kinds of value of an expression and how they become each other.

Conversions follow XPath 1.0 as extended by the ODK XForms specification (``number()``: dates are
days since 1970) and, where Enketo differs, JavaRosa (``XPathFuncExpr``): a date is a whole local
day, a decimal comma counts as a point, an unanswered question is '' and so false and not a number,
and numbers closer than 1e-12 are equal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import tzinfo
from decimal import Decimal
from enum import Enum

from app.questionnaire.expressions.moments import days_since_1970
from app.questionnaire.instance import Node

Value = str | float | bool | list[Node]
"""A set of nodes holds relevant nodes only, in document order."""

NAN = math.nan
TOLERANCE = 1e-12
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SPACE = " \t\r\n"


class Kind(Enum):
    """What a value is; ``ANY`` when only running the expression tells."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    NODES = "nodes"
    ANY = "any"


def first_text(nodes: list[Node]) -> str:
    """The answer in a set of nodes: that of the first, or '' when there is none."""
    return nodes[0].value if nodes else ""


def to_string(value: Value) -> str:
    """As XPath's ``string()``; a number that is none gives ``NaN`` (see :func:`display`)."""
    if isinstance(value, str):
        return value
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, list):
        return first_text(value)
    return number_to_string(value)


def display(value: Value) -> str:
    """As :func:`to_string`, but '' for a number that is none.

    For everything that is stored or shown: the result of a calculate, an output in a label, a
    default. Both ODK Collect and Enketo print "NaN" there, which tells nobody anything.
    """
    text = to_string(value)
    return "" if text == "NaN" and isinstance(value, float) else text


def number_to_string(number: float) -> str:
    """Digits without exponent or needless zeros: ``1``, ``0.1``, ``NaN``, ``-Infinity``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = int(number)
    if abs(number - whole) < TOLERANCE:
        return str(whole)
    return format(Decimal(repr(number)), "f")


def to_number(value: Value, zone: tzinfo | None = None) -> float:
    """As ODK's ``number()``: NaN for what is no number, days since 1970-01-01 for a date.

    A dateTime counts as the whole day that it is in ``zone`` (without one: the day as written).
    """
    if isinstance(value, float):
        return value
    if value is True or value is False:
        return 1.0 if value else 0.0
    return text_to_number(value if isinstance(value, str) else to_string(value), zone)


def text_to_number(text: str, zone: tzinfo | None) -> float:
    """The number, or the day, that a text is; else NaN."""
    number = plain_number(text)
    if not math.isnan(number) or "-" not in text:
        return number
    day = days_since_1970(text.strip(_SPACE), zone)
    return NAN if day is None else float(day)


def plain_number(text: str) -> float:
    """The number that a text is, dates apart; else NaN."""
    plain = text.strip(_SPACE).replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else NAN


def to_boolean(value: Value) -> bool:
    """False for '', for 0, for what is no number, and for nodes of which none has an answer."""
    if value is True or value is False:
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, list):
        return any(node.value for node in value)
    return abs(value) > TOLERANCE


def same_number(one: float, other: float) -> bool:
    """Whether two numbers are equal, as JavaRosa's ``XPathEqExpr`` has it."""
    return one == other or abs(one - other) < TOLERANCE


def answers(nodes: Iterable[Node]) -> list[str]:
    """The answer of each node."""
    return [node.value for node in nodes]
