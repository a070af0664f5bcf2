"""For whom a summary is made, and how strict disclosure control then is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who may read an edition."""

    INTERNAL = "internal"
    NETWORK = "network"
    PUBLIC = "public"


_FLOORS = {
    Audience.INTERNAL: (1, 1, 20, -1),
    Audience.NETWORK: (5, 1, 20, -1),
    Audience.PUBLIC: (10, 5, 20, 0),
}
"""The defaults of ``forms.md`` section 6, field by field; fewer decimals are stricter."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The parameters of disclosure control. They can be made stricter, never weaker.

    Raises:
        ValueError: weaker than the default of its audience; or a rounding above ``k``, with
            which people who may be shown would read as 0.
    """

    audience: Audience
    k: int
    """A count of 1…k−1 people is not shown; with 1 everything is."""
    rounding: int = 1
    """Counts are shown as the nearest multiple of this."""
    decimals: int = 1
    """Of percentages."""
    percentage_base: int = 20
    """The smallest base of a percentage."""

    def __post_init__(self) -> None:
        strictness = (self.k, self.rounding, self.percentage_base, -self.decimals)
        floor = _FLOORS[self.audience]
        if any(ours < least for ours, least in zip(strictness, floor, strict=True)):
            raise ValueError(f"weaker than the {self.audience} edition may be: {self}")
        if self.rounding > self.k or self.decimals < 0:
            raise ValueError(f"numbers cannot be shown like this: {self}")

    def rounded(self, count: int) -> int:
        """``count`` as it is shown; halves go up."""
        return (2 * count + self.rounding) // (2 * self.rounding) * self.rounding

    def percentage(self, count: int, base: int) -> float | None:
        """Of the unrounded numbers; ``None`` when ``base`` is too small for one (rule 3)."""
        if base < self.percentage_base:
            return None
        steps: int = 10**self.decimals
        return (200 * count * steps + base) // (2 * base) / steps


INTERNAL = Edition(Audience.INTERNAL, k=1)
NETWORK = Edition(Audience.NETWORK, k=5)
PUBLIC = Edition(Audience.PUBLIC, k=10, rounding=5, decimals=0)
