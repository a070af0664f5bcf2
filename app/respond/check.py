"""Check the answers, then send them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages
from app.languages import switch_pressed
from app.questionnaire.fields import PageForm
from app.questionnaire.interview import Interview, Page, Rendered, Reviewed
from app.questionnaire.model import Kind
from app.respond import blueprint
from app.respond import unfinished as kept
from app.respond.answering import Answering, resume
from app.respond.messages import Problem, control_id
from app.respond.sending import send
from app.respond.words import form_title, plain
from app.responses.collection import StorageError

SENT = "sent"


@blueprint.get("/f/<form_id>/check")
def check(form_id: str) -> Response | str:
    """The list of answers, once every page is finished."""
    answering = resume(form_id)
    return not_ready(answering, answering.interview.frontier()) or show(answering)


@blueprint.post("/f/<form_id>/check")
def submit(form_id: str) -> Response | str | tuple[str, int]:
    """Send: a second press or a reload finds it sent, and leads to the same receipt."""
    answering = resume(form_id)
    if switch_pressed():
        return redirect(url_for("respond.check", form_id=form_id))
    if unready := not_ready(answering, answering.to_do()):
        return unready
    try:
        send(answering)
    except StorageError:
        return show(answering, [not_sent()]), 503
    kept.delete(form_id)
    session[SENT] = {"form": form_id, "id": answering.unfinished.id}
    return redirect(url_for("respond.receipt"))


def not_ready(answering: Answering, page: Page | None) -> Response | None:
    """Where to go instead while ``page`` is left to answer, or there is nothing to send."""
    form_id = answering.form.id
    if page is not None:
        back: dict[str, Any] = {"from": "check"}
        return redirect(url_for("respond.page", form_id=form_id, page_id=page.id, **back))
    if not answering.interview.storable:
        return redirect(url_for("respond.ended", form_id=form_id))
    return None


def not_sent() -> Problem:
    """What a person is told when the answers could not be written."""
    words = _("Not sent, but still saved. Try again.")
    return Problem("send", words, languages.current().tag)


def show(answering: Answering, problems: list[Problem] | None = None) -> str:
    """The list of answers as HTML."""
    return render_template(
        "respond/check.html",
        form_id=answering.form.id,
        sections=sections(answering.interview.review()),
        begun=answering.begun(),
        last_page=next((page.id for page in reversed(answering.interview.pages())), None),
        hubs=[page for page in answering.interview.pages() if page.repeat is not None],
        interview=answering.interview,
        files=answering.unfinished.files,
        target=targets(answering.interview),
        title_rest=[plain(form_title(answering.form))],
        problems=problems or [],
    )


def sections(reviewed: tuple[Reviewed, ...]) -> list[tuple[Rendered | None, list[Reviewed]]]:
    """The answers under the headings of their parts."""
    return [(section, list(rows)) for section, rows in groupby(reviewed, lambda one: one.section)]


def targets(interview: Interview) -> dict[tuple[str, str], str]:
    """(page id, ref) → id of the first control, so that Change leads to the very question."""
    return {
        (page.id, field.question.ref): control_id(field, field.parts[0] if field.parts else "")
        for page in interview.pages()
        for field in PageForm(interview, page).fields().values()
        if len(page.asked) > 1 and field.question.kind is not Kind.NOTE
    }
