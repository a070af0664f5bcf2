"""What a chapter of an edition is made of: finished words, for a page and for print alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table that is its own chart; ``share`` from 0 to 1, ``None`` without one."""

    label: str
    count: str
    percent: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with several columns; without rows, ``finding`` stands for all of it."""

    id: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One kabupaten or kota of the map: where it stands, and a shade from 0 (none) to 4."""

    column: int
    row: int
    lines: tuple[str, ...]
    number: str
    shade: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: heading, sentence, table with bars, map, tables by groups, remarks."""

    id: str
    title: str
    finding: str
    bars: tuple[Bar, ...] = ()
    tiles: tuple[Tile, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """Panels under one heading: a chapter of the report."""

    id: str
    title: str
    panels: tuple[Panel, ...]
