"""Writing a backup, reading it back, and unpacking it into an empty folder."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.backup.sealed import PIECE, NotOpenedError, Opening, Sealing
from app.backup.snapshot import snapshot
from app.responses.files import make_folder

MANIFEST = "MANIFEST.json"
"""The last file in a backup: when it was made, and the SHA-256 of each of the others."""
_COMPRESSION = 3

Hashes = dict[str, str]


class BackupProblemError(Exception):
    """The backup cannot be made or used; the message says why and what helps."""


def make(data: Path, to: Path, key: bytes, now: datetime) -> int:
    """Write a backup of a data folder, read it back and compare; how many files are in it.

    ``to`` appears only when everything is right. Raises BackupProblemError, OSError.
    """
    if to.exists():
        raise BackupProblemError(f"{to} is there already. Choose another name.")
    if to.resolve().is_relative_to(data.resolve()):
        raise BackupProblemError("Keep backups outside the data folder, best on another disk.")
    partial = to.with_name(f".{to.name}.partial")
    try:
        with snapshot(data) as folder:
            hashes = _write(folder, partial, key, now)
        if check(partial, key) != hashes:
            raise BackupProblemError("What was read back differs from what was written.")
        os.replace(partial, to)
        _sync(to.parent)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
    return len(hashes)


def check(backup: Path, key: bytes) -> Hashes:
    """Read a whole backup and compare every hash. Raises BackupProblemError."""
    hashes: Hashes = {}
    told: object = None
    for member, content in _members(backup, key):
        if member.name == MANIFEST:
            told = json.loads(content)["files"]
        else:
            hashes[member.name] = sha256(content).hexdigest()
    if told != hashes:
        raise BackupProblemError(f"{backup} is damaged: its files differ from its list.")
    return hashes


def unpack(backup: Path, key: bytes, data: Path) -> int:
    """Restore a backup into a folder that is empty or not there; how many files.

    Every hash is compared first, and the folder is filled under another name, so it is whole or as
    it was. Raises BackupProblemError, OSError.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupProblemError(
            f"{data} is not empty. Name an empty folder in SUARA_DATA; nothing was changed."
        )
    count = len(check(backup, key))
    parent = data.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{data.name}.restoring-", dir=parent))
    try:
        for member, content in _members(backup, key):
            if member.name != MANIFEST:
                _put(folder, member, content)
        os.replace(folder, data)
        _sync(parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return count


def _write(folder: Path, to: Path, key: bytes, now: datetime) -> Hashes:
    hashes: Hashes = {}
    with open(to, "xb", opener=_private) as file:
        with _writing(file, key) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                name, content = path.relative_to(folder).as_posix(), path.read_bytes()
                hashes[name] = sha256(content).hexdigest()
                _add(archive, name, content, path.stat().st_mtime)
            manifest = {"made": now.isoformat(timespec="seconds"), "files": hashes}
            _add(archive, MANIFEST, json.dumps(manifest).encode(), now.timestamp())
        file.flush()
        os.fsync(file.fileno())
    return hashes


@contextmanager
def _writing(file: BinaryIO, key: bytes) -> Iterator[tarfile.TarFile]:
    sealing = Sealing(file, key)
    with (
        sealing,
        gzip.GzipFile(fileobj=sealing, mode="wb", compresslevel=_COMPRESSION) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        yield archive


def _add(archive: tarfile.TarFile, name: str, content: bytes, modified: float) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, int(modified)
    archive.addfile(member, BytesIO(content))


def _members(backup: Path, key: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    """Every file with its content. Raises BackupProblemError."""
    try:
        with (
            backup.open("rb") as file,
            BufferedReader(Opening(file, key), PIECE) as opened,
            gzip.GzipFile(fileobj=opened) as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            for member in archive:
                content = archive.extractfile(member)
                if content is None or not _is_safe(member.name):
                    raise BackupProblemError(f"{backup} holds what no backup of ours does.")
                yield member, content.read()
            # To the very end, where it is proved that nothing was cut off.
            while opened.read(PIECE):
                pass
    except NotOpenedError as problem:
        raise BackupProblemError(str(problem)) from None
    except (tarfile.TarError, EOFError) as problem:
        raise BackupProblemError(f"{backup} cannot be read: {problem}") from None


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


def _put(folder: Path, member: tarfile.TarInfo, content: bytes) -> None:
    path = folder / member.name
    make_folder(path.parent)
    with open(path, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.utime(file.fileno(), (member.mtime, member.mtime))
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
