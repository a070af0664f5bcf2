"""What the coordinator sees at a glance of one form: how many answered, when, from where, how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.coordinate.filters import place_key, place_names
from app.questionnaire.model import Form
from app.summaries import about, words
from app.summaries.tally import Counts, Tally

RECENT_DAYS = 14
MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A count with its name; ``percent`` is its length beside the longest one, from 0 to 100."""

    label: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Numbers of one form. ``days`` are the last ones up to today, the newest first.

    ``places`` are the most frequent ones; ``other_places`` counts how many more there are.
    """

    responses: int
    week: int
    last: date | None
    days: tuple[Bar, ...]
    places: tuple[Bar, ...]
    other_places: int
    channels: tuple[Bar, ...]


def overview(form: Form, tally: Tally, language: str, today: date) -> Overview:
    """Read the numbers off a tally of all responses to ``form``. Needs a request's language."""
    by_day = {date.fromisoformat(day): n for day, n in tally.about.get("day", {}).items()}
    recent = [today - timedelta(n) for n in range(RECENT_DAYS)]
    places = tally.values.get(place_key(form), {})
    named = _named(places, place_names(form, language))
    return Overview(
        responses=tally.responses,
        week=sum(by_day.get(day, 0) for day in recent[:7]),
        last=max(by_day, default=None),
        days=_bars([(words.day(day), by_day.get(day, 0)) for day in recent]),
        places=_bars(named[:MOST_PLACES]),
        other_places=len(named[MOST_PLACES:]),
        channels=_bars(_named(tally.about.get("channel", {}), _channel_names(tally))),
    )


def _channel_names(tally: Tally) -> dict[str, str]:
    return {code: about.channel(code) for code in tally.about.get("channel", {})}


def _named(counts: Counts, names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Name and count, the most frequent first."""
    found = [(names.get(code, code), count) for code, count in counts.items()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _bars(rows: list[tuple[str, int]]) -> tuple[Bar, ...]:
    longest = max((count for _, count in rows), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest, 1)) for label, count in rows)
