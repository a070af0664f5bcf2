from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.summaries import kept
from app.summaries.kept import tally_segments
from app.summaries.plan import plan_of
from app.summaries.tally import tally
from tests.summaries.sample import LAW, document, sample_form

PLAN = plan_of(sample_form())


@dataclass(frozen=True)
class Lot:
    """A segment in memory that notes when it is read."""

    name: str
    content: tuple[dict[str, Any], ...]
    sealed: bool = True
    reads: list[str] = field(default_factory=list, compare=False)

    @property
    def fingerprint(self) -> str:
        return str(hash(str(self.content)))

    def documents(self) -> Iterator[dict[str, Any]]:
        self.reads.append(self.name)
        yield from self.content


def lots(many: int, reads: list[str]) -> list[Lot]:
    return [
        Lot(f"{n:06}", (document({"about": {"age": n}}, n),), n < many - 1, reads)
        for n in range(many)
    ]


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "GROUP", 4)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "tallies" / "sample.json"


def test_only_the_open_segment_is_read_again(place: Path) -> None:
    reads: list[str] = []
    segments = lots(11, reads)
    first = tally_segments(PLAN, segments, place)
    assert reads == [lot.name for lot in segments]
    reads.clear()
    assert tally_segments(PLAN, segments, place) == first
    assert reads == ["000010"]


def test_an_erasure_is_out_of_the_next_summary_and_of_the_file(place: Path) -> None:
    reads: list[str] = []
    segments = lots(11, reads)
    tally_segments(PLAN, segments, place)
    segments[2] = replace(segments[2], content=())
    assert "2" not in tally_segments(PLAN, segments, place).values["about/age"]
    assert b'"2":1' not in place.read_bytes()


def test_a_segment_that_is_sealed_is_read_once_more(place: Path) -> None:
    reads: list[str] = []
    tally_segments(PLAN, lots(3, reads), place)
    reads.clear()
    tally_segments(PLAN, lots(4, reads), place)
    assert reads == ["000002", "000003"]


@LAW
@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_kept_or_not_the_tally_is_the_same(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        memory: dict[str, Any] = {}
        patch.setattr(kept, "GROUP", 4)
        patch.setattr(kept, "_read", lambda path, plan: memory)
        patch.setattr(kept, "_write", lambda path, plan, used: memory.update(used))
        for size in sizes:
            segments = lots(size, [])
            plain = tally(PLAN, [one for lot in segments for one in lot.content])
            assert tally_segments(PLAN, segments, Path()) == plain


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"plan": "other"}', b'{"plan": "%s", "tallies": []}', b"\xff"]
)
def test_a_damaged_file_is_counted_anew(place: Path, damage: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(damage.replace(b"%s", PLAN.digest.encode()))
    assert tally_segments(PLAN, lots(3, []), place).responses == 3


def test_another_version_of_the_form_is_counted_anew(place: Path) -> None:
    reads: list[str] = []
    tally_segments(PLAN, lots(3, reads), place)
    reads.clear()
    tally_segments(plan_of(sample_form("2")), lots(3, reads), place)
    assert len(reads) == 3


def test_a_place_that_cannot_be_written_does_not_matter(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    assert tally_segments(PLAN, lots(3, []), tmp_path / "file" / "x.json").responses == 3
    assert "could not be kept" in caplog.text
