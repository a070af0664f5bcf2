"""Uploads that were checked and are not published yet: kept for their coordinator, for a few days.

``<folder>/<account>/<token>/`` is one upload: ``upload.json`` says what was found, ``version/`` is
the form as it would be published (published.py), there only when nothing refuses it. ``tried/`` is
where a preview may write: nothing in it is ever read as an answer.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.published import Original, Published, content_of, read_published, write_published
from app.questionnaire.problems import Problem, Severity
from app.questionnaire.xlsform_examine import Examined
from app.responses.files import make_folder, put

KEPT = timedelta(days=3)
MOST = 20
"""Uploads of one coordinator; the oldest goes when there are more."""

_META, _VERSION, _TRIED = "upload.json", "version", "tried"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One upload. ``published`` is the form, as yet without its version; None when refused."""

    folder: Path
    name: str
    when: datetime
    problems: tuple[Problem, ...]
    published: Published | None

    @property
    def token(self) -> str:
        """What it is called in addresses."""
        return self.folder.name

    @property
    def tried(self) -> Path:
        """Where a preview of it may write."""
        return self.folder / _TRIED


class Uploads:
    """The uploads of one coordinator."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, examined: Examined, original: Original, now: datetime) -> Waiting:
        """Keep an upload and what was found. The file itself is kept only when it can be used."""
        folder = self._folder / secrets.token_urlsafe(12)
        make_folder(folder)
        if examined.converted is not None:
            content = content_of(examined.converted)
            version = folder / _VERSION
            write_published(version, examined.converted, content, "upload", now, original)
        meta = {
            "name": original.name,
            "when": now.isoformat(),
            "problems": [asdict(each) for each in examined.problems],
        }
        put(folder / _META, json.dumps(meta, ensure_ascii=False).encode())
        for oldest in list(self.each())[MOST:]:
            self.remove(oldest.token)
        return _read(folder)

    def get(self, token: str) -> Waiting:
        """Raises KeyError when there is no such upload, or none any more."""
        if not _TOKEN.fullmatch(token):
            raise KeyError(token)
        try:
            return _read(self._folder / token)
        except FileNotFoundError:
            raise KeyError(token) from None

    def each(self) -> Iterator[Waiting]:
        """Every upload, the newest first."""
        found = (_read(path.parent) for path in self._folder.glob(f"*/{_META}"))
        yield from sorted(found, key=lambda each: each.when, reverse=True)

    def remove(self, token: str) -> None:
        """Throw an upload away, with what was tried in it."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._folder / token, ignore_errors=True)

    def try_out(self, published: Published) -> Path:
        """Where a preview of a published version may write."""
        return self._folder / f"{published.form_id}.{published.folder.name}" / _TRIED


def expire(folder: Path, now: datetime) -> None:
    """Throw away what nobody has touched for days, of every coordinator in ``folder``."""
    oldest = (now - KEPT).timestamp()
    for path in folder.glob("*/*"):
        if path.is_dir() and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)


def _read(folder: Path) -> Waiting:
    meta: dict[str, Any] = json.loads((folder / _META).read_bytes())
    version = folder / _VERSION
    return Waiting(
        folder=folder,
        name=meta["name"],
        when=datetime.fromisoformat(meta["when"]),
        problems=tuple(_problem(each) for each in meta["problems"]),
        published=read_published(version) if version.is_dir() else None,
    )


def _problem(data: dict[str, Any]) -> Problem:
    return Problem(**{**data, "severity": Severity(data["severity"])})
