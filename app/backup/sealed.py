"""A stream encrypted in pieces, so that a backup of any size needs little memory.

AES-256-GCM over pieces of 1 MiB. A nonce is a random prefix, the piece's number, and whether it is
the last one: pieces cannot be changed, moved, left out or cut off unnoticed (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Each file has a key of its own,
derived from the backup key and a random salt (HKDF-SHA-256).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from secrets import token_bytes
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"SUARA-BACKUP-1\n"
PIECE = 1 << 20
_SALT, _PREFIX, _TAG = 16, 7, 16
_HEADER = len(MAGIC) + _SALT + _PREFIX


class NotOpenedError(Exception):
    """It is no backup, the key is another one, or it was changed or cut off."""


class Sealing(io.RawIOBase):
    """Write to it; ``close`` writes the last piece. ``output`` stays open."""

    def __init__(self, output: BinaryIO, key: bytes) -> None:
        salt, prefix = token_bytes(_SALT), token_bytes(_PREFIX)
        self._output = output
        self._header = MAGIC + salt + prefix
        self._cipher = _cipher(key, salt)
        self._prefix = prefix
        self._number = 0
        self._left = bytearray()
        output.write(self._header)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes; whole pieces go out."""
        self._left += data
        while len(self._left) > PIECE:
            self._put(bytes(self._left[:PIECE]), last=False)
            del self._left[:PIECE]
        return len(data)

    def close(self) -> None:
        """Write what is left."""
        if not self.closed:
            self._put(bytes(self._left), last=True)
        super().close()

    def _put(self, piece: bytes, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self._output.write(self._cipher.encrypt(nonce, piece, self._header))
        self._number += 1


class Opening(io.RawIOBase):
    """Read what was written to ``Sealing``. Raises NotOpenedError."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._pieces = _opened(source, key)
        self._left = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end, which was checked to be the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _opened(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    header = source.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(MAGIC):
        raise NotOpenedError("This file is no backup of Suara Inklusi.")
    salt, prefix = header[len(MAGIC) : -_PREFIX], header[-_PREFIX:]
    cipher = _cipher(key, salt)
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        following = source.read(PIECE + _TAG)
        nonce = _nonce(prefix, number, last=not following)
        try:
            yield cipher.decrypt(nonce, piece, header)
        except InvalidTag:
            raise NotOpenedError(
                "The backup does not open: the key is another one, or the file is damaged or "
                "incomplete."
            ) from None
        if not following:
            return
        number, piece = number + 1, following


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"suara backup 1").derive(key))


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])
