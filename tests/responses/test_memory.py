"""How much memory a worker needs with 100,000 stored; times are measured in bench/."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from subprocess import run

import orjson
import pytest

from app.responses.segments import MOST_DOCUMENTS, segment_path
from tests.responses.documents import response

pytestmark = pytest.mark.slow

STORED = 100_000

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


def test_a_worker_needs_little_memory(many: Path) -> None:
    root = Path(__file__).parents[2]
    done = run([sys.executable, "-c", WORKER, many], cwd=root, capture_output=True, check=True)
    assert int(done.stdout) < 100 * 1024
