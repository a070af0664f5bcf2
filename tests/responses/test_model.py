"""Any order of adding, correcting and erasing by two workers ends where a dict would."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from app.responses.collection import Collection, Conflict, Document
from tests.responses.conftest import BACKENDS
from tests.responses.documents import answered, response

NUMBERS = st.integers(0, 12)
AGES = st.integers(1, 2)
WORKERS = st.integers(0, 1)


class Workers(RuleBasedStateMachine):
    """Two workers on one collection, and the dict that it should be like."""

    open_backend: Callable[[Path], Callable[[], Collection]]
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.open = type(self).open_backend(Path(self.folder.name))
        self.workers = [self.open(), self.open()]
        self.model: dict[str, Document] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(target=keys, worker=WORKERS, number=NUMBERS, age=AGES)
    def add(self, worker: int, number: int, age: int) -> str:
        document = answered(number, age=age)
        before = {one["id"]: key for key, one in self.model.items()}.get(document["id"])
        if before and self.model[before] != document:
            with pytest.raises(Conflict):
                self.workers[worker].add(document)
            return before
        stored = self.workers[worker].add(document)
        assert stored.new == (before is None)
        assert stored.new or stored.key == before
        self.model[stored.key] = document
        return stored.key

    @rule(worker=WORKERS, key=keys, age=AGES)
    def replace(self, worker: int, key: str, age: int) -> None:
        if key not in self.model:
            with pytest.raises(KeyError):
                self.workers[worker].replace(key, response())
            return
        document = self.model[key]
        document = {**document, "answers": {**document["answers"], "age": age}}
        self.workers[worker].replace(key, document)
        self.model[key] = document

    @rule(worker=WORKERS, key=consumes(keys))
    def remove(self, worker: int, key: str) -> None:
        assert self.workers[worker].remove(key) == (self.model.pop(key, None) is not None)

    @rule(worker=WORKERS)
    def restart(self, worker: int) -> None:
        self.workers[worker] = self.open()

    @invariant()
    def agree(self) -> None:
        for worker in self.workers:
            assert dict(worker.each()) == self.model
            assert worker.count() == len(self.model)


@pytest.mark.usefixtures("small_segments")
@pytest.mark.parametrize("name", BACKENDS)
def test_workers_and_dict_agree(name: str) -> None:
    machine = type("Workers", (Workers,), {"open_backend": staticmethod(BACKENDS[name])})
    run(machine, settings=settings(max_examples=25, stateful_step_count=30, deadline=None))
