"""A submission from a phone is kept once, whatever the network does (docs/openrosa.md)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage

from app.accounts import Account
from app.audit import Action, record_done
from app.collect import sentences
from app.collect.parcel import Parcel, is_current, made_from, mark_of
from app.collect.sentences import RefusedError
from app.exchange.openrosa import NotASubmissionError, read_submission
from app.exchange.submission import Collected
from app.publishing import catalogue
from app.respond.sending import put_contact, receipt_code
from app.responses import files
from app.responses.attachments import TooLargeError
from app.responses.collection import Collection, Conflict, Document
from app.responses.photos import without_traces
from app.stores import stores

_INSTANCE = re.compile(r"[A-Za-z0-9:._-]{1,80}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What the phone is told: the status, and words for the facilitator."""

    status: int
    words: str


def receive(sender: Account, xml: bytes, sent: Mapping[str, FileStorage], now: datetime) -> Taken:
    """Keep an interview, or the rest of the files of one that is kept.

    Raises RefusedError, or StorageError when it could not be written.
    """
    parcel = _unpack(sender, xml, sent, now)
    found = parcel.responses.find(id=parcel.identity)
    if found is not None:
        return _again(parcel, found[1])
    if parcel.responses.erased(parcel.identity):
        return Taken(202, sentences.erased())
    return _correct(parcel) if parcel.submission.deprecated_id else _keep(parcel)


def _unpack(sender: Account, xml: bytes, sent: Mapping[str, FileStorage], now: datetime) -> Parcel:
    try:
        submission = read_submission(xml)
    except NotASubmissionError:
        raise RefusedError(400, sentences.unreadable()) from None
    identity = submission.instance_id or f"uuid:{uuid4()}"
    if not _INSTANCE.fullmatch(identity):
        raise RefusedError(400, sentences.unreadable())
    try:
        published = catalogue().get(submission.form_id, submission.version or None)
    except KeyError:
        raise RefusedError(404, sentences.unknown_form(submission.form_id)) from None
    return Parcel(sender, published, submission, identity, mark_of(xml), sent, now)


def _keep(parcel: Parcel) -> Taken:
    collected = parcel.collected()
    if not _was_open(parcel, collected):
        raise RefusedError(409, sentences.closed())
    if not collected.interview.storable:
        raise RefusedError(403, sentences.not_storable())
    document = parcel.document(collected)
    try:
        stored = parcel.responses.add(document)
    except Conflict:  # the same interview came in by another request just now
        found = parcel.responses.find(id=parcel.identity)
        if found is None:
            raise
        return _again(parcel, found[1])
    _finish(parcel, document, collected)
    return Taken(201 if stored.new else 202, sentences.kept(receipt_code(parcel.identity)))


def _was_open(parcel: Parcel, collected: Collected) -> bool:
    """Whether the form is open, or was on the day of the interview: phones send late."""
    zone = ZoneInfo(parcel.published.form.settings.timezone)
    moments = [parcel.now, min(collected.when or parcel.now, parcel.now)]
    days = {moment.astimezone(zone).date() for moment in moments}
    return any(catalogue().is_open(parcel.form_id, day) for day in days)


def _again(parcel: Parcel, document: Document) -> Taken:
    """The same interview again: a lost reply, or more of its files."""
    if not _is_same(parcel, document):
        raise RefusedError(409, sentences.conflict())
    if is_current(document, parcel.identity):
        _finish(parcel, document, parcel.collected())
    return Taken(202, sentences.kept_before(receipt_code(document["id"])))


def _is_same(parcel: Parcel, document: Document) -> bool:
    instance = made_from(document, parcel.identity)
    return instance is not None and hmac.compare_digest(instance["xml"], parcel.mark)


def _correct(parcel: Parcel) -> Taken:
    """Corrected answers take the place of the earlier ones; id, receipt and collector stay."""
    with _correcting(parcel.form_id):
        found = _holding(parcel.responses, parcel.submission.deprecated_id)
        if found is None:
            return _without_earlier(parcel)
        key, earlier = found
        if made_from(earlier, parcel.identity):
            return _again(parcel, earlier)
        if not is_current(earlier, parcel.submission.deprecated_id):
            raise RefusedError(409, sentences.corrected_already())
        collected = parcel.collected()
        if not collected.interview.storable:
            raise RefusedError(403, sentences.correction_not_storable())
        document = parcel.correction(collected, earlier)
        parcel.responses.replace(key, document)
        record_done(Action.CORRECT, parcel.form_id, document["id"], who=parcel.sender.id)
        _finish(parcel, document, collected)
    return Taken(201, sentences.kept(receipt_code(document["id"])))


def _without_earlier(parcel: Parcel) -> Taken:
    if parcel.responses.erased(parcel.submission.deprecated_id):
        return Taken(202, sentences.erased())
    raise RefusedError(404, sentences.nothing_to_correct())


@contextmanager
def _correcting(form_id: str) -> Iterator[None]:
    """One correction at a time: two of the same answers must not both find them current."""
    folder = stores().folder / "openrosa" / form_id
    files.make_folder(folder)
    with files.locked(folder):
        yield


def _holding(responses: Collection, identity: str) -> tuple[str, Document] | None:
    """The response made from a submission; one that was a correction is looked for everywhere."""
    corrected = responses.each(lambda document: made_from(document, identity) is not None)
    return responses.find(id=identity) or next(corrected, None)


def _finish(parcel: Parcel, document: Document, collected: Collected) -> None:
    """Keep contact data and files; doing it again changes nothing."""
    contact = {name: document[name] for name in ("id", "form", "version", "submitted")}
    contact["contact"] = collected.interview.contacts()
    put_contact(stores().contacts(parcel.form_id), contact)
    _keep_files(parcel, document["id"], collected.files)
    if parcel.responses.find(id=document["id"]) is None:  # erased in the meantime
        stores().attachments.remove(parcel.form_id, document["id"])


def _keep_files(parcel: Parcel, identity: str, names: frozenset[str]) -> None:
    attachments = stores().attachments
    attachments.keep_only(parcel.form_id, identity, names)
    try:
        for name in names & parcel.files.keys():
            content = without_traces(parcel.files[name].read())
            attachments.put(parcel.form_id, identity, name, content)
    except TooLargeError:
        raise RefusedError(413, sentences.too_large()) from None
