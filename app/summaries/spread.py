"""Median, quartiles and classes of numbers that are kept as counts of values."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import floor, log10

from app.summaries.tally import Counts

MOST_CLASSES = 12


@dataclass(frozen=True, slots=True)
class Spread:
    """The five numbers that say how answers lie; quartiles as R's type 7 and Excel's QUARTILE."""

    least: float
    lower: float
    median: float
    upper: float
    most: float


@dataclass(frozen=True, slots=True)
class Class:
    """Answers from ``low`` up to ``high``, both included when they are whole numbers."""

    low: float
    high: float
    count: int


def spread_of(counts: Counts) -> Spread | None:
    """None without any answer."""
    values = sorted((float(value), times) for value, times in counts.items() if times > 0)
    if not values:
        return None
    upto = list(accumulate(times for _, times in values))
    numbers = [value for value, _ in values]
    return Spread(*(_quantile(numbers, upto, part / 4) for part in range(5)))


def _quantile(numbers: Sequence[float], upto: Sequence[int], share: float) -> float:
    """``upto[i]`` answers are at most ``numbers[i]``; between two answers it is interpolated."""
    place = (upto[-1] - 1) * share
    whole = floor(place)
    below = numbers[bisect_left(upto, whole + 1)]
    above = numbers[bisect_left(upto, min(whole + 2, upto[-1]))]
    return below + (above - below) * (place - whole)


def classes_of(counts: Counts, whole: bool) -> tuple[Class, ...]:
    """Equal classes that hold every answer: one for each number while there are few.

    Their width is 1, 2 or 5 times a power of ten, so that the limits are round. Classes of
    ``whole`` numbers end at the last number they hold; others end where the next one begins, and
    what lies on a limit belongs to the class above.
    """
    values: Counter[float] = Counter()
    for key, times in counts.items():
        values[float(key)] += times
    if not any(values.values()):
        return ()
    if whole and max(values) - min(values) < MOST_CLASSES:
        every = range(int(min(values)), int(max(values)) + 1)
        return tuple(Class(value, value, values[value]) for value in every)
    width = _width(max(values) - min(values), whole)
    first, last = floor(min(values) / width), floor(max(values) / width)
    found = dict.fromkeys(range(first, last + 1), 0)
    for value, times in values.items():
        found[floor(value / width)] += times
    end = 1 if whole else 0
    return tuple(Class(n * width, (n + 1) * width - end, times) for n, times in found.items())


def _width(reach: float, whole: bool) -> float:
    for width in _round_widths(reach / MOST_CLASSES):
        if (width >= 1 or not whole) and reach / width <= MOST_CLASSES - 1:
            return width
    raise AssertionError("widths grow without end")


def _round_widths(least: float) -> Iterator[float]:
    power = floor(log10(least)) if least > 0 else 0
    while True:
        yield from (step * 10.0**power for step in (1, 2, 5))
        power += 1
