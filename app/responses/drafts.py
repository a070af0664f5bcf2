"""Unfinished interviews: one small JSON document each, until submitted or expired.

The one key to a draft is a code of 16 characters (`new_code(random, DRAFT_LENGTH)`): it is the
value of the respondent's cookie, and what they can write down to go on elsewhere. It is never
stored: the file is named by its keyed hash.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from app.responses import files, receipts
from app.responses.collection import Document

_NAME = re.compile(r"[0-9a-f]{64}\.json")


class Drafts:
    """A folder of drafts. `put` raises StorageFull when there is no room, StorageError otherwise.

    What is typed as a code and cannot be one has no draft; `put` refuses it with ValueError.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret
        files.sweep(folder)

    def put(self, code: str, draft: Document) -> None:
        """Keep a draft, in place of the one before; on disk when this returns."""
        name = receipts.fingerprint(code, self._secret)
        content = orjson.dumps(draft)
        with self._writing():
            files.put(self._path(name), content)

    def get(self, code: str) -> Document | None:
        """None without one, and for a file that is not a draft."""
        if (path := self._find(code)) is None:
            return None
        try:
            draft = orjson.loads(files.content(path) or b"null")
        except ValueError:
            return None
        return draft if isinstance(draft, dict) else None

    def delete(self, code: str) -> bool:
        path = self._find(code)
        if path is None or not path.exists():
            return False
        with self._writing():
            return files.discard(path)

    def expire(self, now: datetime, days: int) -> int:
        """Delete drafts not saved for this many days; how many. `now` has a time zone."""
        return sum(self._expire(path, _oldest(now, days)) for path in self._all())

    def expired(self, now: datetime, days: int) -> int:
        """How many `expire` would delete."""
        return sum(_is_older(path, _oldest(now, days)) for path in self._all())

    def _all(self) -> list[Path]:
        return [path for path in self._folder.glob("*.json") if _NAME.fullmatch(path.name)]

    def _expire(self, path: Path, oldest: float) -> bool:
        # Under the lock, lest it was saved again just now.
        with self._writing():
            return _is_older(path, oldest) and files.discard(path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        files.make_folder(self._folder)
        with files.locked(self._folder):
            yield

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _find(self, code: str) -> Path | None:
        normal = receipts.normalise(code)
        return None if normal is None else self._path(receipts.fingerprint(normal, self._secret))


def _oldest(now: datetime, days: int) -> float:
    return (now - timedelta(days=days)).timestamp()


def _is_older(path: Path, oldest: float) -> bool:
    return path.is_file() and path.stat().st_mtime < oldest
