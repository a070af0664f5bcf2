"""Counts of a tally → the tables that a form declares, with small categories put together.

Which categories are too small depends on the edition only, and is decided once, among all
respondents: so a category is the same people in every table, and no two tables can be subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.summaries.counting import cell_key
from app.summaries.editions import Edition
from app.summaries.indicators import (
    EVERYBODY,
    SMALLEST_AREA,
    Count,
    Summary,
    Variable,
    attribute_key,
)
from app.summaries.subjects import RESPONDENTS
from app.summaries.tables import POOLED, Dimension, Population, Table
from app.summaries.tally import Counts, Tally

Categories = dict[str, tuple[str, ...]]

ROOM = 2
"""A category of fewer than so many times ``k`` people is joined to another: divided further, it
would have hardly anything to show, and every table would hide a second category because of it."""
_UNDIVIDED: Categories = {"": ("",)}

JOINT = "+"
"""Between the codes of categories that became one."""


def crosstabs(summary: Summary, tally: Tally, edition: Edition) -> dict[str, Table]:
    """All declared tables, by key, that ``edition``'s audience may see and that have anybody."""
    making = _Making(summary, tally, edition)
    tables = {count.key: making.table(count) for count in summary.tables(edition.audience)}
    return {key: table for key, table in tables.items() if table is not None}


class _Making:
    """The tables of one edition in the making."""

    def __init__(self, summary: Summary, tally: Tally, edition: Edition) -> None:
        self._tally = tally
        self._within: dict[str, str] = {}
        for one in summary.indicators():
            self._within.setdefault(one.people.key, one.people.within)
        self._attributes = {
            key: _merged(one, tally.cells.get(attribute_key(key), {}), edition.k)
            for key, one in summary.attributes.items()
        }

    def table(self, count: Count) -> Table | None:
        """``None`` when nobody is in it, or too few for a comparison of areas."""
        cells = self._tally.cells.get(count.key, {})
        rows = self._categories(count.rows)
        columns = self._categories(count.columns) if count.columns else _UNDIVIDED
        bases = _added(cells, [("",)], columns.values())[0]
        if not sum(bases) or (count.rows.area and sum(bases) < SMALLEST_AREA):
            return None
        return Table(
            count.key,
            self._population(count),
            _dimension(count.rows, rows),
            _dimension(count.columns, columns) if count.columns else None,
            tuple(_added(cells, rows.values(), columns.values())),
            bases,
        )

    def _categories(self, variable: Variable) -> Categories:
        """Category → the codes that are in it."""
        found = self._attributes.get(variable.key)
        if found is not None:
            return found
        return {code: (code,) for code in variable.codes}

    def _population(self, count: Count) -> Population:
        key = count.people.key
        people = self._people(key, self._within.get(key, count.people.within))
        if count.columns is None or count.columns.otherwise:
            return people
        return Population(f"{people.key} with {count.columns.key}", within=people)

    def _people(self, key: str, within: str) -> Population:
        if key == EVERYBODY:
            return RESPONDENTS
        if not within:
            return Population(key, within=RESPONDENTS)
        return Population(key, within=self._people(within, self._within.get(within, "")))


def _dimension(variable: Variable, categories: Categories) -> Dimension:
    return Dimension(
        variable.key,
        tuple(categories),
        attributes=variable.attributes,
        overlapping=variable.overlapping,
        pooled=categories.get(POOLED, ()),
    )


def _merged(variable: Variable, cells: Counts, k: int) -> Categories:
    """The categories of an attribute, none of them too small where that can be helped."""
    counts = {code: cells.get(cell_key(code), 0) for code in variable.codes}
    if variable.pooled:
        return _pooled({code: count for code, count in counts.items() if count}, k)
    least = k if k == 1 else ROOM * k
    return _joined({code: (code,) for code in counts}, counts, variable.joins, least)


def _pooled(counts: Counts, k: int) -> Categories:
    """Rule 6: those with fewer than ``k`` people become one; a pool too small takes the next."""
    by_size = sorted(counts, key=lambda code: (counts[code], code))
    small = [code for code in by_size if counts[code] < k]
    large = by_size[len(small) :]
    while small and large and (len(small) == 1 or sum(counts[code] for code in small) < k):
        small.append(large.pop(0))
    if not small:
        return {code: (code,) for code in counts}
    kept = {code: (code,) for code in counts if code not in small}
    return kept | {POOLED: tuple(code for code in counts if code in small)}


def _joined(
    categories: Categories, counts: Counts, joins: Mapping[str, str], least: int
) -> Categories:
    """A category of fewer than ``least`` people becomes part of the one that it joins."""
    while True:
        sizes = {one: sum(counts[code] for code in categories[one]) for one in categories}
        targets = {one: _target(categories, one, joins) for one in categories if sizes[one] < least}
        small = [one for one in targets if targets[one]]
        if not small:
            return categories
        first = min(small, key=lambda one: sizes[one])
        categories = _join(categories, first, targets[first], sizes[first] > 0)


def _join(categories: Categories, one: str, target: str | None, anybody: bool) -> Categories:
    """Without anybody in it, a category is left out and its name is in no other."""
    if not anybody:
        return {key: codes for key, codes in categories.items() if key != one}
    together = [code for key in categories if key in (one, target) for code in categories[key]]
    return {
        (JOINT.join(together) if key == target else key): (
            tuple(together) if key == target else codes
        )
        for key, codes in categories.items()
        if key != one
    }


def _target(categories: Categories, one: str, joins: Mapping[str, str]) -> str | None:
    """The category that now holds what one of the codes of ``one`` joins."""
    wanted = {joins[code] for code in categories[one] if code in joins}
    return next(
        (key for key, codes in categories.items() if key != one and wanted & set(codes)), None
    )


def _added(
    cells: Counts, rows: Iterable[tuple[str, ...]], columns: Iterable[tuple[str, ...]]
) -> list[tuple[int, ...]]:
    columns = list(columns)
    return [
        tuple(
            sum(cells.get(cell_key(row, column), 0) for row in row_codes for column in codes)
            for codes in columns
        )
        for row_codes in rows
    ]
