"""What else to hide, to make room for a count that a reader could narrow down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from app.summaries.bounds import Number
from app.summaries.loops import Loops, Price
from app.summaries.sums import Sums

Room = tuple[int, int]
"""By how much a count should be able to grow and to shrink."""


class Openings:
    """The cheapest further counts to hide in one system, for intervals of width ``k``.

    A shown count costs as many people as it has, and ``k`` more for being one more.
    """

    def __init__(self, sums: Sums, k: int) -> None:
        self._sums = sums
        self._k = k
        self._equations = (*sums.exact, *sums.nested)
        self._loops = Loops(self._equations, len(sums.counts))
        self._cells = {i for i in sums.printed if len(sums.groups[i].conditions) > 1}

    def apart(self, indices: Collection[int]) -> Iterator[int]:
        """Some of ``indices``, largest counts first, no two of which are in the same sum."""
        taken: set[int] = set()
        for index in sorted(indices, key=lambda i: (-self._sums.counts[i], i)):
            numbers = {number for number, _ in self._loops.places[index]}
            if not numbers & taken:
                taken |= numbers
                yield index

    def cheapest(self, index: int, hidden: Collection[int]) -> frozenset[int]:
        """Shown cells that make all the room for ``index`` when they are hidden; or none."""
        down = min(self._k, self._sums.counts[index])
        rooms = ((self._k - down, down), (self._k, 0))
        return self._first(index, hidden, rooms, self._sums.counts.__getitem__)

    def further(
        self, index: int, hidden: Collection[int], direction: int, furthest: Mapping[int, Number]
    ) -> frozenset[int]:
        """Shown cells that make some more room for ``index`` in one direction; or none.

        ``furthest`` are counts that a reader cannot tell from the true ones, with ``index`` as far
        in that direction as it can be. So it goes further only where more is hidden.
        """
        steps = [self._k >> halvings for halvings in range(self._k.bit_length())]
        rooms = [(step, 0) if direction > 0 else (0, step) for step in steps]
        counts = self._sums.counts
        return self._first(index, hidden, rooms, lambda i: furthest.get(i, counts[i]))

    def _first(
        self,
        index: int,
        hidden: Collection[int],
        rooms: Iterable[Room],
        counted: Callable[[int], Number],
    ) -> frozenset[int]:
        for room in rooms:
            loop = self._loops.cheapest(index, self._price(hidden, room, counted))
            if loop and (shown := (loop[1] & self._sums.printed).difference(hidden)):
                return shown
        return frozenset()

    def _price(
        self, hidden: Collection[int], room: Room, counted: Callable[[int], Number]
    ) -> Price:
        up, down = room

        def price(index: int, change: int) -> int | None:
            count = counted(index)
            if count < (up if change < 0 else down):
                return None
            if index in hidden or index not in self._sums.printed:
                return 0
            return int(count) + self._k if count and index in self._cells else None

        return price

    def nearest(self, index: int, hidden: Collection[int]) -> frozenset[int]:
        """The smallest shown count in the sums of ``index``, or in theirs, and so on.

        Those of its own population go first: the tables of others need not suffer. Empty when
        everything that is tied to it is hidden, or nobody.
        """
        population = self._sums.groups[index].population
        rings = [(ring & self._sums.printed).difference(hidden) for ring in self._rings(index)]
        for own in (True, False):
            for ring in rings:
                near = [
                    (self._sums.counts[i], i)
                    for i in ring
                    if own is (self._sums.groups[i].population == population)
                    if self._sums.counts[i]
                ]
                if near:
                    return frozenset({min(near)[1]})
        return frozenset()

    def _rings(self, index: int) -> Iterator[set[int]]:
        """The counts that share a sum with ``index``, those that share one with these, …"""
        seen, ring = {index}, {index}
        while ring:
            numbers = {number for one in ring for number, _ in self._loops.places[one]}
            ring = {other for number in numbers for other in self._equations[number]} - seen
            seen |= ring
            yield ring
