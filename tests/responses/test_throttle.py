from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.responses.throttle import Throttle
from tests.responses import workers

NOW = 1_786_000_000.0
ADDRESS = "203.0.113.77"


@pytest.fixture
def throttle(tmp_path: Path) -> Throttle:
    return Throttle(tmp_path)


def tries(throttle: Throttle, many: int, now: float, subject: str = ADDRESS) -> int:
    """How many of so many tries at once are let through: 5 a minute are."""
    return sum(throttle.allow("receipt", subject, now, 5, 60) for _ in range(many))


def test_a_few_at_once_and_then_a_few_more_with_time(throttle: Throttle) -> None:
    assert tries(throttle, 9, NOW) == 5
    assert tries(throttle, 9, NOW + 11.9) == 0
    assert tries(throttle, 9, NOW + 12) == 1
    assert tries(throttle, 9, NOW + 36) == 2
    assert tries(throttle, 9, NOW + 1000) == 5


def test_a_refused_try_costs_nothing(throttle: Throttle) -> None:
    assert tries(throttle, 500, NOW) == 5
    assert tries(throttle, 1, NOW + 12) == 1


def test_subjects_and_purposes_are_apart(throttle: Throttle) -> None:
    assert tries(throttle, 9, NOW) == 5
    assert tries(throttle, 9, NOW, "203.0.113.78") == 5
    assert throttle.allow("login", ADDRESS, NOW, 5, 60)
    assert not throttle.allow("receipt", ADDRESS, NOW, 5, 60)


def test_a_village_may_share_an_address(throttle: Throttle) -> None:
    assert sum(throttle.allow("receipt", ADDRESS, NOW, 300, 3600) for _ in range(400)) == 300


def test_a_clock_set_back_keeps_nobody_out_for_long(throttle: Throttle) -> None:
    assert tries(throttle, 9, NOW + 1_000_000) == 5
    assert tries(throttle, 9, NOW) == 0
    assert tries(throttle, 9, NOW + 60) == 5


@given(st.lists(st.floats(0, 30), max_size=60))
def test_never_more_than_the_limit_and_the_refill(
    tmp_path_factory: pytest.TempPathFactory, pauses: list[float]
) -> None:
    throttle = Throttle(tmp_path_factory.mktemp("throttle"))
    now, let_through = NOW, 0
    for pause in pauses:
        now += pause
        let_through += throttle.allow("receipt", ADDRESS, now, 5, 60)
    assert let_through <= 5 + (now - NOW) * 5 / 60 + 1e-3
    assert let_through == len(pauses) or let_through >= 5


def test_workers_share_one_limit(tmp_path: Path, throttle: Throttle) -> None:
    def guess() -> None:
        own = Throttle(tmp_path)
        let_through = sum(own.allow("receipt", ADDRESS, NOW, 50, 1e6) for _ in range(40))
        (tmp_path / f"{id(own)}-{let_through}.count").touch()

    assert workers.run([lambda: guess(), lambda: guess(), lambda: guess()])
    assert not throttle.allow("receipt", ADDRESS, NOW, 50, 1e6)


def test_no_address_is_kept_and_the_file_does_not_grow(tmp_path: Path, throttle: Throttle) -> None:
    for number in range(300):
        throttle.allow("receipt", f"{ADDRESS}{number}", NOW, 5, 60)
    [table] = tmp_path.iterdir()
    content = table.read_bytes()
    assert ADDRESS.encode() not in content
    assert len(content) <= 32 + 8 * 2**18
    assert table.stat().st_mode & 0o077 == 0


def test_each_table_has_its_own_salt(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        assert Throttle(tmp_path / name).allow("receipt", ADDRESS, NOW, 5, 60)
        contents.append((tmp_path / name / "throttle").read_bytes())
    assert contents[0] != contents[1]


@pytest.mark.parametrize("junk", [b"", b"junk", b"\xff" * (32 + 8 * 2**18)])
def test_a_damaged_table_still_limits(tmp_path: Path, throttle: Throttle, junk: bytes) -> None:
    (tmp_path / "throttle").write_bytes(junk)
    assert tries(throttle, 9, NOW) == 5
