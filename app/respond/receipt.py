"""After sending: the code to keep, and with it seeing, correcting and deleting the answers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from app import languages
from app.languages import switch_pressed
from app.questionnaire.local import clean
from app.respond import blueprint, forms
from app.respond import unfinished as kept
from app.respond.check import SENT
from app.respond.messages import Problem
from app.respond.sending import receipt_code
from app.responses.collection import Document
from app.responses.receipts import ALPHABET, RECEIPT_LENGTH, fingerprint, normalise, spell
from app.stores import stores

OPENED = "opened"
TRIES = 30
TRIES_SECONDS = 15 * 60.0
"""Codes that one address may try; a whole village may share one."""


@blueprint.get("/receipt")
def receipt() -> str:
    """The receipt of what was just sent; without that, where to type a code."""
    sent = session.get(SENT)
    if sent is None:
        return enter(request.args.get("code", ""))
    code = receipt_code(sent["id"])
    return render_template(
        "respond/receipt.html", form_id=sent["form"], code=code, spelled=spell(code)
    )


@blueprint.get("/receipt/code")
def enter_code() -> str:
    """Type another code than that of the newest receipt."""
    return enter(request.args.get("code", ""))


@blueprint.post("/receipt")
@blueprint.post("/receipt/code")
def open_code() -> Response | str | tuple[str, int]:
    """Open what the code belongs to: sent answers, or an unfinished interview."""
    typed = request.form.get("code", "")[:100]
    if switch_pressed():
        return enter(typed)
    refuse_if_too_many()
    if form_id := kept.open_draft(typed):
        return redirect(url_for("respond.go_on", form_id=form_id))
    found = find(typed)
    if found is None:
        return enter(typed, [no_such_code()])
    session[OPENED] = {"form": found.form_id, "id": found.document["id"]}
    return redirect(url_for("respond.own_answers"))


def enter(typed: str, problems: list[Problem] | None = None) -> str:
    """The page on which a code is typed."""
    return render_template("respond/enter.html", typed=clean(typed), problems=problems or [])


def no_such_code() -> Problem:
    """One sentence whatever the reason: never used, mistyped, or deleted long ago."""
    words = _("There are no answers with this code. Check each letter and number.")
    return Problem("code", words, languages.current().tag)


def refuse_if_too_many() -> None:
    """Nobody shall find a code by trying."""
    address = request.remote_addr or ""
    if not stores().throttle.allow("code", address, time.time(), TRIES, TRIES_SECONDS):
        raise TooManyRequests(retry_after=int(TRIES_SECONDS))


@dataclass(frozen=True, slots=True)
class Found:
    """A response and where it is."""

    form_id: str
    key: str
    document: Document


def find(typed: str) -> Found | None:
    """The response with this receipt. What cannot be a code is looked for just as long."""
    code = normalise(typed)
    wanted = fingerprint(code or ALPHABET[0] * RECEIPT_LENGTH, stores().secret)
    found = None
    for form_id in forms.catalogue().ids():
        hit = stores().responses(form_id).find(receipt=wanted)
        found = Found(form_id, *hit) if hit and code else found
    return found


@blueprint.post("/receipt/clear")
def clear() -> Response:
    """Leave nothing of the answers on a phone that others use too."""
    for key in (SENT, OPENED, kept.SESSION_KEY):
        session.pop(key, None)
    flash(_("This phone no longer knows your answers or your code. Now close this page."))
    return redirect(url_for("respond.home"))
