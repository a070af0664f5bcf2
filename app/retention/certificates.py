"""Certificates: that something was deleted because its time was over, and nothing of what it said.

``certificates/20260820T050000Z.json``, one file for each run that deleted something.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from app.responses import files

EXTENSION = "certificates"
_NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True, slots=True)
class Deleted:
    """How much of one kind went.

    ``what`` is ``answers``, ``contacts``, ``files`` or ``drafts``; ``form`` is "" for drafts;
    ``oldest`` and ``newest`` are the days, in UTC, on which the first and last had been sent.
    """

    form: str
    what: str
    count: int
    oldest: str = ""
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One run. ``who`` is ``app`` or ``command``."""

    name: str
    when: datetime
    who: str
    deleted: tuple[Deleted, ...]

    @property
    def count(self) -> int:
        """Everything together."""
        return sum(each.count for each in self.deleted)


class Certificates:
    """The certificates in a folder. Methods that write raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, when: datetime, who: str, deleted: tuple[Deleted, ...]) -> Certificate:
        """Write a certificate; on disk when this returns."""
        files.make_folder(self._folder)
        with files.locked(self._folder):
            certificate = Certificate(self._free_name(when), when, who, deleted)
            files.put(self._path(certificate.name), json.dumps(_data(certificate)).encode())
        return certificate

    def get(self, name: str) -> Certificate | None:
        """The certificate of this name."""
        content = files.content(self._path(name)) if _NAME.fullmatch(name) else None
        return _read(name, json.loads(content)) if content else None

    def each(self) -> Iterator[Certificate]:
        """Every certificate, the newest first."""
        names = (path.stem for path in self._folder.glob("*.json"))
        for name in sorted(filter(_NAME.fullmatch, names), reverse=True):
            if found := self.get(name):
                yield found

    def _free_name(self, when: datetime) -> str:
        name, number = when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"), 1
        while self._path(found := name if number == 1 else f"{name}-{number}").exists():
            number += 1
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def certificates() -> Certificates:
    """Those of the current application."""
    found: Certificates = current_app.extensions[EXTENSION]
    return found


def _data(certificate: Certificate) -> dict[str, Any]:
    return {
        "when": certificate.when.astimezone(UTC).isoformat(timespec="seconds"),
        "who": certificate.who,
        "deleted": [asdict(each) for each in certificate.deleted],
    }


def _read(name: str, data: dict[str, Any]) -> Certificate:
    deleted = tuple(Deleted(**each) for each in data["deleted"])
    return Certificate(name, datetime.fromisoformat(data["when"]), data["who"], deleted)
