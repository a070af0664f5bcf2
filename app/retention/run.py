"""Deleting what has been kept long enough: contact data, files, answers, unfinished interviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import current_app

from app.audit import Action, record
from app.publishing import catalogue
from app.responses.collection import Collection, StorageError
from app.responses.retention import submitted
from app.retention.certificates import Certificate, Deleted, certificates
from app.retention.terms import counting_from, due, terms_by_version
from app.settings import Settings
from app.stores import stores


@dataclass(slots=True)
class _Found:
    """Documents that are due: key → id, and when they had been sent."""

    keys: dict[str, str] = field(default_factory=dict)
    sent: list[datetime] = field(default_factory=list)

    def deleted(self, form_id: str, what: str) -> Deleted:
        """What a certificate says of them."""
        days = sorted(moment.astimezone(UTC).date().isoformat() for moment in self.sent)
        oldest, newest = (days[0], days[-1]) if days else ("", "")
        return Deleted(form_id, what, len(self.keys), oldest, newest)


def what_is_due(now: datetime) -> tuple[Deleted, ...]:
    """What a run would delete. Raises Unreadable."""
    found = (each for form_id in catalogue().ids() for each in _due_of(form_id, now))
    drafts = Deleted("", "drafts", stores().drafts.expired(now, _draft_days()))
    return tuple(each for each in (*found, drafts) if each.count)


def run(now: datetime, who: str) -> Certificate | None:
    """Delete what is due, and write a certificate; None when nothing was.

    What one form's damaged file hinders does not hinder the others: it is told in the log of the
    server, and tried again at the next run. Raises StorageError when nothing can be written.
    """
    deleted = [each for form_id in catalogue().ids() for each in _delete(form_id, now)]
    if drafts := stores().drafts.expire(now, _draft_days()):
        deleted.append(Deleted("", "drafts", drafts))
    if not deleted:
        return None
    certificate = certificates().keep(now, who, tuple(deleted))
    facts = {"count": certificate.count, "certificate": certificate.name}
    record(Action.RETENTION, who=who, more=facts)
    return certificate


def _delete(form_id: str, now: datetime) -> list[Deleted]:
    """The answers go last: while they are there, a run that was broken off begins again."""
    try:
        contacts, answers = _due_contacts(form_id, now), _due_answers(form_id, now)
        attachments = stores().attachments
        stores().contacts(form_id).remove_all(contacts.keys)
        files = sum(attachments.remove(form_id, identity) for identity in answers.keys.values())
        responses = stores().responses(form_id)
        responses.remove_all(answers.keys)
        files += attachments.sweep(form_id, lambda identity: bool(responses.find(id=identity)))
    except StorageError as error:
        current_app.logger.error("Nothing of %s could be deleted: %s", form_id, error)
        return []
    parts = (contacts.deleted(form_id, "contacts"), answers.deleted(form_id, "answers"))
    return [each for each in (*parts, Deleted(form_id, "files", files)) if each.count]


def _due_of(form_id: str, now: datetime) -> Iterator[Deleted]:
    yield _due_contacts(form_id, now).deleted(form_id, "contacts")
    yield _due_answers(form_id, now).deleted(form_id, "answers")


def _due_answers(form_id: str, now: datetime) -> _Found:
    found, counted, terms = _Found(), counting_from(), terms_by_version(form_id)
    for key, document in stores().responses(form_id).each():
        if due(counted(document), terms(document).for_answers, now):
            _take(found, key, document)
    return found


def _due_contacts(form_id: str, now: datetime) -> _Found:
    """Those whose time is over, those whose answers go now, and those whose answers are gone.

    The contacts are listed before the answers: answers are stored before their contact data, so
    what is listed here and has no answers then has lost them.
    """
    contacts = dict(stores().contacts(form_id).each())
    stay = _staying(stores().responses(form_id), form_id, now) if contacts else {}
    found, terms = _Found(), terms_by_version(form_id)
    for key, contact in contacts.items():
        counted, known = stay.get(contact["id"]), contact["id"] in stay
        if not known or due(counted, terms(contact).for_contacts, now):
            _take(found, key, contact)
    return found


def _staying(responses: Collection, form_id: str, now: datetime) -> dict[str, datetime | None]:
    """Id → from when its days count, of every response that is not due."""
    counted, terms = counting_from(), terms_by_version(form_id)
    return {
        document["id"]: counted(document)
        for _, document in responses.each()
        if not due(counted(document), terms(document).for_answers, now)
    }


def _take(found: _Found, key: str, document: dict[str, str]) -> None:
    found.keys[key] = document["id"]
    if moment := submitted(document):
        found.sent.append(moment)


def _draft_days() -> int:
    settings: Settings = current_app.extensions["settings"]
    return settings.draft_days
