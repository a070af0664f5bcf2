"""Photographs, sounds and films that were given as answers, beside the responses.

``<folder>/<form>/<response>/<name>``: one folder for each response, so that erasing a response
erases its files at once. Names are written so that every file system takes them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import quote, unquote

from app.responses import files
from app.responses.collection import StorageError

LARGEST_FILE = 32_000_000
LARGEST_RESPONSE = 128_000_000
"""Bytes, of all the files of one response together."""


class TooLargeError(StorageError):
    """A file, or all files of a response together, are more than is kept."""


class Attachments:
    """The files of every form's responses. Methods that write raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, form_id: str, identity: str, name: str, content: bytes) -> None:
        """Keep a file, in place of one with its name; on disk when this returns.

        Raises TooLargeError.
        """
        folder = self._of(form_id, identity)
        files.make_folder(folder)
        with files.locked(folder), files.storage_errors():
            path = folder / _written(name)
            others = sum(each.stat().st_size for each in _files(folder) if each != path)
            if len(content) > LARGEST_FILE or others + len(content) > LARGEST_RESPONSE:
                raise TooLargeError(f"{name} has {len(content)} bytes")
            files.put(path, content)

    def names(self, form_id: str, identity: str) -> tuple[str, ...]:
        """The files of a response, by name."""
        return tuple(sorted(unquote(path.name) for path in _files(self._of(form_id, identity))))

    def get(self, form_id: str, identity: str, name: str) -> bytes | None:
        """One file; None without it."""
        return files.content(self._of(form_id, identity) / _written(name))

    def keep_only(self, form_id: str, identity: str, names: Collection[str]) -> None:
        """Delete the files that a corrected response no longer names."""
        for path in _files(self._of(form_id, identity)):
            if unquote(path.name) not in names:
                files.discard(path)

    def remove(self, form_id: str, identity: str) -> bool:
        """Delete every file of a response; false if there were none."""
        return _remove(self._of(form_id, identity))

    def sweep(self, form_id: str, exists: Callable[[str], bool]) -> int:
        """Delete the files of responses that are no longer there; of how many responses."""
        folder = self._folder / form_id
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return sum(_remove(each) for each in found if not exists(unquote(each.name)))

    def touch(self, form_id: str, identity: str) -> None:
        """Note that the files of an interview are still wanted."""
        folder = self._of(form_id, identity)
        if folder.is_dir():
            os.utime(folder)

    def expire(self, oldest: float) -> int:
        """Delete files that nobody wanted since ``oldest`` (seconds); of how many interviews."""
        found = sorted(self._folder.glob("*/*"))
        old = [path for path in found if path.is_dir() and path.stat().st_mtime < oldest]
        return sum(_remove(path) for path in old)

    def _of(self, form_id: str, identity: str) -> Path:
        return self._folder / form_id / _written(identity)


def _written(name: str) -> str:
    """A name that leads nowhere else and that every file system takes; ``unquote`` reads it."""
    written = quote(name, safe=" ")
    return "%2E" + written[1:] if written.startswith(".") else written


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _remove(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    with files.storage_errors():
        for path in list(folder.iterdir()):
            files.discard(path)
        folder.rmdir()
    return True
