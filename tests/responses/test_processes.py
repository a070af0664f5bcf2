"""Several processes at once, and processes that are killed in the middle of a write."""

import os
import select
import time
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from tinydb import TinyDB

from app.responses import files
from app.responses.tinydb import TinyDBCollection
from tests.responses import workers
from tests.responses.documents import response

KILLS = 100


@pytest.mark.parametrize("processes", [2, 8])
def test_nothing_is_lost_or_doubled_when_all_write_at_once(tmp_path: Path, processes: int) -> None:
    shared = range(100)

    def work(worker: int) -> None:
        collection = TinyDBCollection(tmp_path)
        own = range(1000 * (worker + 1), 1000 * (worker + 1) + 25)
        numbers = [*shared, *own]
        Random(worker).shuffle(numbers)
        for number in numbers:
            collection.add(response(number))

    assert workers.run(partial(work, worker) for worker in range(processes))

    stored = Counter(document["id"] for _, document in TinyDBCollection(tmp_path).each())
    assert set(stored.values()) == {1}
    assert len(stored) == len(shared) + 25 * processes
    assert len(list(tmp_path.glob("*.json"))) == -(-len(stored) // 64)


def test_threads_of_one_worker_write_at_once(tmp_path: Path) -> None:
    collection = TinyDBCollection(tmp_path)
    new: list[bool] = []

    def work() -> None:
        new.extend(collection.add(response(number)).new for number in range(40))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(new) == 40
    assert len(new) == 160
    assert collection.count() == 40


def test_erasing_and_correcting_beside_writers(tmp_path: Path) -> None:
    keys = [TinyDBCollection(tmp_path).add(response(number)).key for number in range(90)]

    def write() -> None:
        collection = TinyDBCollection(tmp_path)
        for number in range(100, 160):
            collection.add(response(number))

    def erase() -> None:
        collection = TinyDBCollection(tmp_path)
        for key in keys[::3]:
            assert collection.remove(key)

    def correct() -> None:
        collection = TinyDBCollection(tmp_path)
        for number in range(1, 90, 3):
            collection.replace(keys[number], response(number, answers={"corrected": True}))

    assert workers.run([write, erase, correct])
    collection = TinyDBCollection(tmp_path)
    assert collection.count() == 60 + 60
    assert sum(1 for _ in collection.each(lambda one: "corrected" in one["answers"])) == 30
    assert not any(collection.get(key) for key in keys[::3])


def test_readers_see_whole_files_while_others_write(tmp_path: Path) -> None:
    collection = TinyDBCollection(tmp_path)
    collection.add(response(0))
    read, write = os.pipe()
    writer = workers.start(lambda: workers.acknowledge(tmp_path, 1, write))
    try:
        counts, end = [1], time.monotonic() + 20
        while counts[-1] < 150 and time.monotonic() < end:
            counts.append(sum(1 for _ in collection.each()))
    finally:
        workers.kill(writer)
        os.close(read)
        os.close(write)
    assert counts == sorted(counts)
    assert counts[-1] >= 150


@pytest.mark.slow
def test_killed_in_mid_write_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Each writer begins with the response that the killed one may or may not have stored."""
    random = Random(1)
    acknowledged = 0
    for _ in range(KILLS):
        acknowledged = _write_and_kill(tmp_path, acknowledged, random.uniform(0.002, 0.06))
        _check(tmp_path, acknowledged)
    assert acknowledged > KILLS
    TinyDBCollection(tmp_path)
    assert not (tmp_path / files.WRITING).exists()


def _write_and_kill(folder: Path, acknowledged: int, seconds: float) -> int:
    read, write = os.pipe()
    writer = workers.start(lambda: workers.acknowledge(folder, acknowledged, write))
    os.close(write)
    assert select.select([read], [], [], 10)[0]
    time.sleep(seconds)
    workers.kill(writer)
    with open(read, "rb") as pipe:
        lines = pipe.read().split()
    return max(acknowledged, int(lines[-1]) + 1)


def _check(folder: Path, acknowledged: int) -> None:
    found: list[str] = []
    for path in folder.glob("*.json"):
        with TinyDB(path, access_mode="r") as db:
            found += [document["id"] for document in db]
    assert len(found) == len(set(found))
    assert {response(number)["id"] for number in range(acknowledged)} <= set(found)
    assert len(found) <= acknowledged + 1
