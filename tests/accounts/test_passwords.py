"""Length and commonness decide; nothing else is asked of a password."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH, Passwords, Weakness, weakness

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", Weakness.SHORT),
        ("x" * (MIN_LENGTH - 1), Weakness.SHORT),
        ("ab c d e f g" * 30, Weakness.LONG),
        ("passwordpassword", Weakness.COMMON),
        ("Password1234!", Weakness.COMMON),
        ("BISMILLAH-2026", Weakness.COMMON),
        ("rumahinklusi99", Weakness.COMMON),
        ("123456789012", Weakness.COMMON),
        ("aaaaaaaaaaaaaaaa", Weakness.COMMON),
        ("kopi1kopi1kopi1", Weakness.COMMON),
        ("siti rahmawati 1", Weakness.COMMON),
        ("perahu tua di pasir putih", None),
        ("0812 3456 7891", None),
        ("rumahinklusi mawar kuda", None),
    ],
)
def test_what_is_refused(password: str, problem: Weakness | None) -> None:
    assert weakness(password, "Siti Rahmawati") is problem


def test_a_long_random_password_will_do_for_anybody() -> None:
    assert weakness("hT8_vvq2-Zk9xw4L", "") is None


@given(st.text(min_size=1, max_size=MAX_LENGTH))
def test_what_was_hashed_is_recognised_and_nothing_else(password: str) -> None:
    stored = CHEAP.hash(password)
    assert CHEAP.verify(stored, password)
    assert not CHEAP.verify(stored, password + "x")


def test_another_keyboard_gives_the_same_characters() -> None:
    assert CHEAP.verify(CHEAP.hash("kopi e\u0301nak sekali"), "kopi énak sekali")


@pytest.mark.parametrize("stored", ["", "not a hash"])
def test_nothing_opens_an_account_without_a_password(stored: str) -> None:
    assert not CHEAP.verify(stored, "")
    assert not CHEAP.verify(stored, "no account has this password")


def test_hashes_are_argon2id_and_salted() -> None:
    one, other = (Passwords().hash("perahu tua di pasir") for _ in range(2))
    assert one.startswith("$argon2id$")
    assert one != other
    assert CHEAP.outdated(one)
