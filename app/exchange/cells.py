"""The typed value of an answer → what stands in a cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.questionnaire.model import Kind

Cell = None | str | int | float | date | datetime | time

MOST_DIGITS = 10**15
"""Spreadsheets keep 15 digits; a longer number stays whole as text."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the answers to one question; ``labels`` is empty where codes are wanted."""

    kind: Kind
    zone: ZoneInfo
    labels: Mapping[str, str]

    def __call__(self, value: Any) -> Cell:
        """None without an answer; a value that does not fit its kind stays text."""
        if value is None or value == "" or value == []:
            return None
        try:
            return _READERS.get(self.kind, _text)(self, value)
        except (ValueError, TypeError):
            return _text(self, value)


def moment(value: str, zone: ZoneInfo) -> datetime:
    """Local time, without its zone: no spreadsheet knows zones. Raises ValueError."""
    return datetime.fromisoformat(value).astimezone(zone).replace(tzinfo=None)


def _text(reader: Reader, value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _number(reader: Reader, value: Any) -> Cell:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value if abs(value) < MOST_DIGITS else str(value)


def _choice(reader: Reader, value: Any) -> str:
    return reader.labels.get(str(value), str(value))


def _choices(reader: Reader, value: Any) -> str:
    if not reader.labels or not isinstance(value, list):
        return _text(reader, value)
    return "; ".join(_choice(reader, code) for code in value)


_READERS: Mapping[Kind, Callable[[Reader, Any], Cell]] = {
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.RANGE: _number,
    Kind.SELECT_ONE: _choice,
    Kind.SELECT_MULTIPLE: _choices,
    Kind.RANK: _choices,
    Kind.DATE: lambda reader, value: date.fromisoformat(value),
    Kind.DATETIME: lambda reader, value: moment(value, reader.zone),
    Kind.TIME: lambda reader, value: time.fromisoformat(value).replace(tzinfo=None),
}


def was_chosen(code: str, value: Any) -> Cell:
    """1 or 0, and nothing where the question has no answer."""
    if not isinstance(value, list) or not value:
        return None
    return int(code in value)


def place_of(code: str, value: Any) -> Cell:
    """The place that a choice was ranked at, from 1."""
    return value.index(code) + 1 if isinstance(value, list) and code in value else None
