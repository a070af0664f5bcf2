"""What nobody can tell about hidden groups, because people could be in the one or in the other.

Where every count of two categories is hidden, wherever they are printed, anybody of the one could
as well be of the other: no count that is shown would change. And where every count of a choice of
a multiple-choice question is hidden, anybody may have made it or not. So such a group may have
nobody, or everybody of those that could be in it. That holds in all tables at once, however they
are linked, as real people make up all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import product

from app.summaries.sums import Sums
from app.summaries.tables import Condition, Group


class Exchange:
    """Who could be elsewhere, in a system of which the groups ``hidden`` are hidden.

    ``alone``: for a reader who has the tables of one population only.
    """

    def __init__(self, sums: Sums, hidden: Collection[int], alone: bool = False) -> None:
        self._sums = sums
        self._alone = alone
        self._index = {group: index for index, group in enumerate(sums.groups)}
        self._free: dict[str, set[Condition]] = defaultdict(set)
        self._linked: dict[str, set[Condition]] = defaultdict(set)
        nested = {index for equation in sums.nested for index in equation}
        shown: dict[str, set[Condition]] = defaultdict(set)
        for index in sums.printed:
            group = sums.groups[index]
            self._free[group.population] |= group.conditions
            if index not in hidden:
                shown[group.population] |= group.conditions
            if index in sums.declared or (index in nested and not sums.is_margin(index)):
                self._linked[group.population] |= group.conditions
        self._everywhere = set().union(*self._free.values()).difference(*shown.values())
        for population, conditions in shown.items():
            self._free[population] -= conditions
        self._floors, self._caps = self._limits()

    def _limits(self) -> tuple[dict[int, int], dict[int, int]]:
        """How small and how large a count can be when no other population changes."""
        counts = self._sums.counts
        floors: dict[int, int] = defaultdict(int)
        caps: dict[int, int] = {}
        for outer, inner, _ in self._sums.nested:
            floors[outer] = max(floors[outer], counts[inner])
            caps[inner] = min(caps.get(inner, counts[outer]), counts[outer])
        return floors, caps

    def room(self, index: int) -> int:
        """The width of an interval in which the count can certainly be; 0 when none is known."""
        group = self._sums.groups[index]
        if self._alone:
            return self._anybody(group, self._free[group.population])
        return max(self._anybody(group, self._everywhere), self._within_limits(group))

    def _anybody(self, group: Group, free: set[Condition]) -> int:
        """When all who could be in a group can be in it, or nobody."""
        choices: list[Sequence[Condition | None]] = []
        for condition in group.conditions:
            if condition in free and condition.dimension in self._sums.overlapping:
                choices.append([None])
            else:
                choices.append(self._peers(condition, free))
        if all(len(choice) == 1 and choice[0] is not None for choice in choices):
            return 0
        return sum(
            self._count(group.population, frozenset(filter(None, chosen)))
            for chosen in product(*choices)
        )

    def _peers(self, condition: Condition, free: set[Condition]) -> list[Condition]:
        """What those who meet a condition could meet instead, itself included."""
        peers = self._sums.peers.get(condition, frozenset()) if condition in free else frozenset()
        return sorted({condition, *peers & free})

    def _within_limits(self, group: Group) -> int:
        """When people are moved in one population only, between two or more of its margins.

        The tables of the population still add up if its margins do; the larger and the smaller
        populations limit how far each margin can go.
        """
        free = self._free[group.population] - self._linked[group.population]
        room = 0
        for condition in group.conditions:
            peers = self._peers(condition, free)
            if len(peers) > 1 and condition.dimension not in self._sums.overlapping:
                room = max(room, self._shift(group, condition, peers))
        return room

    def _shift(self, group: Group, condition: Condition, peers: list[Condition]) -> int:
        population, rest = group.population, group.conditions - {condition}
        available = sum(self._count(population, rest | {peer}) for peer in peers)
        margins = {peer: self._index[Group(population, frozenset({peer}))] for peer in peers}
        own = margins.pop(condition)
        others = margins.values()
        total = sum(self._sums.counts[margin] for margin in (own, *others))
        unlimited = [margin for margin in others if margin not in self._caps]
        least = self._floors[own]
        if not unlimited:
            least = max(least, total - sum(self._caps[margin] for margin in others))
        most = total - sum(self._floors[margin] for margin in others)
        most = min(most, self._caps.get(own, most))
        return min(available, most) - max(0, available - total + least)

    def _count(self, population: str, conditions: frozenset[Condition]) -> int:
        return self._sums.counts[self._index[Group(population, conditions)]]
