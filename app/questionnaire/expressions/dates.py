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
from app.questionnaire.expressions.values import NAN, Value, plain_number, to_string

_ESCAPE = re.compile(r"%(.?)", re.DOTALL)
_ESCAPES = frozenset("YymnbdeaHhMS3%")


def today(scope: Scope) -> str:
    return _now(scope).date().isoformat()


def now(scope: Scope) -> str:
    return iso(_now(scope))


def date(scope: Scope, value: Value) -> str:
    """The day of a date or dateTime, or so many days after 1970-01-01; '' when it is neither."""
    number = _number(value)
    if not math.isnan(number):
        day = whole_day(number)
        return "" if day is None else day.isoformat()
    moment = _instant(scope, value)
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
    """A date written by a pattern; a whole number is that day, wherever the time zone lies."""
    number = _number(value)
    day = whole_day(number) if number.is_integer() else None
    if day is None:
        return format_date_time(scope, value, pattern)
    return _formatted(scope, datetime.combine(day, datetime.min.time()), pattern)


def format_date_time(scope: Scope, value: Value, pattern: str) -> str:
    """A date or dateTime written by a pattern in local time; '' when it is neither.

    An escape that ODK XForms does not know stays as it is.
    """
    moment = _instant(scope, value)
    return "" if moment is None else _formatted(scope, moment, pattern)


def check_date_format(pattern: str) -> None:
    """Raises :class:`ExpressionError` for a ``%`` escape that ODK XForms does not know."""
    for escape in _ESCAPE.findall(pattern):
        if escape not in _ESCAPES:
            raise ExpressionError("bad-date-format", found=f"%{escape}")


def _now(scope: Scope) -> datetime:
    return scope.environment.now.astimezone(scope.environment.timezone)


def _number(value: Value) -> float:
    """A number, or a text that is one; NaN for dates, which count otherwise here."""
    return value if isinstance(value, float) else plain_number(to_string(value))


def _instant(scope: Scope, value: Value) -> datetime | None:
    number = _number(value)
    if not math.isnan(number):
        return from_days(number, scope.environment.timezone)
    return parse_moment(to_string(value), scope.environment.timezone)


def _formatted(scope: Scope, moment: datetime, pattern: str) -> str:
    language = scope.environment.language
    return joined("", [_ESCAPE.sub(lambda match: _field(moment, match[1], language), pattern)])


def _field(moment: datetime, escape: str, language: str) -> str:
    match escape:
        case "b":
            return str(_names(language).months["format"]["abbreviated"][moment.month])
        case "a":
            return str(_names(language).days["format"]["abbreviated"][moment.weekday()])
        case "n" | "e" | "h":
            return str({"n": moment.month, "e": moment.day, "h": moment.hour}[escape])
        case "Y":
            return f"{moment.year:04}"
        case "3":
            return f"{moment.microsecond // 1000:03}"
        case "y" | "m" | "d" | "H" | "M" | "S":
            return moment.strftime(f"%{escape}")
        case "%":
            return "%"
    return f"%{escape}"


def _names(language: str) -> Locale:
    """Where the names of months and days are: in English without a language.

    A language that Babel does not know is one of ours, such as Madurese; its readers read
    Indonesian.
    """
    try:
        return Locale.parse(language or "en", sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("id")
