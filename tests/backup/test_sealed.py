"""The encrypted stream: whatever is done to it, it opens to what was written or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from secrets import token_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.backup import keys, sealed
from app.backup.sealed import MAGIC, NotOpenedError, Opening, Sealing

KEY = bytes(range(32))


def seal(content: bytes, key: bytes = KEY) -> bytes:
    output = io.BytesIO()
    with Sealing(output, key) as stream:
        stream.write(content)
    return output.getvalue()


def unseal(data: bytes, key: bytes = KEY) -> bytes:
    return io.BufferedReader(Opening(io.BytesIO(data), key)).read()


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PIECE", 64)


@settings(deadline=None)
@given(st.integers(0, 400))
def test_what_was_written_is_read(length: int) -> None:
    content = token_bytes(length)
    assert unseal(seal(content)) == content


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_change_of_one_byte_and_no_cut_is_opened(data: st.DataObject) -> None:
    content = b"people" * 40
    sealed_bytes = seal(content)
    place = data.draw(st.integers(0, len(sealed_bytes) - 1))
    changed = bytearray(sealed_bytes)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    for broken in (bytes(changed), sealed_bytes[:place], sealed_bytes + b"x"):
        with pytest.raises(NotOpenedError):
            unseal(broken)


def test_pieces_cannot_change_places_or_be_left_out() -> None:
    whole = seal(bytes(200))
    head, size = len(MAGIC) + 23, 64 + 16
    first, second = whole[head : head + size], whole[head + size : head + 2 * size]
    rest = whole[head + 2 * size :]
    for broken in (whole[:head] + second + first + rest, whole[:head] + first + rest):
        with pytest.raises(NotOpenedError):
            unseal(broken)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotOpenedError):
        unseal(seal(b"people"), bytes(32))


def test_the_same_content_is_never_encrypted_alike() -> None:
    assert seal(b"people") != seal(b"people")


@given(st.binary(min_size=32, max_size=32))
def test_a_key_that_was_written_down_is_read(key: bytes) -> None:
    text = keys.written(key)
    assert keys.typed(text) == key
    assert keys.typed(text.lower().replace("-", " ")) == key


@given(st.text(max_size=80))
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(keys.KeyProblemError):
        keys.typed(text)


def test_one_wrong_letter_is_noticed() -> None:
    text = keys.written(KEY)
    for place in range(0, len(text), 5):
        other = "B" if text[place] != "B" else "C"
        with pytest.raises(keys.KeyProblemError):
            keys.typed(text[:place] + other + text[place + 1 :])


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    data, place = tmp_path / "data", tmp_path / "key"
    data.mkdir()
    key, new = keys.key_for(place, data)
    assert new
    assert place.stat().st_mode & 0o777 == 0o600
    assert keys.key_for(place, data) == (key, False)
    with pytest.raises(keys.KeyProblemError):
        keys.key_for(data / "key", data)
    with pytest.raises(keys.KeyProblemError):
        keys.key_for(tmp_path / "nowhere" / "key", data)
    place.write_bytes(b"\xff")
    with pytest.raises(keys.KeyProblemError):
        keys.key_for(place, data)
