"""Entries of the audit log and the chain that holds them: pure values, no files.

Each entry carries the hash of the one before and, over that and all it says itself, its own. So
changing, moving or leaving out an entry breaks the chain at that place. What a chain alone cannot
show is an end that was cut off, or a log that was written anew from some entry on: for that the
newest hash is kept in a second place (``seal.py``) and can be written down by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

BEGINNING = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """That somebody did something with somebody's answers; never what the answers say.

    ``time`` is ISO 8601 in UTC; ``who`` an account's id, ``respondent``, ``command`` or ``app``;
    ``form`` and ``response`` are ids, or "" when it concerns none; ``more`` holds short facts such
    as a format or a count.
    """

    number: int
    time: str
    who: str
    action: str
    form: str = ""
    response: str = ""
    more: Mapping[str, str | int] = field(default_factory=dict)
    before: str = BEGINNING
    hash: str = ""

    def chained(self) -> Entry:
        """The same with its hash."""
        return replace(self, hash=self.computed())

    def computed(self) -> str:
        """SHA-256 in hex over everything but the hash itself."""
        return hashlib.sha256(_canonical(self._said())).hexdigest()

    def line(self) -> bytes:
        """One line of JSON, with its end."""
        return _canonical({**self._said(), "hash": self.hash}) + b"\n"

    def _said(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "time": self.time,
            "who": self.who,
            "action": self.action,
            "form": self.form,
            "response": self.response,
            "more": dict(self.more),
            "before": self.before,
        }


@dataclass(frozen=True, slots=True)
class Seal:
    """The number and hash of an entry, as kept in a second place or written down by hand."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the log: ``code`` is one of the sentences in ``words.py``."""

    code: str
    number: int


def read_line(line: bytes) -> Entry | None:
    """The entry of a line; None for a line cut short by a power failure, or garbled."""
    try:
        values = json.loads(line)
        entry = Entry(**values)
    except (ValueError, TypeError):
        return None
    return entry if isinstance(entry.number, int) and isinstance(entry.hash, str) else None


def flaws(entries: Iterable[Entry], *seals: Seal) -> Iterator[Flaw]:
    """Everything that contradicts the chain or a seal, in the order of the log."""
    last, wanted = Seal(0, BEGINNING), {each for each in seals if each.number > 0}
    for entry in entries:
        yield from _flaws_of(entry, last)
        sealed = {each for each in wanted if each.number == entry.number}
        if sealed - {Seal(entry.number, entry.hash)}:
            yield Flaw("rewritten", entry.number)
        wanted -= sealed
        if entry.action == CONTRADICTED:
            yield Flaw("contradicted", entry.number)
        last = Seal(entry.number, entry.hash)
    yield from (Flaw("cut", number) for number in sorted(each.number for each in wanted))


CONTRADICTED = "log-contradicted"
"""The action of an entry that was written because the log's end did not fit its seal."""


def _flaws_of(entry: Entry, last: Seal) -> Iterator[Flaw]:
    if entry.hash != entry.computed():
        yield Flaw("changed", entry.number)
    if entry.number != last.number + 1 or entry.before != last.hash:
        yield Flaw("missing", entry.number)


def _canonical(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
