"""East Java as tiles: the 38 kabupaten and kota, each about where it lies, all of one size.

Nothing is fetched and nobody needs to know an outline. The table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.summaries import words
from app.summaries.panels import Tile
from app.summaries.tables import ProtectedCell, Shown

_ROWS = (
    "     .    .    .    3523 3524 3525 3578 3526 3527 3528 3529",
    "     .    3521 3522 3518 3517 3576 3515 .    .    .    .",
    "     3520 3577 3519 3571 3506 3516 3575 3514 3574 3513 3512",
    "     .    3502 3503 3504 3572 3579 3573 3507 3508 3509 3511",
    "     .    3501 .    .    3505 .    .    .    .    .    3510",
)
PLACES: Mapping[str, tuple[int, int]] = {
    code: (column, row)
    for row, line in enumerate(_ROWS)
    for column, code in enumerate(line.split())
    if code != "."
}
"""Column and row of each kabupaten and kota, by its code."""
SHADES = 4


def tiles(names: Mapping[str, str], cells: Mapping[str, ProtectedCell]) -> Iterator[Tile]:
    """A tile for every place; without a number where nothing may be shown.

    Nothing at all comes out for a form whose places are others.
    """
    if not names.keys() & PLACES.keys():
        return
    shown = {code: cell.count for code, cell in cells.items() if isinstance(cell, Shown)}
    most = max((shown.get(code, 0) for code in PLACES), default=0)
    for code, (column, row) in PLACES.items():
        count = shown.get(code, 0)
        shade = -(-SHADES * count // most) if most and count else 0
        number = words.number(count) if count else ""
        yield Tile(column, row, _lines(names.get(code, code)), number, shade)


def _lines(name: str) -> tuple[str, ...]:
    """A name in short lines: a kabupaten's own name, or “Kota” above it."""
    plain = name.removeprefix("Kabupaten ").removesuffix(" Regency")
    return tuple(plain.split(" ")[:2])
