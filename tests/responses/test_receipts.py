import math
from collections.abc import Callable
from hmac import digest
from random import Random
from secrets import SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.responses.receipts import (
    ALPHABET,
    DRAFT_LENGTH,
    RECEIPT_LENGTH,
    code_of,
    fingerprint,
    matches,
    new_code,
    normalise,
    spell,
)

SECRET = b"a secret of the application"
SEEDS = st.integers(0, 2**64)
LENGTHS = st.sampled_from([RECEIPT_LENGTH, DRAFT_LENGTH])


def test_a_code_is_grouped_by_four() -> None:
    assert [len(group) for group in new_code(Random(1)).split("-")] == [4, 4, 4]
    assert [len(group) for group in new_code(Random(1), DRAFT_LENGTH).split("-")] == [4] * 4


def test_a_code_cannot_be_guessed() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert RECEIPT_LENGTH * math.log2(len(ALPHABET)) >= 58
    assert DRAFT_LENGTH * math.log2(len(ALPHABET)) >= 77
    assert len({new_code(SystemRandom()) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("alike", ["0O", "1IL", "2Z", "5S", "8B", "MN"])
def test_one_of_those_that_look_or_sound_alike_is_used_and_all_are_understood(alike: str) -> None:
    [used] = set(alike) & set(ALPHABET)
    for other in alike + alike.lower():
        assert normalise(other * 12) == "-".join([used * 4] * 3)


@given(SEEDS, LENGTHS)
def test_a_code_is_what_it_is_read_as(seed: int, length: int) -> None:
    code = new_code(Random(seed), length)
    assert normalise(code) == code
    assert normalise(spell(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "k7mx3rtw9hpa",
        "  K7MX 3RTW 9HPA\n",
        "K7MX–3RTW—9HPA",
        "k7mx_3rtw.9hpa",
        "*K7MX-3RTW-9HPA*",
        "K 7 M X, 3 R T W, 9 H P A",
        "\u200eK7MX\u00a03RTW\u00ad9HPA",
        "Ｋ７ＭＸ－３ＲＴＷ－９ＨＰＡ",
        "k7nx-3rtw-9hpa",
    ],
)
def test_how_people_type_it_does_not_matter(typed: str) -> None:
    assert normalise(typed) == "K7MX-3RTW-9HPA"
    assert fingerprint(typed, SECRET) == fingerprint("K7MX-3RTW-9HPA", SECRET)
    assert matches(typed, fingerprint("K7MX-3RTW-9HPA", SECRET), SECRET)


@pytest.mark.parametrize(
    "typed", ["", "K7MX", "K7MX-3RTW-9HP", "K7MX-3RTW-9HPA-2", "K7MX-3RTW-9HPÉ"]
)
def test_what_cannot_be_a_code(typed: str) -> None:
    assert normalise(typed) is None
    assert not matches(typed, fingerprint("K7MX-3RTW-9HPA", SECRET), SECRET)
    with pytest.raises(ValueError, match="code"):
        fingerprint(typed, SECRET)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(text: str) -> None:
    code = normalise(text)
    assert code is None or normalise(code) == code


def test_a_fingerprint_is_a_keyed_hash_of_the_code() -> None:
    found = fingerprint("K7MX-3RTW-9HPA", SECRET)
    assert found == digest(SECRET, b"code:K7MX-3RTW-9HPA", "sha256").hex()
    assert found != fingerprint("K7MX-3RTW-9HPA", b"another secret")
    assert found != fingerprint("K7MX-3RTW-9HPC", SECRET)
    assert not matches("K7MX-3RTW-9HPC", found, SECRET)


@given(st.uuids().map(str), st.uuids().map(str))
def test_a_submission_has_one_receipt_however_often_it_is_sent(one: str, other: str) -> None:
    code = code_of(one, SECRET)
    assert code == code_of(one, SECRET) == normalise(code)
    assert len(code.replace("-", "")) == RECEIPT_LENGTH
    assert code != code_of(one, b"another secret")
    assert one == other or code != code_of(other, SECRET)


@pytest.mark.parametrize(
    "make", [lambda n: new_code(Random(n)), lambda n: code_of(str(n), SECRET)], ids=["new", "of"]
)
def test_every_character_comes_as_often_in_every_place(make: Callable[[int], str]) -> None:
    codes = [make(number).replace("-", "") for number in range(29 * 100)]
    for place in range(RECEIPT_LENGTH):
        seen = [code[place] for code in codes]
        assert all(50 < seen.count(character) < 160 for character in ALPHABET)


def test_a_code_is_spelled_for_the_ear() -> None:
    assert spell("K7MX-3RTW-9HPA") == "K 7 M X, 3 R T W, 9 H P A"
