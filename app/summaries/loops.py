"""Loops of counts that can change together so that every sum stays right.

When one count of a sum changes, another must; that one puts its other sum wrong, and so on, until
the loop comes back: in a table with columns, around four or more cells. The cheapest loop through
a count is a shortest path between its two sums (Dijkstra). Counts in more than two sums are not
on loops: they would need several at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

from app.summaries.bounds import Equation

Price = Callable[[int, int], int | None]
"""What it costs that a count grows (1) or shrinks (−1) with the target; ``None``: it cannot."""
Loop = tuple[int, frozenset[int]]
"""What it costs, and the counts on it besides the target."""
Place = tuple[int, int]
"""A sum, and the sign of a count in it: 1 for the whole, −1 for a part. On a path: a sum, and
whether its whole (1) or its parts (−1) are too large by what has changed so far."""

_SETTLED = (-1, 0)
"""The end of a path whose last count is in no other sum."""


class Loops:
    """The loops of one system of ``equations``."""

    def __init__(self, equations: Sequence[Equation], counts: int) -> None:
        self._equations = equations
        self.places: list[list[Place]] = [[] for _ in range(counts)]
        for number, equation in enumerate(equations):
            for position, index in enumerate(equation):
                self.places[index].append((number, -1 if position else 1))

    def cheapest(self, target: int, price: Price) -> Loop | None:
        """The cheapest loop on which ``target`` grows; ``None`` when it is on none."""
        if not 1 <= len(self.places[target]) <= 2:
            return None

        def fare(index: int, change: int) -> int | None:
            on_loops = index != target and len(self.places[index]) <= 2
            return price(index, change) if on_loops else None

        start, *rest = self.places[target]
        if not rest:
            return self._paths(start, fare, _SETTLED).get(_SETTLED)
        number, sign = rest[0]
        paths = self._paths(start, fare, (number, -sign))
        loops = [paths[(number, -sign)]] if (number, -sign) in paths else []
        if one := paths.get(_SETTLED):
            other = self._paths(rest[0], fare, _SETTLED).get(_SETTLED)
            loops += [(one[0] + other[0], one[1] | other[1])] if other else []
        return min(loops, key=lambda loop: loop[0], default=None)

    def _paths(self, start: Place, fare: Price, goal: Place) -> dict[Place, Loop]:
        """The cheapest path to ``goal``, and to ``_SETTLED`` when that is cheaper."""
        found: dict[Place, Loop] = {}
        best: dict[Place, int] = {start: 0}
        came: dict[Place, tuple[Place, int]] = {}
        queue = [(0, start)]
        while queue and goal not in found:
            cost, place = heappop(queue)
            if place in (goal, _SETTLED):
                found.setdefault(place, (cost, frozenset(_back(came, place))))
            elif cost == best[place]:
                for onward, index, more in self._onward(place, fare):
                    if cost + more < best.get(onward, cost + more + 1):
                        best[onward] = cost + more
                        came[onward] = place, index
                        heappush(queue, (cost + more, onward))
        return found

    def _onward(self, place: Place, fare: Price) -> Iterator[tuple[Place, int, int]]:
        """The counts that can put a sum right: which sum that puts wrong, and the price."""
        number, wrong = place
        for position, index in enumerate(self._equations[number]):
            change = wrong if position else -wrong
            cost = fare(index, change)
            if cost is not None:
                others = (place for place in self.places[index] if place[0] != number)
                other, sign = next(others, _SETTLED)
                yield (other, sign * change), index, cost


def _back(came: dict[Place, tuple[Place, int]], place: Place) -> Iterator[int]:
    while place in came:
        place, index = came[place]
        yield index
