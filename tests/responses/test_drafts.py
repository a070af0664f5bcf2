import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from app.responses import files
from app.responses.drafts import Drafts
from app.responses.receipts import DRAFT_LENGTH, new_code
from tests.responses import workers

SECRET = b"a secret of the application"
CODE = new_code(Random(1), DRAFT_LENGTH)
OTHER = new_code(Random(2), DRAFT_LENGTH)
DRAFT = {"form": "needs-assessment", "answers": {"age": 20, "comment": "jalan – berlubang"}}
NOW = datetime(2026, 8, 17, 12, tzinfo=UTC)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts", SECRET)


def saved(folder: Path, when: datetime) -> None:
    """As if every draft had been saved then."""
    for path in (folder / "drafts").glob("*.json"):
        os.utime(path, (when.timestamp(), when.timestamp()))


def test_an_interview_goes_on_where_it_was_left(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, {"answers": {}})
    drafts.put(CODE, DRAFT)
    assert drafts.get(CODE) == DRAFT
    assert Drafts(tmp_path / "drafts", SECRET).get(CODE.lower().replace("-", " ")) == DRAFT


def test_nobody_goes_on_with_another_code_or_secret(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    assert drafts.get(OTHER) is None
    assert drafts.get("") is None
    assert drafts.get("../../etc/passwd") is None
    assert Drafts(tmp_path / "drafts", b"another").get(CODE) is None


def test_a_draft_is_kept_only_under_a_code(drafts: Drafts) -> None:
    with pytest.raises(ValueError, match="code"):
        drafts.put("../escape", DRAFT)


def test_the_code_is_not_stored(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    for path in (tmp_path / "drafts").iterdir():
        for written in (CODE, CODE.replace("-", "")):
            assert written not in path.name.upper()
            assert written.encode() not in path.read_bytes()


def test_a_draft_is_deleted(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    drafts.put(OTHER, DRAFT)
    assert drafts.delete(CODE)
    assert not drafts.delete(CODE)
    assert not drafts.delete("nonsense")
    assert drafts.get(CODE) is None
    assert drafts.get(OTHER) == DRAFT
    assert len(list((tmp_path / "drafts").glob("*.json"))) == 1


def test_drafts_expire_after_their_last_saving(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    saved(tmp_path, NOW - timedelta(days=14, seconds=1))
    drafts.put(OTHER, DRAFT)
    assert drafts.expire(NOW, days=15) == 0
    assert drafts.expire(NOW, days=14) == 1
    assert drafts.get(CODE) is None
    assert drafts.get(OTHER) == DRAFT


def test_without_a_folder_there_is_nothing(drafts: Drafts, tmp_path: Path) -> None:
    assert drafts.get(CODE) is None
    assert not drafts.delete(CODE)
    assert drafts.expire(NOW, days=1) == 0
    assert not (tmp_path / "drafts").exists()


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe", b"[1]", b"null", b"\0" * 5000])
def test_a_junk_file_is_no_draft_and_can_be_saved_over(
    drafts: Drafts, tmp_path: Path, junk: bytes
) -> None:
    drafts.put(CODE, DRAFT)
    [path] = (tmp_path / "drafts").glob("*.json")
    path.write_bytes(junk)
    assert drafts.get(CODE) is None
    drafts.put(CODE, DRAFT)
    assert drafts.get(CODE) == DRAFT


def test_what_is_not_ours_is_let_be(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    folder = tmp_path / "drafts"
    (folder / "notes.json").write_text("mine")
    (folder / ("0" * 64 + ".json")).mkdir()
    saved(tmp_path, NOW - timedelta(days=99))
    assert drafts.expire(NOW, days=14) == 1
    assert (folder / "notes.json").read_text() == "mine"


def test_what_a_killed_process_left_is_swept(drafts: Drafts, tmp_path: Path) -> None:
    drafts.put(CODE, DRAFT)
    left = tmp_path / "drafts" / files.WRITING
    left.write_bytes(b'{"answers"')
    Drafts(tmp_path / "drafts", SECRET)
    assert not left.exists()


def test_several_workers_save_at_once(drafts: Drafts, tmp_path: Path) -> None:
    def save(worker: int) -> None:
        own = Drafts(tmp_path / "drafts", SECRET)
        for turn in range(30):
            own.put(CODE, {"worker": worker, "turn": turn, "text": "x" * 500 * (worker + 1)})
            own.put(new_code(Random(f"{worker} {turn}"), DRAFT_LENGTH), DRAFT)

    assert workers.run([lambda: save(0), lambda: save(1), lambda: save(2)])
    last = drafts.get(CODE)
    assert last is not None
    assert last["turn"] == 29
    assert len(list((tmp_path / "drafts").glob("*.json"))) == 1 + 3 * 30
