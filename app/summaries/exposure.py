"""Which hidden counts have to be guarded, and which of them a reader could narrow down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from app.summaries.bounds import Bounds, Equation, Work
from app.summaries.exchange import Exchange
from app.summaries.sums import Sums


def small_complements(sums: Sums, k: int) -> Iterator[tuple[int, int]]:
    """Counts that all but 1…k−1 people of a base are in, with that base."""
    for part, base in sums.shares:
        if 1 <= sums.counts[base] - sums.counts[part] < k:
            yield part, base


def guarded(sums: Sums, hidden: Collection[int], k: int) -> set[int]:
    """The counts that must not be narrowed down to less than ``k``.

    They are the hidden counts of 1…k−1 people, those with such a complement in a base that is
    shown, and such rests of a larger population that are people with answers of their own.
    """
    small = {index for index in sums.others.union(hidden) if 1 <= sums.counts[index] < k}
    return small | {part for part, base in small_complements(sums, k) if base not in hidden}


def exposed(
    sums: Sums, hidden: Collection[int], k: int, targets: Collection[int], work: Work
) -> set[int]:
    """Those of ``targets`` for which it is not certain that a reader is left a width of ``k``.

    How many people of a group that is shown did not answer a question is not guarded: the number
    of answers says about as much. So a group that is hidden in the tables of a question, but shown
    among all respondents, is judged by the tables of the question alone.
    """
    known = {index for index in targets if _shown_outside(sums, hidden, index)}
    left = _exposed(sums, (*sums.exact, *sums.nested), hidden, k, set(targets) - known, work)
    return left | _exposed(sums, sums.exact, hidden, k, known, work, alone=True)


def _shown_outside(sums: Sums, hidden: Collection[int], index: int) -> bool:
    outer = sums.outer.get(index)
    return outer is not None and (outer not in hidden or _shown_outside(sums, hidden, outer))


def _exposed(
    sums: Sums,
    equations: Sequence[Equation],
    hidden: Collection[int],
    k: int,
    targets: Collection[int],
    work: Work,
    alone: bool = False,
) -> set[int]:
    """Three looks, each at what the one before leaves open.

    People who could be elsewhere; the inside of tables for a reader who knows every margin, even
    the hidden ones (then tables do not hang together); and all of it, where margins are hidden.
    """
    unseen = not_shown(sums, hidden)
    sure = _in_small_sums(sums, equations, unseen, k).intersection(targets)
    exchange = Exchange(sums, hidden, alone)
    left = {index for index in targets if index not in sure and exchange.room(index) < k}
    inside = {i for i in unseen if not sums.is_margin(i)}
    left = _narrow(lambda: Bounds(sums.counts, equations, inside, Work()), left, k)
    below = {narrower for index in hidden for narrower in sums.narrower.get(index, ())}
    loose = {i for i in left if i in below or i not in inside or i not in sums.printed}
    open_left = _narrow(lambda: Bounds(sums.counts, equations, unseen, work), loose, k)
    return sure | left - loose | open_left


def _in_small_sums(
    sums: Sums, equations: Iterable[Equation], unseen: Collection[int], k: int
) -> set[int]:
    """Those that a single subtraction exposes: all that is hidden of a total is less than ``k``."""
    found: set[int] = set()
    for whole, *parts in equations:
        if whole not in unseen:
            hidden = [part for part in parts if part in unseen]
            if sum(sums.counts[part] for part in hidden) < k:
                found.update(hidden)
    return found


def not_shown(sums: Sums, hidden: Collection[int]) -> set[int]:
    return set(range(len(sums.counts))) - sums.printed.difference(hidden)


def _narrow(start: Callable[[], Bounds], targets: Collection[int], k: int) -> set[int]:
    """Those of ``targets`` for which no width of ``k`` was found."""
    found: set[int] = set()
    bounds: Bounds | None = None
    for index in sorted(targets):
        fresh = bounds is None or bounds.tired
        if bounds is None or fresh:
            bounds = start()
        wide = bounds.wide(index, k)
        if not wide and bounds.tired and not fresh:
            bounds = start()
            wide = bounds.wide(index, k)
        if not wide:
            found.add(index)
    return found
