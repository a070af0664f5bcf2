"""Files that are whole or not there, on disk when we say so, under one lock a folder.

For local disks on Linux, macOS and the BSDs: rename and flock on network file systems are not
what they seem, and Windows has no flock.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.responses.collection import StorageError, StorageFull, Unreadable

# One fixed name a folder: names with a process id in them pile up when processes are killed.
WRITING = ".writing"
LOCK = ".lock"

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the system's errors into StorageFull and StorageError."""
    try:
        yield
    except OSError as error:
        kind = StorageFull if error.errno in _NO_ROOM else StorageError
        raise kind(str(error)) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock against every other process and thread. Not re-entrant."""
    with storage_errors():
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        # Closing is not enough: a child forked meanwhile has the lock open too.
        fcntl.flock(lock, fcntl.LOCK_UN)
        os.close(lock)


def make_folder(folder: Path) -> None:
    """Make a folder that only we can read, and its parents, on disk."""
    if folder.is_dir():
        return
    with storage_errors():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def put(path: Path, content: bytes) -> None:
    """Make this the whole content of `path`, on disk when this returns.

    Hold the folder's lock. If this raises, the file is as it was, or (only when the folder could
    not be synced) has the new content; it is never anything else.
    """
    temporary, before = path.with_name(WRITING), state(path)
    with storage_errors():
        try:
            _write(temporary, content, after=before.modified if before else 0)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        _sync(path.parent)


def discard(path: Path) -> bool:
    """Delete a file for good; false if there was none."""
    with storage_errors():
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync(path.parent)
        return True


def content(path: Path) -> bytes | None:
    """The whole file; None without one. Needs no lock. A bad sector raises Unreadable."""
    with storage_errors():
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno == errno.EIO:
                raise Unreadable(str(path)) from error
            raise


def append(path: Path, line: bytes) -> None:
    """Add lines to a file that is only ever added to. Hold the folder's lock.

    A line cut short by a power failure is closed first, so that it spoils no other.
    """
    with storage_errors(), open(path, "ab+", opener=_private) as file:
        if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
            line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Delete what a killed process left half-written: it may hold somebody who was erased."""
    if (folder / WRITING).exists():
        with locked(folder), storage_errors():
            (folder / WRITING).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as the system sees it; no two after each other are equal."""

    modified: int  # nanoseconds
    size: int  # bytes
    inode: int

    @property
    def fingerprint(self) -> str:
        return f"{self.modified:x}-{self.size:x}-{self.inode:x}"


def state(path: Path) -> FileState | None:
    """None without a file."""
    with storage_errors():
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
    return FileState(found.st_mtime_ns, found.st_size, found.st_ino)


def _write(path: Path, content: bytes, after: int) -> None:
    with open(path, "wb", opener=_private) as file:
        file.write(content)
        file.flush()
        # The kernel's own stamp moves only every few milliseconds, in which a file can be
        # replaced twice, back to the same size and inode: fingerprints need a stamp that moves.
        moved = max(time.time_ns(), after + 1)
        os.utime(file.fileno(), ns=(moved, moved))
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
