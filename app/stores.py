"""Where this installation keeps responses, contacts and unfinished interviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from app.responses.attachments import Attachments
from app.responses.collection import Collection
from app.responses.drafts import Drafts
from app.responses.throttle import Throttle
from app.responses.tinydb import TinyDBCollection
from app.settings import Settings


@dataclass(slots=True)
class Stores:
    """The stores below one data folder; the same collection is given for the same form."""

    folder: Path
    secret: bytes
    drafts: Drafts
    throttle: Throttle
    attachments: Attachments
    draft_files: Attachments
    """Those of interviews that are not sent; a draft has the id that its response will have."""
    _swept: datetime | None = None
    _open: dict[str, Collection] = field(default_factory=dict)
    _mutex: Lock = field(default_factory=Lock)

    def responses(self, form_id: str) -> Collection:
        """The answers to a form of the catalogue."""
        return self._collection(f"responses/{form_id}")

    def contacts(self, form_id: str) -> Collection:
        """The contact data given with them, kept apart; a document has its response's id."""
        return self._collection(f"contacts/{form_id}")

    def erase(self, form_id: str, key: str) -> bool:
        """Erase a response with its contact data and its files; false if there is none.

        The response goes last: until then whoever asked can find it and ask again.
        """
        document = self.responses(form_id).get(key)
        if document is None:
            return False
        contacts = self.contacts(form_id)
        if contact := contacts.find(id=document["id"]):
            contacts.remove(contact[0])
        self.attachments.remove(form_id, document["id"])
        return self.responses(form_id).remove(key)

    def expire_drafts(self, now: datetime, days: int) -> None:
        """Delete drafts that nobody saved for so many days; looks once an hour at most."""
        if self._swept is None or now - self._swept >= timedelta(hours=1):
            self._swept = now
            self.drafts.expire(now, days)
            self.draft_files.expire((now - timedelta(days=days)).timestamp())

    def _collection(self, place: str) -> Collection:
        with self._mutex:
            if place not in self._open:
                self._open[place] = TinyDBCollection(self.folder / place)
            return self._open[place]


def init_app(app: Flask, settings: Settings) -> None:
    """Open the stores of the data folder."""
    secret = settings.secret_key.encode()
    app.extensions["stores"] = Stores(
        folder=settings.data,
        secret=secret,
        drafts=Drafts(settings.data / "drafts", secret),
        throttle=Throttle(settings.data / "respond"),
        attachments=Attachments(settings.data / "attachments"),
        draft_files=Attachments(settings.data / "draft-files"),
    )


def stores() -> Stores:
    """Those of the current application."""
    found: Stores = current_app.extensions["stores"]
    return found
