"""What people asked for about their own data, and until when it must be done.

UU PDP gives 3 × 24 hours for access (32), correction (30), withdrawal (40) and suspension (41);
deletion is done within the same time. The clock runs from when the request came.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import current_app
from tinydb import TinyDB, where
from tinydb.table import Table

from app.responses import files
from app.responses.segments import SegmentStorage

EXTENSION = "requests"
TERM = timedelta(hours=72)


class Kind(StrEnum):
    """What somebody may ask for."""

    SEE = "see"
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW = "withdraw"
    RESTRICT = "restrict"


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    NOT_FOUND = "not-found"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``form`` and ``response`` are ids, "" while nobody knows which answers it means.

    ``note`` is what helps to do it (how to reach the person); it is dropped when it is finished.
    """

    id: str
    kind: Kind
    received: datetime
    form: str = ""
    response: str = ""
    note: str = ""
    finished: datetime | None = None
    outcome: Outcome | None = None

    @property
    def due(self) -> datetime:
        """Until when it must be done."""
        return self.received + TERM

    def late(self, now: datetime) -> bool:
        """Whether it is, or was, done too late."""
        return (self.finished or now) > self.due

    def hours_left(self, now: datetime) -> int:
        """Whole hours until it is late; 0 when it is."""
        return max(0, int((self.due - now) / timedelta(hours=1)))


class Requests:
    """The requests of one data folder, in a TinyDB file. Methods that write raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files.sweep(folder)

    def add(
        self, kind: Kind, received: datetime, *, form: str = "", response: str = "", note: str = ""
    ) -> Request:
        """Write a request down."""
        request = Request(str(uuid4()), kind, received, form, response, note)
        files.make_folder(self._folder)
        with files.locked(self._folder):
            self._table().insert(_row(request))
        return request

    def finish(self, request_id: str, outcome: Outcome, now: datetime) -> Request:
        """Note how it ended; the first end stands. Raises KeyError."""
        with files.locked(self._folder):
            request = self.get(request_id)
            if request is None:
                raise KeyError(request_id)
            if request.finished is None:
                request = replace(request, finished=now, outcome=outcome, note="")
                self._table().update(_row(request), where("id") == request_id)
        return request

    def get(self, request_id: str) -> Request | None:
        """The request with this id."""
        row = self._table().get(where("id") == request_id)
        return _request(row) if isinstance(row, dict) else None

    def waiting(self) -> tuple[Request, ...]:
        """Those that are not finished, the most urgent first."""
        return tuple(sorted((r for r in self._each() if not r.finished), key=lambda r: r.due))

    def finished(self) -> tuple[Request, ...]:
        """The others, the newest first."""
        found = [request for request in self._each() if request.finished]
        return tuple(sorted(found, key=lambda request: request.received, reverse=True))

    def _each(self) -> list[Request]:
        return [_request(row) for row in self._table().all()]

    def _table(self) -> Table:
        return TinyDB(self._folder / "requests.json", storage=SegmentStorage).table("requests")


def requests() -> Requests:
    """Those of the current application."""
    found: Requests = current_app.extensions[EXTENSION]
    return found


def _row(request: Request) -> dict[str, Any]:
    finished = request.finished.isoformat() if request.finished else None
    return {**asdict(request), "received": request.received.isoformat(), "finished": finished}


def _request(row: dict[str, Any]) -> Request:
    finished, outcome = row["finished"], row["outcome"]
    return Request(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "received": datetime.fromisoformat(row["received"]),
            "finished": datetime.fromisoformat(finished) if finished else None,
            "outcome": Outcome(outcome) if outcome else None,
        }
    )
