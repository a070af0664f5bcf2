"""Several questions with the same answers in one table: domains of functioning, and APKM."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.summaries import sentences, words
from app.summaries.indicators import Count, Indicator, Item
from app.summaries.panels import Grid, Panel
from app.summaries.showing import (
    MOST_HIDDEN,
    Showing,
    bar,
    emptied,
    lower,
    notes,
    table_id,
    text,
    told,
    too_few,
)
from app.summaries.tables import Hidden, ProtectedCell, ProtectedTable, Shown

Line = tuple[Item, Count, ProtectedTable]


def battery(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
    """One panel; or, where people chose what they were asked about, one for each area."""
    found = showing.counts(indicator)
    if indicator.areas and found:
        yield Panel(
            id=f"indicator-{indicator.code}",
            title=showing.said(indicator.title),
            finding=showing.said(indicator.note),
        )
    for area in indicator.areas or ("",):
        suffix = f" {area}" if area else ""
        lines = [
            (item, count, showing.tables[count.key])
            for item in indicator.items
            for count in found
            if count.key == f"{item.people.key}{suffix}"
        ]
        if lines:
            yield _panel(showing, indicator, area, lines)


def _panel(showing: Showing, indicator: Indicator, area: str, lines: Sequence[Line]) -> Panel:
    title = showing.said(indicator.title)
    if area:
        title = showing.labels.area(lines[0][0].rows, area)
    names = [showing.said(item.title) for item, _count, _table in lines]
    focus = [_focus(table, indicator.focus) for _item, _count, table in lines]
    whole = _answers(showing, indicator, area, lines)
    divided = tuple(
        _by(showing, indicator, area, key)
        for key, seen in indicator.by
        if showing.edition.audience in seen
    )
    id_ = f"indicator-{indicator.code}{'-' + area if area else ''}"
    hidden = sum(table.hidden() for _item, _count, table in lines)
    if hidden > MOST_HIDDEN * sum(len(table.cells) for _item, _count, table in lines):
        return Panel(id_, title, too_few())
    return Panel(
        id=id_,
        title=title,
        finding=_most(names, focus, _focus_name(showing, indicator)),
        bars=tuple(map(bar, names, focus)) if area else (),
        grids=told([whole, *filter(None, divided)]),
        notes=() if area else notes(showing, indicator),
    )


def _focus_name(showing: Showing, indicator: Indicator) -> str:
    rows = indicator.items[0].rows
    return words.either([showing.labels.of(rows, code) for code in indicator.focus])


def _focus(table: ProtectedTable, codes: Sequence[str], column: int = 0) -> ProtectedCell:
    """The answers that groups are compared by, together; hidden when one of them is."""
    cells = [
        row[column]
        for code, row in zip(table.rows.categories, table.cells, strict=True)
        if code in codes
    ]
    base = table.bases[column]
    if any(isinstance(cell, Hidden) for cell in cells) or isinstance(base, Hidden):
        return Hidden()
    if len(cells) == 1:
        return cells[0]
    count = sum(cell.count for cell in cells if isinstance(cell, Shown))
    # Of the numbers as they are shown, so that the sum tells nothing that its parts do not.
    several = base.count >= table.edition.percentage_base
    percentage = round(100 * count / base.count) if several else None
    return Shown(count, base.count, percentage)


def _most(names: Sequence[str], cells: Sequence[ProtectedCell], answer: str) -> str:
    """For which of the questions the answer is the most frequent."""
    known = [
        (cell.percentage, name, cell)
        for name, cell in zip(names, cells, strict=True)
        if isinstance(cell, Shown) and cell.percentage is not None
    ]
    if len(known) < len(names):
        return ""
    _percentage, name, cell = max(known, key=lambda one: one[0])
    return _(
        "“%(answer)s” is most frequent for “%(name)s”: %(part)s.",
        answer=answer,
        name=name,
        part=sentences.share_of(cell),
    )


def _answers(showing: Showing, indicator: Indicator, area: str, lines: Sequence[Line]) -> Grid:
    """Questions × answers."""
    rows = indicator.items[0].rows
    gap = indicator.chart == "apkm"
    columns = [showing.labels.of(rows, code) for code in rows.codes]
    found = []
    for item, _count, table in lines:
        cells = [text(row[0]) for row in table.cells]
        total = table.total
        people = words.number(total.count) if isinstance(total, Shown) else sentences.hidden()
        extra = [_gap(table)] if gap else []
        found.append((showing.said(item.title), (*cells, *extra, people)))
    return Grid(
        table_id(f"{indicator.code} {area}".strip()),
        _("All answers"),
        _("Question"),
        (*columns, *([_("Gap")] if gap else []), _("People who answered")),
        tuple(found),
    )


def _gap(table: ProtectedTable) -> str:
    """A12: the share who said “no” and half of the share who said “partly”."""
    parts = dict(zip(table.rows.categories, (row[0] for row in table.cells), strict=True))
    no, partly = parts.get("no"), parts.get("partly")
    if not (isinstance(no, Shown) and isinstance(partly, Shown)):
        return sentences.hidden()
    if no.percentage is None or partly.percentage is None:
        return too_few()
    return words.percent(round(no.percentage + partly.percentage / 2) / 100)


def _by(showing: Showing, indicator: Indicator, area: str, attribute: str) -> Grid | None:
    """Questions × groups: the answer that groups are compared by."""
    suffix = f" {area}" if area else ""
    found = {count.key: count for count in showing.counts(indicator)}
    keys = [f"{item.people.key}{suffix} by {attribute}" for item in indicator.items]
    lines = [
        (item, found[key], showing.tables[key])
        for item, key in zip(indicator.items, keys, strict=True)
        if key in found
    ]
    if not lines:
        return None
    columns = showing.summary.attributes[attribute]
    title = showing.said(columns.title)
    id_ = table_id(f"{indicator.code}{suffix} by {attribute}")
    cells = [
        [_focus(table, indicator.focus, column) for column in range(len(table.bases))]
        for _item, _count, table in lines
    ]
    hidden = sum(isinstance(cell, Hidden) for row in cells for cell in row)
    if hidden > MOST_HIDDEN * sum(map(len, cells)):
        return emptied(id_, title)
    caption = _(
        "“%(answer)s” by %(attribute)s",
        answer=_focus_name(showing, indicator),
        attribute=lower(title),
    )
    dimension = lines[0][2].columns
    groups = [showing.labels.of(columns, one) for one in dimension.categories] if dimension else []
    rows = zip(lines, cells, strict=True)
    return Grid(
        id_,
        caption,
        _("Question"),
        tuple(groups),
        tuple((showing.said(item.title), tuple(map(text, row))) for (item, *_rest), row in rows),
    )
