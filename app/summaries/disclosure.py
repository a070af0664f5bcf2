"""Disclosure control: what may leave the coordinator's desk (``forms.md`` section 6, rules 1–9).

Tables of one edition are protected together: a count that is hidden in one and shown in another
is not hidden. Why this is done as it is: ``docs/decisions/0005-disclosure.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.summaries.editions import Edition
from app.summaries.sums import AddsUp, sums_of
from app.summaries.suppression import hidden_counts
from app.summaries.tables import (
    _SEAL,
    Cell,
    Group,
    Hidden,
    ProtectedCell,
    ProtectedTable,
    Shown,
    Table,
)


def protect(
    tables: Sequence[Table],
    edition: Edition,
    adds_up: Iterable[AddsUp] = (),
    also: Iterable[Group] = (),
) -> list[ProtectedTable]:
    sums = sums_of(tables, adds_up)
    index = {group: number for number, group in enumerate(sums.groups)}
    hidden = hidden_counts(sums, edition.k, [index[group] for group in also if group in index])
    groups = frozenset(sums.groups[number] for number in hidden)
    return [_protected(table, edition, groups) for table in tables]


def _protected(table: Table, edition: Edition, hidden: frozenset[Group]) -> ProtectedTable:
    def guard(cell: Cell, base: Group) -> ProtectedCell:
        if cell.group in hidden or table.total < edition.k:
            return Hidden()
        count = edition.rounded(cell.count)
        if base in hidden or cell.base < edition.k or base == cell.group:
            return Shown(count)
        share = edition.percentage(cell.count, cell.base)
        return Shown(count, edition.rounded(cell.base), share)

    rows, columns = range(len(table.counts)), range(len(table.bases))
    everybody = table.everybody
    bases = [table.column_base(column) for column in columns]
    total = Cell(everybody, table.total, table.total)
    return ProtectedTable(
        table.key,
        edition,
        table.population,
        table.rows,
        table.columns,
        cells=tuple(tuple(guard(table.cell(r, c), bases[c].group) for c in columns) for r in rows),
        row_totals=tuple(guard(table.row_total(r), everybody) for r in rows),
        bases=tuple(guard(base, everybody) for base in bases),
        total=guard(total, everybody),
        seal=_SEAL,
    )
