"""Drawing from weights; the randomness is passed in, so one seed always gives the same people."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

Weights = Mapping[str, float]


def one_of(random: Random, weights: Weights) -> str:
    """One key, as likely as its share of the weights."""
    return random.choices(list(weights), list(weights.values()))[0]


def some_of(random: Random, weights: Weights, most: int) -> list[str]:
    """One to ``most`` different keys, the likeliest first."""
    left = dict(weights)
    chosen = []
    for _ in range(min(random.randint(1, most), len(left))):
        chosen.append(one_of(random, left))
        del left[chosen[-1]]
    return chosen


def each_of(random: Random, chances: Weights) -> list[str]:
    """Every key that its own chance (0 to 1) picks; perhaps none."""
    return [key for key, chance in chances.items() if random.random() < chance]
