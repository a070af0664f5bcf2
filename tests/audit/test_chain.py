"""The chain of the audit log: whatever is done to the file is found, within what a chain can."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.chain import BEGINNING, Entry, Flaw, Seal, flaws, read_line
from app.audit.log import Trail

NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)
Lines = list[bytes]


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "audit", tmp_path / "elsewhere" / "newest.json")


def fill(trail: Trail, count: int = 6) -> None:
    for n in range(count):
        trail.add(NOW, "rina", "see-answers", form="needs", response=f"uuid:{n}", more={"n": n})


def lines(trail: Trail) -> Lines:
    return trail.path.read_bytes().splitlines(keepends=True)


def codes(trail: Trail, *seals: Seal) -> set[str]:
    return {each.code for each in trail.flaws(*seals)}


def test_a_log_that_nobody_touched_is_whole(trail: Trail) -> None:
    assert list(trail.flaws()) == []
    fill(trail)
    assert list(trail.flaws()) == []
    assert [each.number for each in trail.each()] == [1, 2, 3, 4, 5, 6]
    assert [each.number for each in trail.newest(2)] == [6, 5]
    assert next(trail.each()).before == BEGINNING


def test_each_line_is_json_that_anybody_can_read(trail: Trail) -> None:
    fill(trail, 1)
    (line,) = lines(trail)
    assert json.loads(line)["response"] == "uuid:0"


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda all_: all_[:-1], {"cut"}),
        (lambda all_: all_[:2], {"cut"}),
        (lambda all_: all_[1:], {"missing"}),
        (lambda all_: all_[:2] + all_[3:], {"missing"}),
        (lambda all_: [all_[1], all_[0], *all_[2:]], {"missing"}),
        (lambda all_: [*all_[:2], all_[2].replace(b"rina", b"siti"), *all_[3:]], {"changed"}),
        (lambda all_: [*all_[:2], b"{}\n", *all_[3:]], {"missing"}),
        (lambda all_: [*all_[:-1], b"torn"], {"cut"}),
        (lambda _: [], {"cut"}),
    ],
)
def test_damage_is_found(trail: Trail, damage: Callable[[Lines], Lines], found: set[str]) -> None:
    fill(trail)
    trail.path.write_bytes(b"".join(damage(lines(trail))))
    assert codes(trail) == found


def test_a_log_that_is_gone_is_found(trail: Trail) -> None:
    fill(trail)
    trail.path.unlink()
    assert list(trail.flaws()) == [Flaw("cut", 6)]


def test_an_entry_that_was_written_anew_with_its_hash_is_found(trail: Trail) -> None:
    fill(trail)
    all_ = lines(trail)
    entry = read_line(all_[2])
    assert entry is not None
    other = Entry(3, entry.time, "siti", entry.action, before=entry.before).chained()
    trail.path.write_bytes(b"".join([*all_[:2], other.line(), *all_[3:]]))
    assert list(trail.flaws()) == [Flaw("missing", 4)]


def test_a_log_written_anew_is_found_by_the_second_place_or_by_what_was_written_down(
    trail: Trail, tmp_path: Path
) -> None:
    fill(trail)
    written_down = trail.seal()
    assert written_down is not None
    forger = Trail(tmp_path / "forged", tmp_path / "forged" / "newest.json")
    for _ in range(6):
        forger.add(NOW, "siti", "see-list")
    trail.path.write_bytes(forger.path.read_bytes())
    assert list(trail.flaws()) == [Flaw("rewritten", 6)]
    seal = tmp_path / "elsewhere" / "newest.json"
    seal.write_bytes((tmp_path / "forged" / "newest.json").read_bytes())
    assert list(trail.flaws()) == []
    assert list(trail.flaws(written_down)) == [Flaw("rewritten", 6)]


@pytest.mark.parametrize("content", [None, b"", b"null", b"[]", b'{"number": 1}'])
def test_an_empty_second_place_is_told(trail: Trail, tmp_path: Path, content: bytes | None) -> None:
    fill(trail)
    seal = tmp_path / "elsewhere" / "newest.json"
    seal.unlink() if content is None else seal.write_bytes(content)
    assert codes(trail) == {"unsealed"}


def test_later_entries_do_not_hide_that_the_end_was_cut_off(trail: Trail) -> None:
    fill(trail)
    trail.path.write_bytes(b"".join(lines(trail)[:3]))
    fill(trail, 2)
    assert list(trail.flaws()) == [Flaw("contradicted", 4)]
    noted = list(trail.each())[3]
    assert (noted.who, noted.more["sealed"]) == ("app", 6)


def test_a_power_failure_spoils_neither_the_chain_nor_the_next_entry(trail: Trail) -> None:
    fill(trail, 2)
    seal = trail.seal()
    with trail.path.open("ab") as file:
        file.write(b'{"number": 3, "ti')
    fill(trail, 2)
    assert list(trail.flaws()) == []
    assert [each.number for each in trail.each()] == [1, 2, 3, 4]
    assert seal is not None
    assert list(trail.flaws(seal)) == []


def test_the_log_may_be_ahead_of_its_seal(trail: Trail, tmp_path: Path) -> None:
    fill(trail, 2)
    before = (tmp_path / "elsewhere" / "newest.json").read_bytes()
    fill(trail, 1)
    (tmp_path / "elsewhere" / "newest.json").write_bytes(before)
    assert list(trail.flaws()) == []
    fill(trail, 1)
    assert list(trail.flaws()) == []


def test_reading_from_the_end_crosses_blocks(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.log._BLOCK", 100)
    fill(trail, 5)
    assert [each.number for each in trail.newest()] == [5, 4, 3, 2, 1]


def _add(folder: Path, who: str) -> None:
    trail = Trail(folder / "audit", folder / "newest.json")
    for _ in range(20):
        trail.add(NOW, who, "see-list")


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_add, args=(tmp_path, who)) for who in ("rina", "siti")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    trail = Trail(tmp_path / "audit", tmp_path / "newest.json")
    assert [each.number for each in trail.each()] == list(range(1, 41))
    assert list(trail.flaws()) == []


@given(st.lists(st.text(max_size=8), min_size=2, max_size=6), st.data())
def test_no_change_of_one_field_goes_unnoticed(names: list[str], data: st.DataObject) -> None:
    entries: list[Entry] = []
    for number, name in enumerate(names, 1):
        before = entries[-1].hash if entries else BEGINNING
        entries.append(
            Entry(number, "2026-08-20T05:00:00+00:00", name, "a", before=before).chained()
        )
    place = data.draw(st.integers(0, len(entries) - 1))
    line = json.loads(entries[place].line())
    field = data.draw(st.sampled_from([name for name in line if name not in ("more",)]))
    line[field] = line[field] + 1 if field == "number" else line[field] + "x"
    changed = read_line(json.dumps(line).encode())
    assert changed is not None
    assert list(flaws([*entries[:place], changed, *entries[place + 1 :]], Seal(99, "")))[:-1]


@given(st.binary(max_size=80))
def test_rubbish_is_no_entry(line: bytes) -> None:
    entry = read_line(line)
    assert entry is None or isinstance(entry, Entry)
