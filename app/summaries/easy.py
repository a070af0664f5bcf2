"""The easy-read page: a few findings as “4 of 10 people”, without percentages.

One idea a sentence, one sentence a line, everyday words (CBM, Humanitarian Hands-on Tool).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.summaries import words
from app.summaries.indicators import Count, Indicator
from app.summaries.showing import Showing, labelled
from app.summaries.tables import ProtectedCell, Shown

MOST = 5
"""Findings on the page."""


@dataclass(frozen=True, slots=True)
class InTen:
    """A sentence with its picture: ``tenths`` of ten people; ``None`` without a picture."""

    sentence: str
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Easy:
    """The findings, in the order of the declaration; ``opening`` says how many answered."""

    opening: str
    findings: tuple[tuple[InTen, ...], ...]


def easy(showing: Showing, people: ProtectedCell) -> Easy:
    """The first findings that may be told."""
    found = [
        lines
        for indicator in showing.summary.indicators()
        if indicator.easy and (lines := tuple(_lines(showing, indicator)))
    ]
    return Easy(_opening(people), tuple(found[:MOST]))


def _opening(people: ProtectedCell) -> str:
    if not isinstance(people, Shown):
        return _("A few people answered our questions.")
    return _("%(count)s people answered our questions.", count=words.number(people.count))


def _lines(showing: Showing, indicator: Indicator) -> Iterator[InTen]:
    count = next((one for one in showing.counts(indicator) if one.columns is None), None)
    if count is None:
        return
    for label, cell in _chosen(showing, indicator, count):
        told = of_ten(cell)
        if told is not None:
            sentence = showing.said(indicator.easy).format(of_ten=told[0], answer=label)
            yield InTen(sentence, told[1])


def _chosen(
    showing: Showing, indicator: Indicator, count: Count
) -> Sequence[tuple[str, ProtectedCell]]:
    rows = labelled(showing, indicator, count)
    if indicator.easy_rows:
        wanted = {showing.labels.of(count.rows, code) for code in indicator.easy_rows}
        return [(label, cell) for label, cell in rows if label in wanted]
    return rows[: indicator.easy_top]


def of_ten(cell: ProtectedCell) -> tuple[str, int | None] | None:
    """“4 of 10 people” with 4; a small base is said as it is; nothing for what is hidden."""
    if not isinstance(cell, Shown) or not cell.base or not cell.count:
        return None
    if cell.percentage is None:
        numbers = {"count": words.number(cell.count), "base": words.number(cell.base)}
        return _("%(count)s of %(base)s people", **numbers), None
    tenths = int(cell.percentage / 10 + 0.5)
    if not tenths:
        return _("Fewer than 1 of 10 people"), 0
    if tenths == 10 and cell.percentage < 100:
        return _("Almost all people"), 10
    return _("%(count)s of 10 people", count=words.number(tenths)), tenths
