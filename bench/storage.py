"""One more stored response against a bare append and fsync, with few and with many stored."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

from app.responses.segments import MOST_DOCUMENTS, segment_path
from app.responses.tinydb import TinyDBCollection
from bench.table import Measured
from tests.responses.documents import response

STORED = (0, 1_000, 10_000, 100_000)
ROUNDS = 3 * MOST_DOCUMENTS
"""Whole segments: the fuller the newest one is, the more a write costs."""


def measure() -> Iterator[Measured]:
    """Medians of the same moments: each round appends once and adds to every collection."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as place:
        folders = {stored: _filled(Path(place) / str(stored), stored) for stored in STORED}
        collections = {stored: TinyDBCollection(folder) for stored, folder in folders.items()}
        numbers = iter(range(10**9, 10**10))
        for collection in collections.values():
            collection.add(response(next(numbers)))
        bare, adding = _rounds(Path(place) / "bare", collections, numbers)
        yield Measured("a bare append and fsync", bare, "ms")
        for stored, cost in adding.items():
            yield Measured(f"one more response, {stored:,} stored", cost / bare, "× bare", 6)
        last = adding[STORED[-1]] / adding[STORED[0]]
        yield Measured("the last against the first", last, "×", 1.5)


def _rounds(
    place: Path, collections: dict[int, TinyDBCollection], numbers: Iterator[int]
) -> tuple[float, dict[int, float]]:
    appended: list[float] = []
    added: dict[int, list[float]] = {stored: [] for stored in collections}
    with place.open("ab") as bare:
        for _ in range(ROUNDS):
            document = response(next(numbers))
            content = orjson.dumps(document)

            def append(content: bytes = content) -> None:
                bare.write(content)
                bare.flush()
                os.fsync(bare.fileno())

            appended.append(milliseconds(append))
            for stored, collection in collections.items():
                added[stored].append(milliseconds(lambda c=collection, d=document: c.add(d)))
    medians = {stored: statistics.median(times) for stored, times in added.items()}
    return statistics.median(appended), medians


def milliseconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def _filled(folder: Path, stored: int) -> Path:
    # Sealed segments as the collection writes them, without waiting for the disk each time.
    folder.mkdir(parents=True)
    for number in range(stored // MOST_DOCUMENTS):
        rows = range(number * MOST_DOCUMENTS, (number + 1) * MOST_DOCUMENTS)
        table = {str(row): response(row) for row in rows}
        segment_path(folder, number + 1).write_bytes(orjson.dumps({"_default": table}))
    os.sync()
    return folder
