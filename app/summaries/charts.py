"""Indicators that are shown in a way of their own: devices, urgent needs, offers, the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from app.summaries import sentences, words
from app.summaries.batteries import battery
from app.summaries.indicators import Count, Indicator
from app.summaries.offers import Offered, Status, status
from app.summaries.panels import Bar, Grid, Panel
from app.summaries.showing import Maker, Showing, notes, rank, simple, table_id, too_few
from app.summaries.tables import Hidden, ProtectedCell, Shown
from app.summaries.tilemap import tiles

NEED = ("met", "more", "unmet")
UNMET = ("more", "unmet")


def devices(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
    """A16 in the terms of rATA: need, and need that is not met."""
    for panel in simple(showing, indicator):
        table = showing.tables.get(indicator.code)
        if table is None or isinstance(table.total, Hidden):
            yield panel
            continue
        cells = dict(zip(table.rows.categories, (row[0] for row in table.cells), strict=True))
        told = (
            (_("Need an assistive device: %(part)s."), NEED),
            (_("Need one, or need more than they have: %(part)s."), UNMET),
        )
        lines = [
            sentence % {"part": sentences.part_of(together, table.total.count)}
            for sentence, codes in told
            if (together := _together(cells, codes)) is not None
        ]
        yield replace(panel, finding=words.joined([*lines, panel.finding]))


def _together(cells: Mapping[str, ProtectedCell], codes: Sequence[str]) -> int | None:
    """The sum of counts as they are shown; nothing when one of them is hidden."""
    found = [cells.get(code, Hidden()) for code in codes]
    if any(isinstance(cell, Hidden) for cell in found):
        return None
    return sum(cell.count for cell in found if isinstance(cell, Shown))


def urgency(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
    """A15: of those who named a need, how many need it now."""
    for count in showing.counts(indicator):
        table = showing.tables[count.key]
        found = []
        for category, row, total in zip(
            table.rows.categories, table.cells, table.row_totals, strict=True
        ):
            label = showing.labels.of(count.rows, category)
            if isinstance(total, Hidden) or total.count:
                found.append(
                    (rank(row[0]), _part(label, row[0], total, table.edition.percentage_base))
                )
        found.sort(key=lambda pair: -pair[0])
        bars = tuple(one for _rank, one in found)
        yield Panel(
            id=f"indicator-{indicator.code}",
            title=showing.said(indicator.title),
            finding=_most_urgent(found),
            bars=bars,
            notes=notes(showing, indicator),
        )


def _part(label: str, cell: ProtectedCell, total: ProtectedCell, least: int) -> Bar:
    """A share of a row, from the numbers as they are shown."""
    if isinstance(cell, Hidden) or isinstance(total, Hidden):
        return Bar(label, sentences.hidden())
    if total.count < least or cell.count > total.count:
        return Bar(label, words.number(cell.count))
    share = round(100 * cell.count / total.count) / 100
    return Bar(label, words.number(cell.count), words.percent(share), share)


def _most_urgent(found: Sequence[tuple[int, Bar]]) -> str:
    if not found or found[0][0] <= 0:
        return too_few()
    label, number = found[0][1].label, found[0][0]
    return _(
        "Most people who need it right now need this: “%(answer)s” (%(people)s).",
        answer=label,
        people=sentences.people(number),
    )


def places(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
    """A02: people by kabupaten, as tiles and as a table that says the same."""
    for panel in simple(showing, indicator):
        table = showing.tables[indicator.code]
        cells = dict(zip(table.rows.categories, (row[0] for row in table.cells), strict=True))
        names = showing.labels.choices(indicator.rows.questions[0]) if indicator.rows else {}
        yield replace(panel, tiles=tuple(tiles(names, cells)))


def offers(offered: Offered) -> Maker:
    """X01: need × kabupaten with the four status words."""

    def make(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
        for count in showing.counts(indicator):
            found = list(_matched(showing, count, offered))
            rows = tuple((need, tuple(map(_named, named))) for need, named in found)
            columns = tuple(status_words(one) for one in TOLD)
            caption = _("Needs and the places where they are")
            yield Panel(
                id=f"indicator-{indicator.code}",
                title=showing.said(indicator.title),
                finding=_unanswered([need for need, named in found if named[TOLD.index(NEEDED)]]),
                grids=(Grid(table_id(indicator.code), caption, _("Need"), columns, rows),),
                notes=_offer_notes(),
            )

    return make


def _matched(
    showing: Showing, count: Count, offered: Offered
) -> Iterator[tuple[str, list[list[str]]]]:
    """Each need with the names of the places of each status of ``TOLD``."""
    table, columns = showing.tables[count.key], count.columns
    assert columns is not None
    assert table.columns is not None
    names = showing.labels.choices(columns.questions[0])
    for need, cells in zip(table.rows.categories, table.cells, strict=True):
        if need not in offered.needs:
            continue
        demand = dict(zip(table.columns.categories, cells, strict=True))
        by_status: dict[Status, list[str]] = {one: [] for one in Status}
        for place in offered.places:
            found = status(demand.get(place), offered.count(need, place))
            by_status[found].append(names.get(place, place))
        if any(by_status[one] for one in TOLD):
            yield showing.labels.of(count.rows, need), [by_status[one] for one in TOLD]


def _offer_notes() -> tuple[str, ...]:
    return (
        _(
            "About all other regencies and cities there are no data yet. A need is recorded for a"
            " place when enough people there named it."
        ),
        _("Offers are those that have not ended. An offer for all of East Java counts everywhere."),
    )


NEEDED = Status.NEED_ONLY
TOLD = (Status.BOTH, NEEDED, Status.OFFER_ONLY)
MOST_NAMED = 12
"""Places; more are said as a number."""


def status_words(one: Status) -> str:
    """The four words of X01."""
    return {
        Status.BOTH: _("There is a need, there is an offer"),
        Status.NEED_ONLY: _("There is a need, no offer yet"),
        Status.OFFER_ONLY: _("There is an offer, no need recorded yet"),
        Status.NOTHING: _("No data yet"),
    }[one]


def _named(places_: Sequence[str]) -> str:
    if not places_:
        return _("Nowhere")
    if len(places_) > MOST_NAMED:
        return _("In %(number)s regencies and cities", number=words.number(len(places_)))
    return words.listed(list(places_))


def _unanswered(needs: Sequence[str]) -> str:
    if not needs:
        return _("Every recorded need has an offer somewhere near.")
    return _(
        "These needs have no offer yet in at least one place: %(needs)s.",
        needs=words.listed([f"“{need}”" for need in needs]),
    )


def makers(offered: Offered | None) -> dict[str, Maker]:
    """How each kind of chart is made."""
    found: dict[str, Maker] = {
        "bars": simple,
        "apkm": battery,
        "devices": devices,
        "urgency": urgency,
        "map": places,
    }
    if offered is not None:
        found["offers"] = offers(offered)
    return found


def panels_of(showing: Showing, indicator: Indicator, made: Mapping[str, Maker]) -> Iterator[Panel]:
    """The panels of one indicator; none when its chart needs what is not there."""
    kind = "apkm" if indicator.items else indicator.chart
    make = made.get(kind)
    if make is not None:
        yield from make(showing, indicator)
