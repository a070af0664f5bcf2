"""Dates and times of ODK XForms as text, and as days since 1970-01-01.

Years are 1 to 9999 and have four digits. What is not a date or time gives None here.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
_TIME = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_MOMENT = re.compile(f"{_DATE}(?:T{_TIME})?")
_CLOCK = re.compile(_TIME)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def days_since_1970(text: str, zone: tzinfo | None) -> int | None:
    """The whole local day of a date or dateTime (JavaRosa's ``daysSinceEpoch``)."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    if match["hour"] is None:
        day = _date(match)
        return None if day is None else day.toordinal() - _EPOCH_DAY
    moment = _moment(match, zone)
    return None if moment is None else moment.toordinal() - _EPOCH_DAY


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """A date (its midnight in ``zone``) or dateTime, as local time in ``zone``."""
    match = _MOMENT.fullmatch(text.strip())
    return None if match is None else _moment(match, zone)


def parse_clock(text: str, zone: tzinfo, today: date) -> time | None:
    """A time of day, as local time in ``zone``; an offset counts as on ``today``."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    try:
        moment = datetime.combine(today, _time(match))
        return (moment.astimezone(zone) if match["offset"] else moment).time()
    except (ValueError, OverflowError):
        return None


def from_days(days: float, zone: tzinfo) -> datetime | None:
    """The instant so many days after 1970-01-01T00:00Z, as local time in ``zone``."""
    try:
        return (_EPOCH + timedelta(days=days)).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def whole_day(days: float) -> date | None:
    """The date so many whole days after 1970-01-01; a fraction is dropped."""
    try:
        return date.fromordinal(_EPOCH_DAY + math.trunc(days))
    except (ValueError, OverflowError):
        return None


def to_days(moment: datetime) -> float:
    """Days, with their fraction, from 1970-01-01T00:00Z to an instant."""
    return (moment - _EPOCH) / _DAY


def day_fraction(clock: time) -> float:
    """The part of a day that has passed at a time: noon is 0.5."""
    return (
        timedelta(
            hours=clock.hour,
            minutes=clock.minute,
            seconds=clock.second,
            microseconds=clock.microsecond,
        )
        / _DAY
    )


def iso(moment: datetime) -> str:
    """As ODK XForms writes a dateTime: with milliseconds and offset."""
    return moment.isoformat(timespec="milliseconds")


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _moment(match: re.Match[str], zone: tzinfo | None) -> datetime | None:
    day = _date(match)
    if day is None:
        return None
    try:
        written = datetime.combine(day, _time(match))
        if written.tzinfo is None:
            return written.replace(tzinfo=zone)
        return written.astimezone(zone) if zone is not None else written
    except (ValueError, OverflowError):
        return None


def _time(match: re.Match[str]) -> time:
    """The time in a match of ``_TIME``; raises ValueError when there is no such time."""
    if match["hour"] is None:
        return time()
    fraction = int((match["fraction"] or "0").ljust(6, "0")[:6])
    return time(
        int(match["hour"]),
        int(match["minute"]),
        int(match["second"] or 0),
        fraction,
        _offset(match["offset"]),
    )


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
