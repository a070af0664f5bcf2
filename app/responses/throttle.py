"""How often somebody may try a receipt, a code or a password; shared by all workers.

The table is one file of fixed size, with a time for each of many slots. A subject's slot follows
from a hash with a salt of this table's own, so the file holds no addresses, and each slot stands
for thousands of them. Two subjects in one slot share a limit: with 1,000 active, 1 in 260 does.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from secrets import token_bytes

from app.responses import files

_SLOTS = 1 << 18
_SALT = 32
_TIME = struct.Struct("<d")
_ROUNDING = 1e-6


class Throttle:
    """Token buckets. How many tries are fair is the caller's to say: a whole village may share
    one address, so limit an address generously and an account or a code narrowly.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "throttle"

    def allow(self, purpose: str, subject: str, now: float, limit: int, per_seconds: float) -> bool:
        """Whether to let this try through: `limit` (1 or more) at once, then
        as many every `per_seconds`.

        `now` is in seconds since the epoch. A try that is refused costs nothing. Raises
        StorageError when the table cannot be kept.
        """
        with self._table() as table:
            place = self._place(table, purpose, subject)
            full_at = _full_at(_stored(table, place), now, per_seconds)
            after = full_at + per_seconds / limit
            allowed = after <= now + per_seconds + _ROUNDING
            os.pwrite(table, _TIME.pack(after if allowed else full_at), place)
            return allowed

    @contextmanager
    def _table(self) -> Iterator[int]:
        files.make_folder(self._path.parent)
        with files.storage_errors():
            table = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(table, fcntl.LOCK_EX)
                yield table
            finally:
                fcntl.flock(table, fcntl.LOCK_UN)
                os.close(table)

    def _place(self, table: int, purpose: str, subject: str) -> int:
        salt = os.pread(table, _SALT, 0)
        if len(salt) < _SALT:
            salt = token_bytes(_SALT)
            os.pwrite(table, salt, 0)
        digest = blake2b(f"{purpose}\0{subject}".encode(), key=salt, digest_size=8).digest()
        return _SALT + int.from_bytes(digest) % _SLOTS * _TIME.size


def _stored(table: int, place: int) -> float:
    found = os.pread(table, _TIME.size, place)
    return float(_TIME.unpack(found)[0]) if len(found) == _TIME.size else 0.0


def _full_at(stored: float, now: float, per_seconds: float) -> float:
    """When the bucket is full again: one time tells all (ITU-T I.371, generic cell rate algorithm).

    Never later than that of an emptied bucket, so that neither a clock that was set back nor a
    damaged slot keeps anybody out for long.
    """
    return min(stored, now + per_seconds) if stored > now else now
