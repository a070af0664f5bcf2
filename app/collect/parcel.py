"""One request of a phone, and the response document that comes of it.

A response remembers in ``instances`` which submissions it was made from: their ids, a keyed hash of
their XML, the account that sent them and when. The first one gave the response its id, the last one
its answers.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from werkzeug.datastructures import FileStorage

from app.accounts import Account
from app.exchange.openrosa import Submission
from app.exchange.submission import Collected, collect, consent_page, response, utc
from app.published import Published
from app.respond.answering import consent_text_version
from app.respond.sending import receipt_code
from app.responses.collection import Collection, Document
from app.responses.receipts import fingerprint
from app.stores import stores

Instance = dict[str, str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """An interview with some or all of its files, by name.

    ``mark`` is the keyed hash of its XML: whoever reads the stored answers cannot find out the
    contact data by trying, since they stand in the same XML.
    """

    sender: Account
    published: Published
    submission: Submission
    identity: str
    mark: str
    files: Mapping[str, FileStorage]
    now: datetime

    @property
    def form_id(self) -> str:
        """The form that was answered."""
        return self.published.form_id

    @property
    def responses(self) -> Collection:
        """Where it belongs."""
        return stores().responses(self.form_id)

    def collected(self) -> Collected:
        """The interview that is in it."""
        return collect(self.published.form, self.submission, self.now, self.sender.code)

    def document(self, collected: Collected) -> Document:
        """The response to a new interview."""
        page = consent_page(collected.interview)
        text = consent_text_version(collected.interview, page) if page else ""
        return {
            **response(collected, self.identity, self.now, text),
            "collector": self.sender.id,
            "receipt": fingerprint(receipt_code(self.identity), stores().secret),
            "instances": [self._instance()],
        }

    def correction(self, collected: Collected, earlier: Document) -> Document:
        """The response after a correction. How long it is kept counts from the first sending."""
        stays = {name: earlier[name] for name in ("id", "submitted", "collector", "receipt")}
        history = {
            "corrected": utc(self.now),
            "instances": [*instances(earlier), self._instance()],
        }
        return {**self.document(collected), **stays, **history}

    def _instance(self) -> Instance:
        return {
            "id": self.identity,
            "xml": self.mark,
            "by": self.sender.id,
            "received": utc(self.now),
        }


def mark_of(xml: bytes) -> str:
    """The keyed hash of a submission's XML."""
    return hmac.new(stores().secret, b"submission\0" + xml, sha256).hexdigest()


def instances(document: Document) -> list[Instance]:
    """The submissions that a response was made from; none for one that came another way."""
    return list(document.get("instances", ()))


def made_from(document: Document, identity: str) -> Instance | None:
    """The submission with this id among those that a response was made from."""
    return next((one for one in instances(document) if one["id"] == identity), None)


def is_current(document: Document, identity: str) -> bool:
    """Whether the answers are those of this submission, and nobody corrected them since."""
    history = instances(document)
    if not history or history[-1]["id"] != identity:
        return False
    return history[-1]["received"] == document.get("corrected", document["submitted"])
