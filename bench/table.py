"""A measurement and its bar, as a line of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured number with its unit; ``bar`` is what it must not be over, None if free."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool:
        """Whether the bar is kept."""
        return self.bar is None or self.value <= self.bar


def line(measured: Measured) -> str:
    """``what  value unit  (bar ≤ …, kept)  note``."""
    kept = "kept" if measured.kept else "NOT KEPT"
    bar = "" if measured.bar is None else f"≤ {measured.bar:g} {kept}"
    value = f"{measured.value:,.2f}".rstrip("0").rstrip(".")
    told = f"  {measured.what:<58} {value:>10} {measured.unit:<9} {bar:<12} {measured.note}"
    return told.rstrip()


def show(title: str, rows: Iterable[Measured]) -> bool:
    """Print each row as it is measured; returns whether every bar was kept."""
    print(f"\n{title}", flush=True)
    kept = True
    for row in rows:
        print(line(row), flush=True)
        kept &= row.kept
    return kept
