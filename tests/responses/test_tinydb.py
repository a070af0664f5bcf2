"""The files themselves: what a person finds in the folder, and what damage to it does."""

import errno
import json
import logging
import os
import shutil
import stat
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from tinydb import TinyDB

from app.responses import files
from app.responses.collection import StorageError, Unreadable
from app.responses.segments import segment_path
from app.responses.tinydb import TinyDBCollection
from tests.responses.documents import answered, response


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "responses" / "needs-assessment"


@pytest.fixture
def collection(folder: Path) -> TinyDBCollection:
    return TinyDBCollection(folder)


def fill(collection: TinyDBCollection, many: int) -> list[str]:
    return [collection.add(response(number)).key for number in range(many)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.json"))


def test_segments_hold_64(collection: TinyDBCollection, folder: Path) -> None:
    keys = fill(collection, 129)
    assert names(folder) == ["000001.json", "000002.json", "000003.json"]
    assert [len(list(part.documents())) for part in collection.segments()] == [64, 64, 1]
    assert keys[0].startswith("000001-")
    assert keys[64].startswith("000002-")


def test_segments_hold_256_kb(collection: TinyDBCollection, folder: Path) -> None:
    for number in range(5):
        collection.add(answered(number, comment="x" * 100_000))
    collection.add(answered(9, comment="x" * 400_000))
    collection.add(response(10))
    assert [len(list(part.documents())) for part in collection.segments()] == [2, 2, 1, 1, 1]
    assert all((folder / name).stat().st_size <= 256 * 1024 for name in names(folder)[:3])


def test_a_sealed_segment_stays_sealed(collection: TinyDBCollection, folder: Path) -> None:
    keys = fill(collection, 65)
    collection.remove_all(keys[:64])
    assert collection.add(response(99)).key.startswith("000002-")
    assert TinyDBCollection(folder).add(response(100)).key.startswith("000002-")


def test_every_file_opens_in_plain_tinydb(collection: TinyDBCollection, folder: Path) -> None:
    fill(collection, 70)
    found = []
    for name in names(folder):
        with TinyDB(folder / name, access_mode="r") as db:
            found += [dict(document) for document in db]
    assert found == [response(number) for number in range(70)]


def test_what_plain_tinydb_adds_is_read(collection: TinyDBCollection, folder: Path) -> None:
    fill(collection, 3)
    with TinyDB(folder / "000001.json") as db:
        db.insert(response(7))
    assert collection.count() == 4
    assert not collection.add(response(7)).new
    assert collection.add(response(8)).new
    assert TinyDBCollection(folder).count() == 5


def test_other_tables_and_files_are_let_be(collection: TinyDBCollection, folder: Path) -> None:
    fill(collection, 1)
    with TinyDB(folder / "000001.json") as db:
        db.table("notes").insert({"by": "hand"})
    (folder / "notes.json").write_text("{}")
    collection.add(response(2))
    assert collection.count() == 2
    with TinyDB(folder / "000001.json") as db:
        assert len(db.table("notes")) == 1


def test_only_the_owner_can_read(collection: TinyDBCollection, folder: Path) -> None:
    collection.remove(fill(collection, 2)[0])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"000001.json": 0o600, ".lock": 0o600, "erased.jsonl": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_write_is_on_disk_before_it_takes_the_place_of_another(
    collection: TinyDBCollection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(collection, 1)
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(descriptor: int) -> None:
        done.append(f"fsync {Path(os.readlink(f'/proc/self/fd/{descriptor}')).name}")
        fsync(descriptor)

    def note_replace(source: Path, target: Path) -> None:
        done.append(f"rename {source.name} {target.name}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    collection.add(response(2))
    assert done == ["fsync .writing", "rename .writing 000001.json", f"fsync {folder.name}"]


def test_what_a_killed_process_left_is_swept(collection: TinyDBCollection, folder: Path) -> None:
    fill(collection, 2)
    (folder / files.WRITING).write_bytes((folder / "000001.json").read_bytes()[:50])
    TinyDBCollection(folder)
    assert not (folder / files.WRITING).exists()


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0" * 4096, b'{"_default": {"1": {"id"', b"[]", b'{"_default": {"x": {}}}', b"\xff"],
    ids=["empty", "zeroes", "cut", "list", "key", "bytes"],
)
class TestDamage:
    """One damaged file is named, harms no other, and is never written to."""

    def test_old(self, collection: TinyDBCollection, folder: Path, garbage: bytes) -> None:
        keys = fill(collection, 130)
        damaged = folder / "000002.json"
        damaged.write_bytes(garbage)
        for worker in (collection, TinyDBCollection(folder)):
            with pytest.raises(Unreadable, match=r"000002\.json"):
                list(worker.each())
            with pytest.raises(Unreadable, match=r"000002\.json"):
                worker.get(keys[70])
            with pytest.raises(Unreadable):
                worker.remove(keys[70])
            assert worker.get(keys[129]) == response(129)
            assert worker.remove(keys[0]) == (worker is collection)
        readable = [part for part in collection.segments() if part.name != "000002"]
        assert sum(len(list(part.documents())) for part in readable) == 65
        assert damaged.read_bytes() == garbage

    def test_newest(
        self,
        collection: TinyDBCollection,
        folder: Path,
        garbage: bytes,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        fill(collection, 2)
        (folder / "000001.json").write_bytes(garbage)
        with caplog.at_level(logging.ERROR):
            stored = collection.add(response(3))
            assert TinyDBCollection(folder).add(response(4)).new
        assert "000001.json" in caplog.text
        assert stored.key.startswith("000002-")
        assert not collection.add(response(3)).new
        assert (folder / "000001.json").read_bytes() == garbage


def fail_to_read(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    real = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == name:
            raise OSError(code, os.strerror(code))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", failing)


def test_a_bad_sector_does_not_stop_new_responses(
    collection: TinyDBCollection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(collection, 65)
    fail_to_read(monkeypatch, "000001.json", errno.EIO)
    worker = TinyDBCollection(folder)
    assert worker.add(response(99)).new
    with pytest.raises(Unreadable, match=r"000001\.json"):
        worker.count()


def test_a_passing_trouble_does_not_make_a_worker_forget(
    collection: TinyDBCollection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(collection, 65)
    worker = TinyDBCollection(folder)
    for name in ("000001.json", "000002.json"):
        with monkeypatch.context() as patch:
            fail_to_read(patch, name, errno.EMFILE)
            with pytest.raises(StorageError):
                worker.add(response(1))
    assert not worker.add(response(1)).new


def test_a_restored_backup_brings_back_nobody_who_was_erased(
    collection: TinyDBCollection, folder: Path, tmp_path: Path
) -> None:
    keys = fill(collection, 130)
    shutil.copytree(folder, tmp_path / "backup")
    collection.remove_all([keys[3], keys[100]])
    collection.remove(keys[129])
    erased = list(collection.erasures())

    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    assert collection.count() == 130
    assert collection.erase_again(iter(erased)) == 3
    assert collection.erase_again(iter(erased)) == 0
    assert {key for key, _ in collection.each()} == set(keys) - {keys[3], keys[100], keys[129]}
    assert set(erased) <= set(collection.erasures())


def test_a_worker_notices_a_restored_folder(
    collection: TinyDBCollection, folder: Path, tmp_path: Path
) -> None:
    fill(collection, 65)
    other = TinyDBCollection(tmp_path / "other")
    for number in range(100, 165):
        other.add(response(number))
    folder.rename(tmp_path / "before")
    shutil.copytree(tmp_path / "other", folder)
    assert not collection.add(response(100)).new
    assert collection.add(response(1)).new


def test_a_worker_notices_that_the_newest_file_is_gone(
    collection: TinyDBCollection, folder: Path
) -> None:
    fill(collection, 65)
    (folder / "000002.json").unlink()
    assert collection.add(response(64)).new
    assert not collection.add(response(0)).new


def test_a_cut_line_in_the_list_of_erasures_spoils_no_other(
    collection: TinyDBCollection, folder: Path
) -> None:
    keys = fill(collection, 3)
    collection.remove(keys[0])
    with (folder / "erased.jsonl").open("ab") as file:
        file.write(b'{"key_hash": "12')
    collection.remove(keys[1])
    assert len(list(collection.erasures())) == 2
    assert collection.erased(response(1)["id"])


def test_erasures_carry_the_time(folder: Path) -> None:
    collection = TinyDBCollection(folder, clock=lambda: datetime(2026, 8, 17, tzinfo=UTC))
    collection.remove(collection.add(response()).key)
    [erasure] = collection.erasures()
    assert erasure.erased == "2026-08-17T00:00:00+00:00"
    assert set(json.loads((folder / "erased.jsonl").read_text())) == {
        "key_hash",
        "id_hash",
        "erased",
    }


def test_rows_come_from_the_random_source(folder: Path) -> None:
    key = TinyDBCollection(folder, random=Random(7)).add(response()).key
    assert key == f"000001-{Random(7).getrandbits(53)}"


def test_one_more_costs_the_same_with_many_stored(
    collection: TinyDBCollection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []

    def counted(name: str) -> None:
        real = getattr(files, name)
        monkeypatch.setattr(
            files, name, lambda path, *rest: (touched.append(name), real(path, *rest))[1]
        )

    def cost(number: int) -> list[str]:
        touched.clear()
        collection.add(response(number))
        return sorted(touched)

    for name in ("content", "state", "put"):
        counted(name)
    cost(0)
    few = cost(1)
    fill(collection, 64 * 6 + 1)
    assert cost(10_000) == few


def test_reading_needs_no_more_memory_for_more_segments(folder: Path) -> None:
    folder.mkdir(parents=True)
    table = {str(number): answered(number, comment="x" * 2000) for number in range(64)}
    content = json.dumps({"_default": table})

    def peak(many: int) -> int:
        for number in range(many):
            segment_path(folder, number + 1).write_text(content)
        tracemalloc.start()
        try:
            assert sum(1 for _ in TinyDBCollection(folder).each()) == many * 64
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = peak(4)
    assert peak(40) < 1.2 * few
