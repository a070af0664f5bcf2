"""A backup is restored to the very same files, and brings nobody back who was erased."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.audit import trail
from app.backup import archive, erasing, keys, scheduled
from app.backup.archive import BackupProblemError, check, make, unpack
from app.responses.tinydb import TinyDBCollection
from app.settings import Settings
from app.stores import stores
from tests.backup.conftest import FORM, hashes
from tests.coordinate.conftest import KEY as SECRET

KEY = bytes(range(32))
NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)


@pytest.fixture
def saved(app: Flask, settings: Settings, tmp_path: Path) -> Path:
    """A backup of the folder in use."""
    make(settings.data, tmp_path / "x.backup", KEY, NOW)
    return tmp_path / "x.backup"


def test_every_file_comes_back_the_same(saved: Path, settings: Settings, tmp_path: Path) -> None:
    wanted = hashes(settings.data)
    assert len(wanted) > 10
    assert unpack(saved, KEY, tmp_path / "new") == len(wanted)
    assert hashes(tmp_path / "new") == wanted
    assert check(saved, KEY) == wanted
    for path in (tmp_path / "new").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_what_was_restored_serves(saved: Path, app: Flask, tmp_path: Path) -> None:
    unpack(saved, KEY, tmp_path / "new")
    with app.app_context():
        wanted = {document["id"] for _, document in stores().responses(FORM).each()}
    with create_app(Settings(data=tmp_path / "new", secret_key=SECRET)).app_context():
        assert {document["id"] for _, document in stores().responses(FORM).each()} == wanted
        assert list(trail().flaws()) == []
        assert stores().drafts.get("K7MX-3RTW-9HPA-2222") is None


def test_nothing_in_a_backup_can_be_read_without_the_key(saved: Path) -> None:
    content = saved.read_bytes()
    for word in (b"answers", b"needs-assessment", b"log.jsonl", b"+62"):
        assert word not in content
    assert saved.stat().st_mode & 0o777 == 0o600


def test_who_was_erased_before_the_backup_does_not_come_back(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    with app.app_context():
        key, document = next(stores().responses(FORM).each())
        stores().erase(FORM, key)
    make(settings.data, tmp_path / "x.backup", KEY, NOW)
    unpack(tmp_path / "x.backup", KEY, tmp_path / "new")
    for path in (tmp_path / "new").rglob("*.json"):
        assert document["id"].encode() not in path.read_bytes()


@pytest.mark.parametrize("copied", [False, True])
def test_who_was_erased_after_the_backup_is_erased_again(
    saved: Path, app: Flask, settings: Settings, tmp_path: Path, copied: bool
) -> None:
    with app.app_context():
        reached = {contact["id"] for _, contact in stores().contacts(FORM).each()}
        key, document = next(stores().responses(FORM).each(lambda one: one["id"] in reached))
        stores().attachments.put(FORM, document["id"], "face.jpg", b"face")
        make(settings.data, tmp_path / "y.backup", KEY, NOW)
        stores().erase(FORM, key)
    later = settings.data
    if copied:
        later = tmp_path / "lists"
        erasing.copy_lists(settings.data, later)
    new = tmp_path / "new"
    unpack(tmp_path / "y.backup", KEY, new)
    with create_app(Settings(data=new, secret_key=SECRET)).app_context():
        assert stores().responses(FORM).find(id=document["id"]) is not None
        assert erasing.apply(new, later) == 2
        assert stores().responses(FORM).find(id=document["id"]) is None
        assert stores().contacts(FORM).find(id=document["id"]) is None
        assert stores().attachments.names(FORM, document["id"]) == ()
        assert erasing.apply(new, later) == 0
    for path in new.rglob("*.json*"):
        if path.name != "log.jsonl":
            assert document["id"].encode() not in path.read_bytes()


def test_a_backup_is_whole_while_others_write(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    stop = threading.Event()
    collection = TinyDBCollection(settings.data / "responses" / "busy")
    acknowledged: list[str] = []

    def write() -> None:
        while not stop.is_set():
            name = f"n{len(acknowledged)}"
            collection.add({"id": name, "answers": {}})
            acknowledged.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(acknowledged) < 100:
            stop.wait(0.01)
        before = set(acknowledged)
        make(settings.data, tmp_path / "x.backup", KEY, NOW)
    finally:
        stop.set()
        writer.join()
    unpack(tmp_path / "x.backup", KEY, tmp_path / "new")
    restored = TinyDBCollection(tmp_path / "new" / "responses" / "busy")
    found = [document["id"] for _, document in restored.each()]
    assert before <= set(found)
    assert len(found) == len(set(found))


def test_no_snapshot_is_left_behind(saved: Path, settings: Settings) -> None:
    assert not list(settings.data.glob(".snapshot-*"))
    assert not list(saved.parent.glob("*.partial"))


def test_a_snapshot_that_a_killed_process_left_is_swept(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    left = settings.data / ".snapshot-left"
    left.mkdir()
    (left / "000001.json").write_bytes(b"{}")
    make(settings.data, tmp_path / "x.backup", KEY, NOW)
    assert not left.exists()
    assert not any(".snapshot" in name for name in check(tmp_path / "x.backup", KEY))


def test_nothing_is_overwritten(saved: Path, settings: Settings, tmp_path: Path) -> None:
    for to in (saved, settings.data / "inside.backup"):
        with pytest.raises(BackupProblemError):
            make(settings.data, to, KEY, NOW)
    with pytest.raises(BackupProblemError):
        unpack(saved, KEY, settings.data)
    with pytest.raises(BackupProblemError):
        unpack(saved, KEY, saved)


@pytest.mark.parametrize("wrong", ["key", "cut", "rubbish"])
def test_what_does_not_open_changes_nothing(saved: Path, tmp_path: Path, wrong: str) -> None:
    content = saved.read_bytes()
    saved.write_bytes({"key": content, "cut": content[:-20], "rubbish": b"x" * 99}[wrong])
    with pytest.raises(BackupProblemError):
        unpack(saved, bytes(32) if wrong == "key" else KEY, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))


def test_a_backup_that_reads_back_differently_is_no_backup(
    app: Flask, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "check", lambda *_: {})
    with pytest.raises(BackupProblemError):
        make(settings.data, tmp_path / "x.backup", KEY, NOW)
    assert list(tmp_path.glob("*x.backup*")) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", ""])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert not archive._is_safe(name)


def test_the_app_makes_one_a_day_and_drops_the_old(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    with_backups = replace(settings, backups=folder, backup_days=7)
    with app.app_context():
        first = scheduled.back_up(with_backups, NOW, date(2026, 8, 1))
        assert first is not None
        assert scheduled.back_up(with_backups, NOW, date(2026, 8, 1)) is None
        (folder / "keep-me.txt").write_text("")
        assert scheduled.back_up(with_backups, NOW, date(2026, 8, 9)) is not None
        assert scheduled.back_up(settings, NOW, date(2026, 8, 9)) is None
    assert not first.exists()
    assert {path.name for path in folder.iterdir()} == {
        "suara-2026-08-09.backup",
        "keep-me.txt",
        *(["erased"] if (folder / "erased").exists() else []),
    }
    key = keys.read_key(keys.beside(settings.data))
    assert check(folder / "suara-2026-08-09.backup", key)


def test_times_of_files_stay(saved: Path, settings: Settings, tmp_path: Path) -> None:
    unpack(saved, KEY, tmp_path / "new")
    name = f"responses/{FORM}/000001.json"
    assert int(os.stat(tmp_path / "new" / name).st_mtime) == int(
        os.stat(settings.data / name).st_mtime
    )
