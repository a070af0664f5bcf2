"""Tables of counts of people: as they were counted, and as they may leave the coordinator's desk.

Columns are the groups of people that a table compares; together they are everybody in its
population, each person once. Rows are what was answered. A column's *base* is how many people it
has, and percentages are of that base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from typing import NamedTuple

from app.summaries.editions import Edition

POOLED = "pooled"
"""The category that stands for several small ones together (``Dimension.pooled`` names them)."""


class Condition(NamedTuple):
    """What people of a group have in common: one of these categories, or none of them."""

    dimension: str
    members: tuple[str, ...]
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Who is counted. Two counts of one edition that have equal groups are the same count."""

    population: str
    conditions: frozenset[Condition] = frozenset()

    def that(self, *conditions: Condition) -> Group:
        return Group(self.population, self.conditions.union(conditions))


@dataclass(frozen=True, slots=True)
class Population:
    """The people a table is about: all respondents, or those of one activity, or who answered.

    The rest of the population that it is ``within`` did not answer. The rest of the one that it
    is ``part_of`` are people with answers of their own (in another activity, or who answered
    later), whom a subtraction would expose. ``attributes`` are the attributes of a person by
    which it was selected.
    """

    key: str
    within: Population | None = None
    part_of: Population | None = None
    attributes: frozenset[str] = frozenset()

    def larger(self) -> list[Population]:
        return [place for place in (self.within, self.part_of) if place is not None]

    def outwards(self) -> list[Population]:
        """Itself and all larger ones."""
        found = {self.key: self}
        for place in self.larger():
            found |= {outer.key: outer for outer in place.outwards()}
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Dimension:
    """A question, or an attribute, by which people are told apart.

    The categories of one that is ``overlapping`` (multiple choice) do not add up. ``attributes``
    names the attributes of a person that it tells (``sex``, ``kabupaten``), see rule 5.

    Raises:
        ValueError: categories that are not distinct, or a pool without members.
    """

    key: str
    categories: tuple[str, ...]
    attributes: frozenset[str] = frozenset()
    overlapping: bool = False
    pooled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.categories)) < len(self.categories):
            raise ValueError(f"{self.key}: a category stands there twice")
        if (POOLED in self.categories) is not bool(self.pooled):
            raise ValueError(f"{self.key}: it is not clear what is pooled")

    def condition(self, category: str) -> Condition:
        members = self.pooled if category == POOLED else (category,)
        return Condition(self.key, tuple(sorted(members)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One unprotected count: ``count`` of ``base`` people."""

    group: Group
    count: int
    base: int


@dataclass(frozen=True, slots=True)
class Table:
    """Unprotected counts, rows × columns; never to be printed for others.

    ``bases`` has the number of people behind each column: where rows do not overlap, the sum of
    the column. Without ``columns`` the table is one-way, with a single column of everybody.

    Raises:
        ValueError: counts that do not fit the categories, the bases or each other.
    """

    key: str
    population: Population
    rows: Dimension
    columns: Dimension | None
    counts: tuple[tuple[int, ...], ...]
    bases: tuple[int, ...]

    def __post_init__(self) -> None:
        width = 1 if self.columns is None else len(self.columns.categories)
        if len(self.counts) != len(self.rows.categories) or len(self.bases) != width:
            raise ValueError(f"table {self.key}: not as many counts as categories")
        if any(len(row) != width for row in self.counts):
            raise ValueError(f"table {self.key}: a row has not as many counts as columns")
        if self.columns is not None and self.columns.overlapping:
            raise ValueError(f"table {self.key}: the groups compared overlap")
        for column, base in enumerate(self.bases):
            self._check([row[column] for row in self.counts], base)

    def _check(self, column: list[int], base: int) -> None:
        if any(not 0 <= count <= base for count in column) or base < 0:
            raise ValueError(f"table {self.key}: a count is not within 0 and its base")
        if not self.rows.overlapping and sum(column) != base:
            raise ValueError(f"table {self.key}: a column does not add up to its base")

    @property
    def everybody(self) -> Group:
        return Group(self.population.key)

    @property
    def total(self) -> int:
        return sum(self.bases)

    def row_total(self, row: int) -> Cell:
        group = self.everybody.that(self.rows.condition(self.rows.categories[row]))
        return Cell(group, sum(self.counts[row]), self.total)

    def column_base(self, column: int) -> Cell:
        if self.columns is None:
            return Cell(self.everybody, self.total, self.total)
        condition = self.columns.condition(self.columns.categories[column])
        return Cell(self.everybody.that(condition), self.bases[column], self.total)

    def cell(self, row: int, column: int) -> Cell:
        group = self.column_base(column).group
        condition = self.rows.condition(self.rows.categories[row])
        return Cell(group.that(condition), self.counts[row][column], self.bases[column])

    def attributes(self) -> frozenset[str]:
        """The attributes of a person that this table crosses, those of its population too."""
        crossed = [place.attributes for place in self.population.outwards()]
        crossed += [side.attributes for side in (self.rows, self.columns) if side]
        return frozenset().union(*crossed)


def one_way(
    key: str,
    population: Population,
    rows: Dimension,
    counts: Sequence[int],
    base: int | None = None,
) -> Table:
    """A table without columns; ``base`` must be given where rows overlap."""
    people = sum(counts) if base is None else base
    return Table(key, population, rows, None, tuple((count,) for count in counts), (people,))


def crossed(
    key: str,
    population: Population,
    rows: Dimension,
    columns: Dimension,
    counts: Sequence[Sequence[int]],
    bases: Sequence[int] | None = None,
) -> Table:
    """A table rows × columns; ``bases``, one a column, must be given where rows overlap."""
    cells = tuple(map(tuple, counts))
    if bases is None:
        bases = [sum(row[column] for row in cells) for column in range(len(columns.categories))]
    return Table(key, population, rows, columns, cells, tuple(bases))


@dataclass(frozen=True, slots=True)
class Shown:
    """A count that may be read, rounded as its edition wants it.

    ``base`` (rounded too) is ``None`` when it may not be shown, ``percentage`` when there is none;
    then the words are “x of y people”, or only x.
    """

    count: int
    base: int | None = None
    percentage: float | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A count that is not shown. It does not say why: that would be half of the answer."""


ProtectedCell = Shown | Hidden

_SEAL = object()


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table that has passed disclosure control for one edition.

    Whoever prints for others accepts this type only, so that mypy refuses a ``Table`` there. It
    cannot be made elsewhere: the seal belongs to ``disclosure.py``, and a test sees to that.
    """

    key: str
    edition: Edition
    population: Population
    rows: Dimension
    columns: Dimension | None
    cells: tuple[tuple[ProtectedCell, ...], ...]
    row_totals: tuple[ProtectedCell, ...]
    bases: tuple[ProtectedCell, ...]
    total: ProtectedCell
    seal: InitVar[object] = field(repr=False)

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only disclosure control makes protected tables")

    @property
    def too_few(self) -> bool:
        """There are too few people for any number: one sentence stands for the whole table."""
        return isinstance(self.total, Hidden)

    def hidden(self) -> int:
        """How many of its cells, totals left out, are hidden."""
        return sum(isinstance(cell, Hidden) for row in self.cells for cell in row)
