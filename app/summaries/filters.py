"""Which responses a summary is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.questionnaire import layout
from app.summaries.plan import Plan

Document = Mapping[str, Any]
Keeps = Callable[[Document], bool]


@dataclass(frozen=True, slots=True)
class Filters:
    """Only responses that meet all of these; an empty filter lets everything through.

    ``since`` and ``until`` are whole local days, both included; ``places`` are choices of the
    form's place question.
    """

    since: date | None = None
    until: date | None = None
    places: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != NO_FILTERS


NO_FILTERS = Filters()


def keeps(filters: Filters, plan: Plan) -> Keeps:
    """Whether a response document passes, as a function to be called on each."""
    tests = tuple(_tests(filters, plan))
    return lambda document: all(test(document) for test in tests)


def _tests(filters: Filters, plan: Plan) -> Iterator[Keeps]:
    if filters.channels:
        yield lambda document: document.get("channel") in filters.channels
    if filters.languages:
        yield lambda document: document.get("language") in filters.languages
    if filters.activities:
        yield lambda document: document.get("activity") in filters.activities
    if filters.since or filters.until:
        first, last = filters.since or date.min, filters.until or date.max
        yield lambda document: first <= local_day(document, plan.timezone) <= last
    if filters.places:
        yield lambda document: place_of(document, plan) in filters.places


def local_day(document: Document, timezone: str) -> date:
    """The day on which a response was sent, in the time zone of its form."""
    submitted = datetime.fromisoformat(document["submitted"])
    return submitted.astimezone(_zone(timezone)).date()


def place_of(document: Document, plan: Plan) -> str | None:
    """The code of where the respondent lives, when the form asks and they said."""
    if not plan.place:
        return None
    *groups, name = plan.place
    found = layout.inside(document.get("answers") or {}, tuple(groups)).get(name)
    return found if isinstance(found, str) else None


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
