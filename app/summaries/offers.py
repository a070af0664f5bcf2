"""What members offer: which offers are active, and how they meet what people need (C01, X01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.questionnaire.answers import lexical_value
from app.summaries.tables import ProtectedCell, Shown

EVERYWHERE = "all"
"""The choice of ``m_area`` that counts for every kabupaten."""


class Status(StrEnum):
    """What is known of one need in one kabupaten."""

    BOTH = "both"
    NEED_ONLY = "need"
    OFFER_ONLY = "offer"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Offered:
    """Active offers: how many for each need and place, with the needs and places there are."""

    needs: tuple[str, ...]
    places: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def count(self, need: str, place: str) -> int:
        """Active offers for a need in a place."""
        return self.counts.get((need, place), 0)


def status(demand: ProtectedCell | None, offers: int) -> Status:
    """A need counts only where its number may be shown: hidden and none look the same."""
    needed = isinstance(demand, Shown) and demand.count > 0
    if needed:
        return Status.BOTH if offers else Status.NEED_ONLY
    return Status.OFFER_ONLY if offers else Status.NOTHING


def active(answers: Mapping[str, Any], today: date) -> bool:
    """Whether an offer has not ended: ``m_end`` is its last day, none is open-ended."""
    end = lexical_value(flat(answers).get("m_end"))
    return not end or end >= today.isoformat()


def offered(
    documents: Iterable[Mapping[str, Any]],
    today: date,
    needs: tuple[str, ...],
    places: tuple[str, ...],
) -> Offered:
    """Count the active offers of some responses to the offer form."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        answers = document.get("answers") or {}
        if not active(answers, today):
            continue
        found = flat(answers)
        areas = found.get("m_area") or []
        covered = places if EVERYWHERE in areas else tuple(one for one in areas if one in places)
        for need in found.get("m_needs") or []:
            counts.update((need, place) for place in covered)
    return Offered(needs, places, counts)


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by name, whatever group they stand in."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, Mapping):
            found |= flat(value)
        else:
            found[name] = value
    return found
