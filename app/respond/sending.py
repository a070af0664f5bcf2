"""From a finished interview to a stored response."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app import languages
from app.audit import RESPONDENT, Action, record_done
from app.exchange.submission_values import answer
from app.questionnaire.answers import lexical_value
from app.questionnaire.interview import Interview
from app.respond import uploads
from app.respond.answering import Answering
from app.respond.unfinished import Lost, Unfinished
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
    # Before the response: it must never name a file that is not there.
    uploads.settle(answering, set(document["files"]))
    try:
        if replaces:
            correct(responses, replaces, document)
            record_done(Action.CORRECT, form_id, document["id"], who=RESPONDENT)
            stores().attachments.keep_only(form_id, document["id"], set(document["files"]))
        else:
            add(responses, document)
    except Lost:
        stores().attachments.remove(form_id, document["id"])
        raise
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

    The time of the first sending stays, since how long answers are kept counts from there, and so
    does who collected them.
    """
    earlier = responses.get(key)
    if earlier is None:
        raise Lost
    stays: Document = {
        name: earlier[name] for name in ("submitted", "collector") if name in earlier
    }
    try:
        responses.replace(key, {**document, **stays, "corrected": document["submitted"]})
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
    interview.finish()
    names = uploads.named(interview.form, interview.answers(), interview.contacts())
    response = {
        **common,
        "language": languages.current().tag,
        "channel": _channel(kept, interview),
        "activity": kept.activity,
        "started": kept.started,
        "consent": _consent(kept, interview),
        "answers": interview.answers(),
        "files": {name: kept.files.get(name, {}) for name in sorted(names)},
        "receipt": fingerprint(receipt_code(kept.id), stores().secret),
    }
    if kept.collector:
        response["collector"] = kept.collector
    return response, {**common, "contact": interview.contacts()}


def _channel(kept: Unfinished, interview: Interview) -> str:
    if kept.paper:
        return "paper"
    return "web" if interview.channel == "self" else interview.channel


def _consent(kept: Unfinished, interview: Interview) -> dict[str, str]:
    """With a facilitator the form asks how, and in which language, consent was explained."""
    if not kept.collector or not kept.consent:
        return kept.consent
    form, answers = interview.form, interview.answers()
    means, spoken = (lexical_value(answer(form, answers, name)) for name in ("f_means", "f_lang"))
    said = {"means": means or "facilitator", "language": spoken or kept.consent["language"]}
    return {**kept.consent, **said}


def receipt_code(identity: str) -> str:
    """The code that a person is given for a response."""
    return code_of(identity, stores().secret)
