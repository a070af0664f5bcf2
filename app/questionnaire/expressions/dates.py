"""Date and time functions of ODK XForms: local days and times in the survey's time zone."""

from __future__ import annotations

import math
import re
from datetime import datetime

from babel import Locale, UnknownLocaleError

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.moments import (
    day_fraction,
    from_days,
    iso,
    parse_clock,
    parse_moment,
    to_days,
    whole_day,
)
from app.questionnaire.expressions.strings import joined
from app.questionnaire.expressions.values import NAN, Value, text_to_number, to_string

_ESCAPE = re.compile(r"%(.?)", re.DOTALL)
_DATE_ESCAPES = frozenset("Yymnbdea%")
_TIME_ESCAPES = _DATE_ESCAPES | frozenset("HhMS3")


def today(scope: Scope) -> str:
    return _now(scope).date().isoformat()


def now(scope: Scope) -> str:
    return iso(_now(scope))


def date(scope: Scope, value: Value) -> str:
    """The day of a date or dateTime, or so many days after 1970-01-01; '' when it is neither."""
    moment = _local_day(scope, value)
    return "" if moment is None else moment.date().isoformat()


def date_time(scope: Scope, value: Value) -> str:
    """As JavaRosa's ``date-time()``: a dateTime; a number counts days from 1970-01-01 UTC."""
    moment = _instant(scope, value)
    return "" if moment is None else iso(moment)


def decimal_date_time(scope: Scope, value: Value) -> float:
    """Days since 1970-01-01 UTC, with their fraction; a date counts from its local midnight."""
    number = _number(value)
    if not math.isnan(number):
        return number
    moment = _instant(scope, value)
    return NAN if moment is None else to_days(moment)


def decimal_time(scope: Scope, value: Value) -> float:
    """The part of the local day that has passed at a time: 0.5 at noon."""
    number = _number(value)
    if math.isfinite(number):
        return number - math.floor(number)
    text = to_string(value)
    zone = scope.environment.timezone
    moment = parse_moment(text, zone)
    clock = moment.time() if moment else parse_clock(text, zone, _now(scope).date())
    return NAN if clock is None else day_fraction(clock)


def format_date(scope: Scope, value: Value, pattern: str) -> str:
    return _formatted(scope, _local_day(scope, value), pattern, _DATE_ESCAPES)


def format_date_time(scope: Scope, value: Value, pattern: str) -> str:
    return _formatted(scope, _instant(scope, value), pattern, _TIME_ESCAPES)


def check_date_format(pattern: str, *, with_time: bool) -> None:
    """Raises :class:`ExpressionError` for a ``%`` escape that the format functions do not know."""
    known = _TIME_ESCAPES if with_time else _DATE_ESCAPES
    for escape in _ESCAPE.findall(pattern):
        if escape not in known:
            raise ExpressionError("bad-date-format", found=f"%{escape}")


def _now(scope: Scope) -> datetime:
    return scope.environment.now.astimezone(scope.environment.timezone)


def _number(value: Value) -> float:
    """A number, or a text that is one; NaN for dates, which count otherwise here."""
    if isinstance(value, float):
        return value
    text = to_string(value)
    return NAN if "-" in text.lstrip(" -") or ":" in text else text_to_number(text, None)


def _instant(scope: Scope, value: Value) -> datetime | None:
    number = _number(value)
    if not math.isnan(number):
        return from_days(number, scope.environment.timezone)
    return parse_moment(to_string(value), scope.environment.timezone)


def _local_day(scope: Scope, value: Value) -> datetime | None:
    """As ``_instant``, but a whole number is that day, wherever the time zone lies."""
    number = _number(value)
    if not number.is_integer():
        return _instant(scope, value)
    day = whole_day(number)
    if day is None:
        return None
    return datetime.combine(day, datetime.min.time(), scope.environment.timezone)


def _formatted(scope: Scope, moment: datetime | None, pattern: str, known: frozenset[str]) -> str:
    """A moment written by a pattern; an escape that is not known stays as it is."""
    if moment is None:
        return ""
    names = _names(scope.environment.language)

    def written(match: re.Match[str]) -> str:
        return _field(moment, match[1], names) if match[1] in known else match[0]

    return joined("", [_ESCAPE.sub(written, pattern)])


def _field(moment: datetime, escape: str, names: Locale) -> str:
    match escape:
        case "Y":
            return f"{moment.year:04}"
        case "y":
            return f"{moment.year % 100:02}"
        case "m":
            return f"{moment.month:02}"
        case "n":
            return str(moment.month)
        case "b":
            return str(names.months["format"]["abbreviated"][moment.month])
        case "d":
            return f"{moment.day:02}"
        case "e":
            return str(moment.day)
        case "a":
            return str(names.days["format"]["abbreviated"][moment.weekday()])
        case "H":
            return f"{moment.hour:02}"
        case "h":
            return str(moment.hour)
        case "M":
            return f"{moment.minute:02}"
        case "S":
            return f"{moment.second:02}"
        case "3":
            return f"{moment.microsecond // 1000:03}"
    return escape


def _names(language: str) -> Locale:
    """Where the names of months and days are; English when nobody has them in ``language``."""
    try:
        return Locale.parse(language or "en", sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
