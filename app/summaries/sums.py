"""Tables as one system of counts and sums: all that a reader of an edition can set up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.summaries.bounds import Equation
from app.summaries.tables import Cell, Condition, Dimension, Group, Population, Table

Role = tuple[str, Dimension] | tuple[str, frozenset[Condition]]
"""Where a category occurs: in a dimension of tables of a population, or in a declared sum."""


@dataclass(frozen=True, slots=True)
class AddsUp:
    """A sum that the tables themselves do not say, of groups that are in them.

    Those asked why they lack a device are those who said “more” and those who said “unmet” in
    the table before.
    """

    whole: Group
    parts: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of groups, by index, and everything that ties them to each other."""

    groups: tuple[Group, ...]
    counts: tuple[int, ...]
    printed: frozenset[int]
    """Those that have a place in a table. The others are only there to make up sums."""
    shares: frozenset[tuple[int, int]]
    """Count and base of every percentage."""
    exact: tuple[Equation, ...]
    """Sums within one population, and those that were declared."""
    declared: frozenset[int]
    """The counts in a sum that was declared."""
    margins: tuple[Equation, ...]
    """Of the exact ones: everybody, divided by one dimension; larger populations first."""
    nested: tuple[Equation, ...]
    """A group in a population: the same group in a smaller one, and the rest."""
    outer: Mapping[int, int]
    """The same group in the larger population, where the rest are those who did not answer."""
    others: frozenset[int]
    """The rests who are people with answers of their own."""
    narrower: Mapping[int, Sequence[int]]
    """The printed groups that are part of a printed group."""
    overlapping: frozenset[str]
    """The dimensions whose categories overlap."""
    peers: Mapping[Condition, frozenset[Condition]]
    """For a condition, those of its dimension that are in just the same tables and declared sums,
    so that a person could meet one of them instead without consequences elsewhere."""

    def is_margin(self, index: int) -> bool:
        """Whether it is a total in its tables, not inside one with columns."""
        return index in self.printed and len(self.groups[index].conditions) < 2


def sums_of(tables: Iterable[Table], adds_up: Iterable[AddsUp] = ()) -> Sums:
    """The system of ``tables``, whose equal groups are one count.

    Raises:
        ValueError: two tables count the same group differently, a part is larger than its whole,
            or a sum of ``adds_up`` is wrong or names a group that is in no table.
    """
    building = _Building()
    for table in tables:
        building.add(table)
    for declared in adds_up:
        building.declare(declared)
    return building.result()


