"""The focal person's pages: what people told about harm, before anybody else reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages
from app.accounts import Role, requires, services, signed_in
from app.audit import Action, record, record_done
from app.coordinate.responses import reviewed, sections, version_of
from app.publishing import catalogue
from app.responses.collection import Document
from app.safety.held import Note, held
from app.safety.hidden import waiting_of
from app.settings import Settings
from app.stores import stores
from app.summaries import words

blueprint = Blueprint("safety", __name__, url_prefix="/safety")

View = Callable[..., ResponseReturnValue]


def has_focal_person() -> bool:
    """Whether somebody who can sign in is the focal person for safety."""
    return any(each.role is Role.FOCAL and each.password for each in services().accounts.each())


def focal_only(view: View) -> View:
    """Let the focal person in. While there is none, the coordinator: a report must be read."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        account = signed_in()
        if account is not None and account.role is Role.COORDINATOR and has_focal_person():
            abort(403)
        return view(*args, **kwargs)

    return cast(View, requires(Role.FOCAL, Role.COORDINATOR)(guarded))


@blueprint.get("")
@focal_only
def cases() -> str:
    """What waits, the newest first. Words only by whom: the list itself tells nothing."""
    found = [
        (document["submitted"], form_id, key)
        for form_id in catalogue().ids()
        for key, document in stores().responses(form_id).each(waiting_of(form_id))
    ]
    return render_template(
        "safety/cases.html",
        cases=[
            (_moment(sent), form_id, key, _title(form_id))
            for sent, form_id, key in sorted(found, reverse=True)
        ],
        focal=has_focal_person(),
    )


@blueprint.get("/<form_id>/<key>")
@focal_only
def case(form_id: str, key: str) -> str:
    """One person's answers, and how to reach them if they left a way."""
    document = _waiting_or_404(form_id, key)
    form = version_of(document)
    contact = stores().contacts(form_id).find(id=document["id"])
    parts = [document["answers"], *([contact[1]["contact"]] if contact else [])]
    record(Action.SEE_ANSWERS, form_id, document["id"])
    if contact:
        record(Action.SEE_CONTACT, form_id, document["id"])
    review = reviewed(form, *parts)
    return render_template(
        "safety/case.html",
        form_id=form_id,
        key=key,
        title=_title(form_id),
        sent=_moment(document["submitted"]),
        sections=sections(review, contact=False),
        contact=sections(review, contact=True) if contact else [],
    )


@blueprint.post("/<form_id>/<key>/hand-on")
@focal_only
def hand_on(form_id: str, key: str) -> Response:
    """Let the coordinator read it from now on."""
    document = _waiting_or_404(form_id, key)
    held().note(form_id, document["id"], Note.HANDED_ON)
    record_done(Action.HAND_ON, form_id, document["id"])
    flash(_("The coordinator can read these answers now."))
    return redirect(url_for("safety.cases"))


@blueprint.post("/<form_id>/<key>/mark")
@requires(Role.COORDINATOR)
def mark(form_id: str, key: str) -> Response:
    """Somebody who reads answers found that they tell of harm."""
    document = _document_or_404(form_id, key)
    held().note(form_id, document["id"], Note.MARKED)
    held().drop(form_id, document["id"], Note.HANDED_ON)
    record_done(Action.MARK, form_id, document["id"])
    flash(_("These answers are now with the focal person for safety. Nobody else can read them."))
    return redirect(url_for("coordinate.responses", form_id=form_id))


def _document_or_404(form_id: str, key: str) -> Document:
    known = form_id in catalogue().ids()
    return (stores().responses(form_id).get(key) if known else None) or abort(404)


def _waiting_or_404(form_id: str, key: str) -> Document:
    document = _document_or_404(form_id, key)
    if not waiting_of(form_id)(document):
        abort(404)
    return document


def _title(form_id: str) -> Any:
    form = catalogue().get(form_id).form
    return words.form_text(form.title, languages.current().tag, form_id)


def _moment(text: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    return words.moment(datetime.fromisoformat(text), settings.timezone)
