"""Number functions of ODK XForms. None raises: what has no result is NaN or infinite."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.strings import whole
from app.questionnaire.expressions.values import NAN, Value, answers, text_to_number, to_number

_EXACT = Context(prec=400)
"""Digits enough for the largest float with 30 decimals."""


def guarded(function: Callable[..., float]) -> Callable[..., float]:
    """A function of ``math`` that gives NaN or infinity where Python would raise."""

    def run(*numbers: float) -> float:
        try:
            return float(function(*numbers))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return run


def divide(one: float, other: float) -> float:
    if other != 0:
        return one / other
    if one == 0 or math.isnan(one):
        return NAN
    return math.copysign(math.inf, one) * math.copysign(1, other)


def modulo(one: float, other: float) -> float:
    """The rest of a division, with the sign of the first number, as XPath's ``mod``."""
    if other == 0 or math.isinf(one):
        return NAN
    return math.fmod(one, other)


def integer(number: float) -> float:
    """The number without its fraction."""
    return float(math.trunc(number)) if math.isfinite(number) else number


def floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def round_to(number: float, decimals: float = 0) -> float:
    """Rounds a half up (towards positive infinity, as XPath); more than 30 places is NaN.

    Works on the decimal that is written for the float, so that ``round(1.005, 2)`` is 1.01, as in
    JavaRosa.
    """
    places = whole(decimals)
    if not math.isfinite(number):
        return number
    if abs(places) > 30:
        return NAN
    half = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    step = Decimal(1).scaleb(-places)
    return float(Decimal(repr(number)).quantize(step, rounding=half, context=_EXACT))


def power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0 else NAN


def logarithm(number: float) -> float:
    return -math.inf if number == 0 else guarded(math.log)(number)


def logarithm10(number: float) -> float:
    return -math.inf if number == 0 else guarded(math.log10)(number)


def exp10(number: float) -> float:
    return power(10.0, number)


def pi() -> float:
    return math.pi


def random(scope: Scope) -> float:
    return scope.environment.random.random()


def numbers_in(scope: Scope, values: tuple[Value, ...]) -> list[float]:
    """Every number in some values; what is none is left out, as in JavaRosa."""
    zone = scope.environment.timezone
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [text_to_number(text, zone) for text in answers(value)]
        else:
            found.append(to_number(value, zone))
    return [number for number in found if not math.isnan(number)]


def total(scope: Scope, *values: Value) -> float:
    return float(sum(numbers_in(scope, values)))


def largest(scope: Scope, *values: Value) -> float:
    return max(numbers_in(scope, values), default=NAN)


def smallest(scope: Scope, *values: Value) -> float:
    return min(numbers_in(scope, values), default=NAN)
