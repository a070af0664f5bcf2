"""From a finished interview to a stored response."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app import languages
from app.respond.answering import Answering
from app.respond.unfinished import Lost
from app.responses.collection import Collection, Conflict, Document
from app.responses.receipts import code_of, fingerprint
from app.stores import stores


def send(answering: Answering) -> None:
    """Store the response and its contact data; when this returns both are on disk.

    Sending again is harmless: the interview's id is the key. Where another press came first with
    other answers, the first ones stand.

    Raises:
        StorageError: not stored; the draft is as it was.
        Lost: this response was erased in the meantime.
    """
    document, contact = documents(answering)
    form_id, replaces = answering.form.id, answering.unfinished.replaces
    responses, contacts = stores().responses(form_id), stores().contacts(form_id)
    if replaces:
        correct(responses, replaces, document)
    else:
        add(responses, document)
    put_contact(contacts, contact)


def add(responses: Collection, document: Document) -> None:
    """Store a new response."""
    if responses.erased(document["id"]):
        raise Lost
    try:
        responses.add(document)
    except Conflict:
        return


def correct(responses: Collection, key: str, document: Document) -> None:
    """Put the corrected answers in the place of the earlier ones.

    The time of the first sending stays: how long answers are kept counts from there.
    """
    earlier = responses.get(key)
    if earlier is None:
        raise Lost
    times = {"submitted": earlier["submitted"], "corrected": document["submitted"]}
    try:
        responses.replace(key, {**document, **times})
    except KeyError:
        raise Lost from None


def put_contact(contacts: Collection, contact: Document) -> None:
    """Keep the contact data as they are now: new, changed, or no longer given."""
    found = contacts.find(id=contact["id"])
    if not contact["contact"]:
        if found:
            contacts.remove(found[0])
    elif found:
        contacts.replace(found[0], contact)
    else:
        contacts.add(contact)


def documents(answering: Answering) -> tuple[Document, Document]:
    """The response and the contact document, as docs/… and DESIGN describe them."""
    kept, interview = answering.unfinished, answering.interview
    submitted = datetime.now(UTC).isoformat(timespec="seconds")
    common: dict[str, Any] = {
        "id": kept.id,
        "form": kept.form,
        "version": kept.version,
        "submitted": submitted,
    }
    response = {
        **common,
        "language": languages.current().tag,
        "channel": "web" if interview.channel == "self" else interview.channel,
        "activity": kept.activity,
        "started": kept.started,
        "consent": kept.consent,
        "answers": interview.answers(),
        "receipt": fingerprint(receipt_code(kept.id), stores().secret),
    }
    return response, {**common, "contact": interview.contacts()}


def receipt_code(identity: str) -> str:
    """The code that a person is given for a response."""
    return code_of(identity, stores().secret)
