"""The audit log on disk: ``audit/log.jsonl``, only ever added to, and its seal elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from app.audit.chain import BEGINNING, CONTRADICTED, Entry, Flaw, Seal, flaws, read_line
from app.responses import files

LOG = "log.jsonl"
_BLOCK = 65536


class Trail:
    """The log of one data folder. Several processes and threads may add to it at once.

    ``seal`` is the file that holds the newest entry's number and hash. It is worth most where
    whoever can change the log cannot change it: on another disk, or owned by somebody else.
    """

    def __init__(self, folder: Path, seal: Path) -> None:
        self._folder = folder
        self._seal = seal

    @property
    def path(self) -> Path:
        """The file of the log."""
        return self._folder / LOG

    def add(
        self,
        now: datetime,
        who: str,
        action: str,
        *,
        form: str = "",
        response: str = "",
        more: dict[str, str | int] | None = None,
    ) -> Entry:
        """Add an entry; when this returns it is on disk. Raises StorageError.

        When the log's end does not fit its seal, an entry that says so comes first: later seals
        would hide it otherwise.
        """
        time = now.astimezone(UTC).isoformat(timespec="seconds")
        files.make_folder(self._folder)
        with files.locked(self._folder):
            last = next(self.newest(), None)
            if (seal := self.seal()) and not self._holds(seal):
                facts = {"sealed": seal.number, "hash": seal.hash}
                last = self._append(_after(last, time, "app", CONTRADICTED, more=facts))
            entry = self._append(
                _after(last, time, who, action, form=form, response=response, more=more or {})
            )
            self._keep_seal(Seal(entry.number, entry.hash))
        return entry

    def each(self) -> Iterator[Entry]:
        """Every entry, the oldest first. A line that cannot be read is passed over: ``flaws``
        finds that its entry is missing.
        """
        if not self.path.exists():
            return
        with files.storage_errors(), self.path.open("rb") as file:
            for line in file:
                if entry := read_line(line):
                    yield entry

    def newest(self, count: int | None = None) -> Iterator[Entry]:
        """Entries from the end, without reading the whole file."""
        entries = (entry for line in self._lines_from_the_end() if (entry := read_line(line)))
        return islice(entries, count)

    def seal(self) -> Seal | None:
        """What is kept in the second place; None when nothing is, or it cannot be understood."""
        try:
            found = json.loads(files.content(self._seal) or b"null")
            return Seal(int(found["number"]), str(found["hash"])) if found else None
        except (ValueError, TypeError, KeyError):
            return None

    def flaws(self, *written_down: Seal) -> Iterator[Flaw]:
        """What is wrong with the log, held against its seal and those that somebody wrote down."""
        seal = self.seal()
        if seal is None and self.path.exists():
            yield Flaw("unsealed", 0)
        yield from flaws(self.each(), *filter(None, [seal]), *written_down)

    def _holds(self, seal: Seal) -> bool:
        """Whether the sealed entry is there. It is the last one, save after a power failure between
        the two writes: then the log is ahead, never behind.
        """
        entry = next((each for each in self.newest() if each.number <= seal.number), None)
        return entry is not None and Seal(entry.number, entry.hash) == seal

    def _append(self, entry: Entry) -> Entry:
        files.append(self.path, entry.line())
        return entry

    def _keep_seal(self, seal: Seal) -> None:
        files.make_folder(self._seal.parent)
        files.put(self._seal, json.dumps(asdict(seal)).encode())

    def _lines_from_the_end(self) -> Iterator[bytes]:
        if not self.path.exists():
            return
        with files.storage_errors(), self.path.open("rb") as file:
            place, rest = file.seek(0, os.SEEK_END), b""
            while place:
                size = min(_BLOCK, place)
                place = file.seek(place - size)
                rest, *lines = (file.read(size) + rest).split(b"\n")
                yield from (line for line in reversed(lines) if line)
            yield rest


def _after(last: Entry | None, time: str, who: str, action: str, **values: object) -> Entry:
    number, before = (last.number, last.hash) if last else (0, BEGINNING)
    entry = Entry(number + 1, time, who, action, before=before, **values)  # type: ignore[arg-type]
    return entry.chained()
