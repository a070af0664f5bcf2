"""The key of backups: 32 random bytes, kept outside the data folder and on paper."""

from __future__ import annotations

import os
import re
from base64 import b32decode, b32encode
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

BYTES = 32
_CHECK = 3
_GROUP = 4
_READ_AS = str.maketrans("018", "OLB")


class KeyProblemError(Exception):
    """There is no usable key; the message says why and what helps."""


def written(key: bytes) -> str:
    """The key to write down: 14 groups of 4 letters and digits, the last ones to check the rest."""
    text = b32encode(key + sha256(key).digest()[:_CHECK]).decode()
    return "-".join(re.findall(f".{{{_GROUP}}}", text))


def typed(text: str) -> bytes:
    """The key that somebody typed, in any case and spacing. Raises KeyProblemError."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(_READ_AS)
    try:
        found = b32decode(letters)
    except ValueError:
        found = b""
    key, check = found[:BYTES], found[BYTES:]
    if len(key) != BYTES or sha256(key).digest()[:_CHECK] != check:
        raise KeyProblemError("This is not a key of backups. Check each letter and digit.")
    return key


def beside(data: Path) -> Path:
    """Where the key of a data folder is kept when nobody says otherwise."""
    data = data.resolve()
    return data.with_name(f"{data.name}.backup-key")


def read_key(place: Path) -> bytes:
    """The key in a file. Raises KeyProblemError."""
    try:
        return typed(place.read_text())
    except (OSError, UnicodeDecodeError) as problem:
        raise KeyProblemError(f"The key {place} cannot be read: {problem}") from None


def key_for(place: Path, data: Path) -> tuple[bytes, bool]:
    """The key in this file, made now if there is none; and whether it is new.

    Raises KeyProblemError when the file is inside the data folder: whoever copies the folder would
    have the key too, and a backup of it could not be opened without itself.
    """
    if place.resolve().is_relative_to(data.resolve()):
        raise KeyProblemError(f"Keep the key outside the data folder, not at {place}.")
    if place.exists():
        return read_key(place), False
    key = token_bytes(BYTES)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise KeyProblemError(f"The key cannot be kept at {place}: {problem.strerror}") from None
    with os.fdopen(handle, "w") as file:
        file.write(written(key) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key, True
