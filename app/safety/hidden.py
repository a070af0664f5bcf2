"""Whether a response may be read by others than the focal person for safety."""

from __future__ import annotations

from app.exchange.submission_values import answer
from app.publishing import catalogue
from app.responses.collection import Document, Predicate
from app.safety.held import held

NO = "no"


def concern(document: Document) -> bool:
    """Whether somebody answered ``no`` to the question that the setting ``safety`` names.

    An answer to an earlier version, before the form had the setting, counts too.
    """
    current = catalogue().get(document["form"]).form
    try:
        form = catalogue().get(document["form"], document["version"]).form
    except KeyError:
        form = current
    name = form.settings.safety or current.settings.safety
    return bool(name) and answer(form, document.get("answers") or {}, name) == NO


def waiting_of(form_id: str) -> Predicate:
    """Whether a response to this form is the focal person's, who has not handed it on."""
    notes = held().of(form_id)

    def waiting(document: Document) -> bool:
        identity = document["id"]
        told = identity in notes.marked or concern(document)
        return told and identity not in notes.handed_on

    return waiting


def hidden_of(form_id: str) -> Predicate:
    """Whether a response to this form is read by nobody else: it waits, or is held back."""
    waiting, restricted = waiting_of(form_id), held().of(form_id).restricted
    return lambda document: document["id"] in restricted or waiting(document)
