"""Which counts of an edition are hidden, so that no small one can be worked out from the others.

1. Small counts, and those with a small complement, are hidden (primary suppression).
2. With a group, everything counted inside it is hidden.
3. A total that is divided gets more of its parts hidden until the hidden ones hold ``k`` people.
4. What a reader could still narrow down to less than ``k`` is found by ``Bounds``; for each such
   count the cheapest set of further cells is hidden that makes room (``Openings``). This repeats
   until ``Bounds`` finds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.summaries.bounds import Bounds, Equation, Work
from app.summaries.exposure import exposed, guarded, not_shown, small_complements
from app.summaries.openings import Openings
from app.summaries.sums import Sums

_WORK = 3_000_000
_SHARE = 60_000
"""Additions, in all and for one exploration: some seconds, and a fraction of one."""


def hidden_counts(sums: Sums, k: int, also: Iterable[int] = ()) -> frozenset[int]:
    """The printed counts that are not shown; ``also`` are hidden whatever their size."""
    suppression = _Suppression(sums, k, frozenset(also))
    suppression.hide(primary(sums, k))
    suppression.guard_margins()
    suppression.guard_cells()
    return frozenset(suppression.hidden)


def primary(sums: Sums, k: int) -> set[int]:
    """Rule 1: counts of 1…k−1 people, and those whose complement in their base is that small."""
    small = {index for index in sums.printed if 1 <= sums.counts[index] < k}
    return small | {part for part, _ in small_complements(sums, k)}


class _Suppression:
    """The hidden counts of one system while they are being chosen."""

    def __init__(self, sums: Sums, k: int, also: frozenset[int]) -> None:
        self.hidden: set[int] = set()
        self._sums = sums
        self._k = k
        self._also = also
        self.work = Work(_WORK, _SHARE)
        self.hide(also)

    def hide(self, indices: Iterable[int]) -> None:
        """Hide these and what is counted inside them (rule 8: zeros too)."""
        for index in indices:
            self.hidden.add(index)
            self.hidden.update(self._sums.narrower.get(index, ()))

    def guard_margins(self) -> None:
        for margin in self._sums.margins:
            while more := self._too_little(margin):
                self.hide([more[0]])

    def _too_little(self, margin: Equation) -> list[int]:
        """The parts that could be hidden next, smallest first; none when enough are hidden."""
        total, *parts = margin
        counts = self._sums.counts
        hidden = [part for part in parts if part in self.hidden]
        safe = len(hidden) > 1 and sum(counts[part] for part in hidden) >= self._k
        if total in self.hidden or safe or not any(counts[part] for part in hidden):
            return []
        shown = [part for part in parts if part not in self.hidden]
        return sorted(shown, key=lambda part: (not counts[part], counts[part], part))

    def guard_cells(self) -> None:
        openings = Openings(self._sums, self._k)
        left: set[int] = set()
        while self.hidden != self._sums.printed and (
            left := self._exposed(left) or self._exposed(self._guarded())
        ):
            before = len(self.hidden)
            for index in openings.apart(left):
                self.hide(openings.cheapest(index, self.hidden))
            if len(self.hidden) == before:
                self._make_more_room(max(left), openings)

    def _guarded(self) -> set[int]:
        return guarded(self._sums, self.hidden, self._k) | self._also

    def _exposed(self, targets: Collection[int]) -> set[int]:
        return exposed(self._sums, self.hidden, self._k, targets, self.work)

    def _make_more_room(self, target: int, openings: Openings) -> None:
        """For one that single loops cannot help. In the end, everything is hidden."""
        sums = self._sums
        inside = {i for i in not_shown(sums, self.hidden) if not sums.is_margin(i)}
        bounds = Bounds(sums.counts, (*sums.exact, *sums.nested), inside, Work())
        for direction in (1, -1) if target in inside else ():
            furthest = bounds.push(target, direction, self._k)
            if more := openings.further(target, self.hidden, direction, furthest):
                self.hide(more)
                return
        self.hide(openings.nearest(target, self.hidden) or sums.printed)
