"""What one more response costs with 100,000 stored: no more than with none, and little memory."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from subprocess import run

import orjson
import pytest

from app.responses.segments import MOST_DOCUMENTS, segment_path
from app.responses.tinydb import TinyDBCollection
from tests.responses.documents import response

pytestmark = pytest.mark.slow

STORED = 100_000
ROUNDS = 3 * MOST_DOCUMENTS  # Whole segments, for a fuller one costs more.
ATTEMPTS = 3  # The machine may be busy with something else.

WORKER = """
import sys
from pathlib import Path
from app.responses.tinydb import TinyDBCollection
from tests.responses.documents import response
collection = TinyDBCollection(Path(sys.argv[1]))
assert not collection.add(response(5)).new
assert sum(1 for _ in collection.each()) == collection.count()
# Not ru_maxrss: a child starts with its parent's, and pytest's grows with the tests before.
status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
print(status["VmHWM"].split()[0])  # KB
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """100,000 responses, in sealed segments written without waiting for the disk."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(-(-STORED // MOST_DOCUMENTS)):
        rows = range(number * MOST_DOCUMENTS, (number + 1) * MOST_DOCUMENTS)
        table = {str(row): response(row) for row in rows}
        segment_path(folder, number + 1).write_bytes(orjson.dumps({"_default": table}))
    os.sync()
    yield folder
    rmtree(folder)


def milliseconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def measure(many: Path, few: Path, numbers: Iterator[int]) -> tuple[float, float, float]:
    """Medians of a bare append and fsync, and of one more response with few and many stored."""
    empty, full = TinyDBCollection(few), TinyDBCollection(many)
    full.add(response(next(numbers)))
    times: list[tuple[float, float, float]] = []
    with open(few.with_suffix(".bare"), "ab") as bare:
        for _ in range(ROUNDS):
            document = response(next(numbers))
            content = orjson.dumps(document)
            append = milliseconds(
                lambda content=content: (bare.write(content), bare.flush(), os.fsync(bare.fileno()))
            )
            adding = [
                milliseconds(lambda store=store, document=document: store.add(document))
                for store in (empty, full)
            ]
            times.append((append, adding[0], adding[1]))
    append, first, last = (statistics.median(column) for column in zip(*times, strict=True))
    return append, first, last


def test_one_more_costs_the_same_at_none_and_at_100_000(many: Path, tmp_path: Path) -> None:
    numbers = iter(range(10**9, 10**10))
    seen = []
    for attempt in range(ATTEMPTS):
        append, first, last = measure(many, tmp_path / str(attempt), numbers)
        seen.append(f"append {append:.2f}, first {first:.2f}, last {last:.2f} ms")
        if last <= 6 * append and last <= 1.5 * first:
            return
    pytest.fail("; ".join(seen))


def test_a_worker_needs_little_memory(many: Path) -> None:
    root = Path(__file__).parents[2]
    done = run([sys.executable, "-c", WORKER, many], cwd=root, capture_output=True, check=True)
    assert int(done.stdout) < 100 * 1024
