"""A write that cannot be done is refused, harms nothing, and can be tried again."""

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.responses import files
from app.responses.collection import StorageError, StorageFull
from app.responses.drafts import Drafts
from app.responses.tinydb import TinyDBCollection
from tests.responses.documents import answered, response


def fail_once(monkeypatch: pytest.MonkeyPatch, name: str, nth: int, code: int) -> None:
    """The `nth` call of this function of `os` fails; those before and after do not."""
    real: Callable[..., Any] = getattr(os, name)
    left = [nth]

    def failing(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    monkeypatch.setattr(os, name, failing)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """The system refuses to write past this many bytes, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("name", "nth"),
    [("open", 1), ("utime", 1), ("fsync", 1), ("replace", 1), ("fsync", 2)],
    ids=["lock", "stamp", "sync", "rename", "sync-folder"],
)
@pytest.mark.parametrize(
    ("code", "kind"),
    [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EIO, StorageError)],
    ids=["full", "quota", "broken"],
)
def test_wherever_it_fails_nothing_is_harmed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    nth: int,
    code: int,
    kind: type[StorageError],
) -> None:
    collection = TinyDBCollection(tmp_path)
    for number in range(3):
        collection.add(response(number))
    with monkeypatch.context() as patch:
        fail_once(patch, name, nth, code)
        with pytest.raises(StorageError) as refusal:
            collection.add(response(3))
    assert refusal.type is kind
    assert not (tmp_path / files.WRITING).exists()
    for worker in (collection, TinyDBCollection(tmp_path)):
        assert [document for _, document in worker.each()][:3] == [response(n) for n in range(3)]
    collection.add(response(3))
    assert collection.count() == 4


def test_a_full_disk_while_a_new_segment_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = TinyDBCollection(tmp_path)
    for number in range(64):
        collection.add(response(number))
    with monkeypatch.context() as patch:
        fail_once(patch, "fsync", 1, errno.ENOSPC)
        with pytest.raises(StorageFull):
            collection.add(response(64))
    assert collection.count() == 64
    assert collection.add(response(64)).key.startswith("000002-")


def test_a_write_cut_short_by_the_system(tmp_path: Path) -> None:
    collection = TinyDBCollection(tmp_path)
    key = collection.add(response(1)).key
    with files_no_larger_than((tmp_path / "000001.json").stat().st_size + 100):
        with pytest.raises(StorageFull):
            collection.add(response(2))
        with pytest.raises(StorageFull):
            collection.replace(key, answered(1, comment="x" * 10_000))
        assert not collection.add(response(1)).new
    assert collection.get(key) == response(1)
    assert collection.add(response(2)).new


def test_an_erasure_that_cannot_be_listed_is_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = TinyDBCollection(tmp_path)
    key = collection.add(response()).key
    with monkeypatch.context() as patch:
        fail_once(patch, "fsync", 1, errno.ENOSPC)
        with pytest.raises(StorageFull):
            collection.remove(key)
    assert collection.get(key) == response()
    assert collection.remove(key)


def test_a_draft_that_does_not_fit_leaves_the_one_before(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, b"secret")
    code = "K7MX-3RTW-9HPA-K7MX"
    drafts.put(code, {"answers": {"age": 20}})
    with files_no_larger_than(100), pytest.raises(StorageFull):
        drafts.put(code, {"answers": {"comment": "x" * 200}})
    assert drafts.get(code) == {"answers": {"age": 20}}
    assert not (tmp_path / files.WRITING).exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KB."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("cannot mount a small file system here")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.slow
def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    folder, ballast = small_disk / "form", small_disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    collection = TinyDBCollection(folder)
    keys = list(_keys_until_full(collection))
    assert len(keys) > 64
    for worker in (collection, TinyDBCollection(folder)):
        assert [key for key, _ in worker.each()] == keys
    assert not collection.add(response(0)).new

    ballast.unlink()
    assert collection.add(response(len(keys))).new
    assert collection.remove(keys[0])
    assert collection.count() == len(keys)


def _keys_until_full(collection: TinyDBCollection) -> Iterator[str]:
    for number in range(1000):
        try:
            yield collection.add(response(number)).key
        except StorageFull:
            return
    pytest.fail("the disk never filled")
