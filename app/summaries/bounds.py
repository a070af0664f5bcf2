"""What a reader can work out about hidden counts, by exact arithmetic.

A reader knows the counts that are shown, which counts add up to which, and that none is negative.
Everything that fits is a polyhedron; it is walked along its edges (the simplex method), starting
from the truth, and each corner of whole numbers is a set of tables that the reader cannot tell
from the true one. So a width found here is certain, whatever the reader does. In tables of one or
two dimensions the corners are whole and the widths are the exact ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
Equation = tuple[int, ...]
"""A whole and then its parts, as indices of counts: the first is the sum of the others."""


def _ratio(number: Number, divisor: Number) -> Number:
    """``number / divisor``, an ``int`` whenever it is whole: most are, and those are fast."""
    quotient = Fraction(number) / divisor if divisor not in (1, -1) else number * divisor
    return quotient.numerator if quotient.denominator == 1 else quotient


@dataclass(slots=True)
class Work:
    """Additions that may still be spent; each exploration gets a ``share`` at most."""

    left: int = 10**9
    share: int = 10**9


class Bounds:
    """The values that the ``hidden`` of ``counts`` can take, as far as they have been explored.

    ``counts`` are the true ones, and fit the ``equations``. Variables that others are expressed
    by are *free*: ``_rows[v][f]`` is how much ``v`` changes when the free ``f`` grows by one, and
    ``_users[f]`` are the ``v`` that it changes. When its share of ``work`` is spent, it is *tired*
    and explores no more.
    """

    def __init__(
        self,
        counts: Sequence[int],
        equations: Iterable[Equation],
        hidden: Iterable[int],
        work: Work,
    ) -> None:
        self._work = work
        self._share = work.share
        self._value: dict[int, Number] = {v: counts[v] for v in sorted(hidden)}
        self._low = {v: counts[v] for v in self._value}
        self._high = dict(self._low)
        self._rows: dict[int, dict[int, Number]] = {}
        self._users: dict[int, set[int]] = {v: set() for v in self._value}
        self._fractions: set[int] = set()
        for equation in equations:
            self._solve(equation)

    def wide(self, target: int, width: int) -> bool:
        """Whether the reader is left with an interval of at least ``width`` for ``target``."""
        if target not in self._value:
            return False
        self.push(target, 1, width)
        self.push(target, -1, width)
        return self._high[target] - self._low[target] >= width

    def push(self, target: int, direction: int, width: int) -> Mapping[int, Number]:
        """Make ``target`` as large (1) or small (−1) as it can be, or as ``width`` wants it.

        Returns the hidden counts of the tables in which it is so.
        """
        while (missing := width - (self._high[target] - self._low[target])) > 0:
            reached = self._high[target] if direction > 0 else self._low[target]
            wanted = missing + direction * (reached - self._value[target])
            if wanted <= 0 or self.tired or not self._step(target, direction, wanted):
                break
        return self._value

    @property
    def tired(self) -> bool:
        return min(self._share, self._work.left) < 0

    def _solve(self, equation: Equation) -> None:
        """Express one more variable by the others, unless the equation says nothing new."""
        row: dict[int, Number] = {}
        for place, variable in enumerate(equation):
            if variable in self._value:
                sign = -1 if place else 1
                own: dict[int, Number] = {variable: 1}
                for free, rate in self._rows.get(variable, own).items():
                    row[free] = row.get(free, 0) + sign * rate
        row = {free: rate for free, rate in row.items() if rate}
        if row:
            chosen = min(row, key=lambda v: (abs(row[v]) != 1, len(self._users[v]), v))
            rate = row.pop(chosen)
            self._express(chosen, {free: _ratio(-other, rate) for free, other in row.items()})

    def _express(self, variable: int, row: dict[int, Number]) -> None:
        """The free ``variable`` is no longer free: ``row`` says how it follows the others."""
        for user in self._users.pop(variable):
            self._substitute(user, variable, row)
        self._rows[variable] = row
        for free in row:
            self._users[free].add(variable)

    def _substitute(self, user: int, variable: int, row: dict[int, Number]) -> None:
        old = self._rows[user]
        share = old.pop(variable)
        self._share -= len(row)
        self._work.left -= len(row)
        for free, rate in row.items():
            changed = old.get(free, 0) + share * rate
            if changed:
                old[free] = _ratio(changed, 1)
                self._users[free].add(user)
            elif old.pop(free, None) is not None:
                self._users[free].discard(user)

    def _exchange(self, leaving: int, entering: int) -> None:
        """Make ``leaving`` free, and express the free ``entering`` by it and the others."""
        row = self._rows.pop(leaving)
        for free in row:
            self._users[free].discard(leaving)
        rate = row.pop(entering)
        swapped = {free: _ratio(-other, rate) for free, other in row.items()}
        swapped[leaving] = _ratio(1, rate)
        self._users[leaving] = set()
        self._express(entering, swapped)

    def _step(self, target: int, direction: int, wanted: Number) -> bool:
        """Move ``target`` by up to ``wanted``, or make a move possible; ``False`` at its bound.

        When nothing can move, the lowest is exchanged for the lowest that blocks it, so that the
        same corner is never seen twice (Bland's rule).
        """
        if direction < 0 and not self._value[target]:
            return False
        if target in self._users:
            return self._go(target, direction, wanted, *self._room(target, direction))
        stuck: list[tuple[int, int]] = []
        for free, rate in self._rows[target].items():
            way = 1 if rate * direction > 0 else -1
            if way < 0 and not self._value[free]:
                continue
            room, blocking = self._room(free, way)
            if room != 0 or blocking is None:
                return self._go(free, way, _ratio(wanted, rate * way * direction), room, blocking)
            stuck.append((free, blocking))
        if stuck:
            free, blocking = min(stuck)
            self._exchange(blocking, free)
        return bool(stuck)

    def _go(
        self, free: int, way: int, most: Number, room: Number | None, blocking: int | None
    ) -> bool:
        """Move ``free`` by ``most``, or as far as there is room; then it makes way."""
        if room is None or room >= most:
            self._move(free, way * most)
            return True
        self._move(free, way * room)
        if blocking is not None:
            self._exchange(blocking, free)
        return room > 0 or blocking is not None

    def _room(self, free: int, direction: int) -> tuple[Number | None, int | None]:
        """How far ``free`` can go until a count would be negative, and which (lowest) it is."""
        room: Number | None = self._value[free] if direction < 0 else None
        blocking: int | None = None
        for user in self._users[free]:
            rate = self._rows[user][free] * direction
            if rate < 0:
                limit = _ratio(self._value[user], -rate)
                if room is None or limit < room:
                    room, blocking = limit, user
                elif limit == room and blocking is not None and user < blocking:
                    blocking = user
        return room, blocking

    def _move(self, free: int, distance: Number) -> None:
        """Go to other tables that fit, and remember how far each count got."""
        moved = [free, *self._users[free]]
        self._value[free] += distance
        for user in moved[1:]:
            self._value[user] += self._rows[user][free] * distance
        for variable in moved:
            self._value[variable] = value = _ratio(self._value[variable], 1)
            (self._fractions.discard if isinstance(value, int) else self._fractions.add)(variable)
        if not self._fractions:
            for variable in moved:
                value = int(self._value[variable])
                self._low[variable] = min(self._low[variable], value)
                self._high[variable] = max(self._high[variable], value)
