"""A page of a long list of responses, the newest first."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from app.coordinate.reading import Reading
from app.responses.collection import Document
from app.summaries.filters import Filters, place_of

PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One response in the list; codes where the page shows names."""

    key: str
    submitted: datetime
    place: str
    channel: str
    language: str
    activity: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Page ``page`` of ``pages``, of ``total`` responses that pass the filters."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


def list_responses(reading: Reading, filters: Filters, page: int) -> Listing:
    """The page asked for, or the nearest there is. Reads every response once, keeps keys only."""
    newest: deque[str] = deque(maxlen=max(page, 1) * PAGE)
    total = 0
    for key, _ in reading.shown(filters):
        newest.append(key)
        total += 1
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    keys = list(reversed(newest))[(page - 1) * PAGE : page * PAGE]
    # Somebody may take an answer back between the two readings.
    found = ((key, reading.responses.get(key)) for key in keys)
    rows = tuple(_row(key, document, reading) for key, document in found if document)
    return Listing(rows, total, page, pages)


def _row(key: str, document: Document, reading: Reading) -> Row:
    return Row(
        key=key,
        submitted=datetime.fromisoformat(document["submitted"]),
        place=place_of(document, reading.plan) or "",
        channel=document.get("channel", ""),
        language=document.get("language", ""),
        activity=document.get("activity", ""),
    )
