"""Every backend that must keep the promises of `collection.py`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.responses import index
from app.responses.collection import Collection
from app.responses.tinydb import TinyDBCollection

# A function from a new empty folder to one that opens the same new collection each time.
BACKENDS: dict[str, Callable[[Path], Callable[[], Collection]]] = {
    "tinydb": lambda folder: lambda: TinyDBCollection(folder / "needs-assessment"),
}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Collection]:
    """Opens the collection once more, as another worker would."""
    return BACKENDS[request.param](tmp_path)


@pytest.fixture
def collection(backend: Callable[[], Collection]) -> Collection:
    return backend()


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> int:
    """Segments of three documents: as many boundaries with fewer responses."""
    monkeypatch.setattr(index, "MOST_DOCUMENTS", 3)
    return 3
