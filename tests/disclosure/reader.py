"""The attacker of these tests: somebody with every printed table, a solver and patience.

Written from what is printed and from nothing else of ``app.summaries``, so that a mistake there
does not blind the attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from app.summaries.editions import Edition
from app.summaries.sums import AddsUp
from app.summaries.tables import (
    Dimension,
    Group,
    Hidden,
    Population,
    ProtectedCell,
    ProtectedTable,
    Table,
)

Exact = Mapping[Group, int]

PEOPLE = 100_000
"""More than there are, as everybody knows."""


@dataclass
class Reader:
    """Everything that is known about the counts, as a linear program.

    ``exact``: somebody who also knows every shown count without its rounding. ``careful``:
    somebody who considers whole people only (slower).
    """

    tables: Sequence[ProtectedTable]
    adds_up: Iterable[AddsUp] = ()
    exact: Exact | None = None
    careful: bool = False
    variables: dict[Group, int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    limits: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table in self.tables:
            self._read(table)
        for one in self.adds_up:
            self._sum(one.whole, one.parts)
        for population in {p.key: p for t in self.tables for p in t.population.outwards()}.values():
            self._compare(population)
        entries = [(r, v, a) for r, row in enumerate(self.rows) for v, a in row.items()]
        where_row, where_column, values = zip(*entries, strict=True)
        shape = len(self.rows), len(self.variables)
        self.matrix = csr_matrix((values, (where_row, where_column)), shape=shape)
        self.constraint = LinearConstraint(self.matrix, *np.array(self.limits).T)

    def interval(self, group: Group) -> tuple[float, float]:
        """The smallest and the largest that the count can be."""
        low = self._solve(group, 1)
        return low, self._solve(group, -1)

    def width(self, group: Group) -> float:
        low, high = self.interval(group)
        return high - low

    def _solve(self, group: Group, sign: int) -> float:
        objective = np.zeros(len(self.variables))
        objective[self.variables[group]] = sign
        found = milp(
            objective,
            constraints=self.constraint,
            bounds=Bounds(0, PEOPLE),
            integrality=np.full(len(objective), int(self.careful)),
        )
        assert found.success, found.message
        return sign * float(found.fun)

    def _variable(self, group: Group) -> int:
        return self.variables.setdefault(group, len(self.variables))

    def _limit(self, low: float, high: float, *terms: tuple[Group, float]) -> None:
        self.rows.append({self._variable(group): factor for group, factor in terms})
        self.limits.append((low, high))

    def _sum(self, whole: Group, parts: Sequence[Group]) -> None:
        self._limit(0, 0, (whole, 1), *((part, -1) for part in parts))

    def _read(self, table: ProtectedTable) -> None:
        everybody = Group(table.population.key)
        rows = [group(everybody, table.rows, category) for category in table.rows.categories]
        columns = (
            [group(everybody, table.columns, category) for category in table.columns.categories]
            if table.columns
            else [everybody]
        )
        self._cell(table.edition, table.total, everybody, everybody)
        for row, cell in zip(rows, table.row_totals, strict=True):
            self._cell(table.edition, cell, row, everybody)
        if table.columns:
            for column, cell in zip(columns, table.bases, strict=True):
                self._cell(table.edition, cell, column, everybody)
            self._sum(everybody, columns)
        inside = [[row.that(*column.conditions) for column in columns] for row in rows]
        for row, groups, cells in zip(rows, inside, table.cells, strict=True):
            for column, one, cell in zip(columns, groups, cells, strict=True):
                self._cell(table.edition, cell, one, column)
                self._limit(0, np.inf, (column, 1), (one, -1))
            if table.columns:
                self._sum(row, groups)
        if rows and not table.rows.overlapping:
            for column, groups in zip(columns, zip(*inside, strict=True), strict=True):
                self._sum(column, groups)

    def _cell(self, edition: Edition, cell: ProtectedCell, one: Group, base: Group) -> None:
        self._variable(one)
        if isinstance(cell, Hidden):
            return
        low, high = unrounded(edition, cell.count)
        if self.exact is not None:
            low = high = self.exact[one]
        self._limit(low, high, (one, 1))
        if cell.percentage is not None:
            half = 0.5 / 10**edition.decimals
            self._limit(0, np.inf, (one, 100), (base, half - cell.percentage))
            self._limit(-np.inf, 0, (one, 100), (base, -half - cell.percentage))
        elif cell.base:
            self._limit(0, edition.percentage_base - 1, (base, 1))

    def _compare(self, population: Population) -> None:
        """Nobody is in a smaller population without being in the larger one."""
        for larger in population.outwards():
            for one in [g for g in self.variables if g.population == population.key]:
                outer = Group(larger.key, one.conditions)
                if outer in self.variables and outer != one:
                    self._limit(0, np.inf, (outer, 1), (one, -1))


def group(everybody: Group, dimension: Dimension, category: str) -> Group:
    return everybody.that(dimension.condition(category))


def unrounded(edition: Edition, count: int) -> tuple[int, int]:
    """The counts that read as ``count``."""
    if count == 0 or edition.rounding == 1:
        return count, count
    low = ceil(count - edition.rounding / 2)
    return max(low, edition.k), low + edition.rounding - 1


def truth(tables: Iterable[Table]) -> dict[Group, int]:
    """Every count of some tables, which a reader must not know."""
    counts: dict[Group, int] = {}
    for table in tables:
        counts[table.everybody] = table.total
        for row in range(len(table.counts)):
            counts[table.row_total(row).group] = table.row_total(row).count
            for column in range(len(table.bases)):
                counts[table.column_base(column).group] = table.bases[column]
                counts[table.cell(row, column).group] = table.counts[row][column]
    return counts
