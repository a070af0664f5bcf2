"""Which responses are held back from others, and which were handed on: ids only, never answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flask import current_app
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Table

from app.responses import files
from app.responses.segments import SegmentStorage

EXTENSION = "held"


class Note(StrEnum):
    """What is known about a response. Several may be true at once."""

    MARKED = "marked"
    """Somebody found that it tells of harm."""
    HANDED_ON = "handed-on"
    """The focal person has read it, and others may now."""
    RESTRICTED = "restricted"
    """The person asked to suspend its use (UU PDP, article 11)."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is known about the responses to one form: ids."""

    marked: frozenset[str]
    handed_on: frozenset[str]
    restricted: frozenset[str]


class Held:
    """The notes of one data folder, in a TinyDB file. Methods that write raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files.sweep(folder)

    def of(self, form_id: str) -> Notes:
        """The notes on the responses to a form."""
        rows = self._table().search(where("form") == form_id)

        def ids(note: Note) -> frozenset[str]:
            return frozenset(row["response"] for row in rows if row["note"] == note)

        return Notes(ids(Note.MARKED), ids(Note.HANDED_ON), ids(Note.RESTRICTED))

    def note(self, form_id: str, response: str, note: Note) -> None:
        """Note it; again changes nothing."""
        row = {"form": form_id, "response": response, "note": str(note)}
        files.make_folder(self._folder)
        with files.locked(self._folder):
            self._table().upsert(row, _row(form_id, response, note))

    def drop(self, form_id: str, response: str, note: Note) -> None:
        """Take a note away."""
        files.make_folder(self._folder)
        with files.locked(self._folder):
            self._table().remove(_row(form_id, response, note))

    def _table(self) -> Table:
        return TinyDB(self._folder / "held.json", storage=SegmentStorage).table("notes")


def held() -> Held:
    """Those of the current application."""
    found: Held = current_app.extensions[EXTENSION]
    return found


def _row(form_id: str, response: str, note: Note) -> QueryInstance:
    return Query().fragment({"form": form_id, "response": response, "note": str(note)})