class _Building:
    """A system in the making."""

    def __init__(self) -> None:
        self._index: dict[Group, int] = {}
        self._printed: set[int] = set()
        self._counts: list[int] = []
        self._populations: dict[str, Population] = {}
        self._shares: set[tuple[int, int]] = set()
        self._exact: dict[Equation, None] = {}
        self._margins: dict[Equation, Population] = {}
        self._declared: set[int] = set()
        self._nested: dict[Equation, None] = {}
        self._outer: dict[int, int] = {}
        self._others: set[int] = set()
        self._dimensions: set[Dimension] = set()
        self._roles: dict[Condition, set[Role]] = {}
        self._tied: set[str] = set()

    def add(self, table: Table) -> None:
        for place in table.population.outwards():
            if self._populations.setdefault(place.key, place) != place:
                raise ValueError(f"two different populations are called {place.key}")
        for dimension in filter(None, (table.rows, table.columns)):
            self._dimensions.add(dimension)
            for category in dimension.categories:
                condition = dimension.condition(category)
                self._roles.setdefault(condition, set()).add((table.population.key, dimension))
        total = self._cell(Cell(table.everybody, table.total, table.total))
        rows = [self._cell(table.row_total(row)) for row in range(len(table.counts))]
        bases = [self._cell(table.column_base(column)) for column in range(len(table.bases))]
        self._divide(table, total, rows, overlapping=table.rows.overlapping)
        if table.columns is not None:
            self._divide(table, total, bases)
            self._inside(table, rows, bases)

    def _cell(self, cell: Cell) -> int:
        index = self._put(cell.group, cell.count)
        self._printed.add(index)
        return index

    def _put(self, group: Group, count: int) -> int:
        index = self._index.setdefault(group, len(self._counts))
        if index == len(self._counts):
            self._counts.append(count)
        elif self._counts[index] != count:
            raise ValueError(f"counted as {self._counts[index]} and as {count}: {group}")
        return index

    def _divide(
        self, table: Table, total: int, parts: Sequence[int], overlapping: bool = False
    ) -> None:
        self._shares.update((part, total) for part in parts if part != total)
        if overlapping:
            self._complement(total, parts)
        elif parts and parts != [total]:
            self._exact[(total, *parts)] = None
            self._margins[(total, *parts)] = table.population

    def _inside(self, table: Table, rows: Sequence[int], bases: Sequence[int]) -> None:
        grid = [
            [self._cell(table.cell(row, column)) for column in range(len(bases))]
            for row in range(len(rows))
        ]
        self._exact.update(((total, *cells), None) for total, cells in zip(rows, grid, strict=True))
        for base, *cells in zip(bases, *grid, strict=True):
            self._shares.update((cell, base) for cell in cells)
            if table.rows.overlapping:
                self._complement(base, cells)
            else:
                self._exact[(base, *cells)] = None

    def _complement(self, base: int, parts: Iterable[int]) -> None:
        """Those of the base who did not choose it; they are never fewer than nobody."""
        groups = list(self._index)
        for part in parts:
            added = groups[part].conditions - groups[base].conditions
            negated = (Condition(one.dimension, one.members, chosen=False) for one in added)
            count = self._counts[base] - self._counts[part]
            self._exact[(base, part, self._put(groups[base].that(*negated), count))] = None

    def declare(self, declared: AddsUp) -> None:
        named = (declared.whole, *declared.parts)
        unknown = [group for group in named if group not in self._index]
        if unknown:
            raise ValueError(f"no table counts {unknown[0]}")
        whole, *parts = (self._index[group] for group in named)
        if self._counts[whole] != sum(self._counts[part] for part in parts):
            raise ValueError(f"its parts do not add up to {declared.whole}")
        self._exact[(whole, *parts)] = None
        self._declared.update((whole, *parts))
        self._tie(declared)

    def _tie(self, declared: AddsUp) -> None:
        """Nobody can be moved out of a part without leaving the whole."""
        parts = [part.conditions for part in declared.parts]
        common = declared.whole.conditions.intersection(*parts)
        role = declared.whole.population, declared.whole.conditions - common
        self._tied.update(one.dimension for one in role[1])
        for conditions in parts:
            for one in conditions - common:
                self._roles[one].add(role)
                if len(conditions - common) > 1:
                    self._tied.add(one.dimension)

    def result(self) -> Sums:
        for group, index in list(self._index.items()):
            if index in self._printed:
                self._nest(group, index)
        depth = {key: len(place.outwards()) for key, place in self._populations.items()}
        margins = sorted(self._margins, key=lambda margin: depth[self._margins[margin].key])
        return Sums(
            groups=tuple(self._index),
            counts=tuple(self._counts),
            printed=frozenset(self._printed),
            shares=frozenset(self._shares),
            exact=tuple(self._exact),
            declared=frozenset(self._declared),
            margins=tuple(margins),
            nested=tuple(self._nested),
            outer=self._outer,
            others=frozenset(self._others),
            narrower=self._narrower(),
            overlapping=frozenset(one.key for one in self._dimensions if one.overlapping),
            peers=self._peers(),
        )

    def _nest(self, group: Group, index: int) -> None:
        """Tie a count to that of the same group in the next larger populations that have it."""
        smaller = self._populations[group.population]
        for larger, others in self._next_larger(smaller, group.conditions):
            outer = self._index[Group(larger, group.conditions)]
            count = self._counts[outer] - self._counts[index]
            if count < 0:
                raise ValueError(f"more people than in {larger}: {group}")
            rest = self._put(Group(f"{larger} without {smaller.key}", group.conditions), count)
            self._nested[(outer, index, rest)] = None
            if others:
                self._others.add(rest)
            else:
                self._outer[index] = outer

    def _next_larger(
        self, smaller: Population, conditions: frozenset[Condition]
    ) -> Iterator[tuple[str, bool]]:
        """The nearest populations that have such a group, and whether the rest are others."""
        for larger in smaller.larger():
            others = larger is smaller.part_of
            if self._index.get(Group(larger.key, conditions)) in self._printed:
                yield larger.key, others
            else:
                for further, more in self._next_larger(larger, conditions):
                    yield further, others or more

    def _narrower(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for group, index in self._index.items():
            if index in self._printed:
                for wider in self._wider(group):
                    found.setdefault(wider, []).append(index)
        return found

    def _wider(self, group: Group) -> Iterator[int]:
        """The printed groups that this one is part of."""
        for place in self._populations[group.population].outwards():
            for size in range(len(group.conditions) + 1):
                for conditions in combinations(group.conditions, size):
                    wider = self._index.get(Group(place.key, frozenset(conditions)))
                    if wider in self._printed and self._index[group] != wider:
                        yield wider

    def _peers(self) -> dict[Condition, frozenset[Condition]]:
        tied = self._tied.union(self._telling_the_same())
        alike: dict[tuple[str, frozenset[Role]], set[Condition]] = {}
        for condition, roles in self._roles.items():
            if condition.dimension not in tied:
                alike.setdefault((condition.dimension, frozenset(roles)), set()).add(condition)
        return {one: frozenset(peers) for peers in alike.values() for one in peers}

    def _telling_the_same(self) -> Iterator[str]:
        """Dimensions that tell an attribute of a person which something else tells too."""
        told: dict[str, set[str]] = {}
        for place in self._populations.values():
            for attribute in place.attributes:
                told.setdefault(attribute, set()).add(place.key)
        for dimension in self._dimensions:
            for attribute in dimension.attributes:
                told.setdefault(attribute, set()).add(dimension.key)
        for dimension in self._dimensions:
            if any(len(told[attribute]) > 1 for attribute in dimension.attributes):
                yield dimension.key
