"""A person's own sent answers: see them, correct them, take them back (UU PDP, articles 5 to 9)."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from app.questionnaire.interview import Interview
from app.questionnaire.model import Form
from app.respond import answering, blueprint, forms
from app.respond import unfinished as kept
from app.respond.check import SENT, sections
from app.respond.receipt import OPENED, Found
from app.respond.unfinished import Lost, Unfinished
from app.respond.words import form_title, plain
from app.stores import stores


def opened() -> Found:
    """The response whose code was typed or just given. Raises Lost when it is gone."""
    known = session.get(OPENED) or session.get(SENT)
    hit = stores().responses(known["form"]).find(id=known["id"]) if known else None
    if known is None or hit is None:
        raise Lost
    return Found(known["form"], *hit)


@blueprint.get("/receipt/answers")
def own_answers() -> str:
    """The answers as they were sent."""
    found = opened()
    form = form_of(found)
    return render_template(
        "respond/own_answers.html",
        title_rest=[plain(form_title(form))],
        sections=sections(interview_of(form, found).review()),
        submitted=found.document["submitted"],
    )


@blueprint.post("/receipt/correct")
def correct() -> Response:
    """Open the answers again; sending them replaces what was sent."""
    found = opened()
    form = form_of(found)
    interview = interview_of(form, found)
    again = Unfinished(
        form=form.id,
        version=form.version,
        id=found.document["id"],
        started=found.document["started"],
        state=interview.state(),
        consent=found.document["consent"],
        activity=found.document.get("activity", ""),
        replaces=found.key,
    )
    answering.Answering(form, again, interview).keep()
    return redirect(url_for("respond.go_on", form_id=form.id))


@blueprint.get("/receipt/delete")
def ask_delete() -> str:
    """Ask once more before deleting."""
    opened()
    return render_template("respond/delete.html")


@blueprint.post("/receipt/delete")
def withdraw() -> Response:
    """Delete the answers, the contact data, the files and what this device knows of them."""
    found = opened()
    identity = found.document["id"]
    stores().erase(found.form_id, found.key)
    if (kept.entry(found.form_id) or {}).get("id") == identity:
        kept.delete(found.form_id)
    for key in (SENT, OPENED):
        if (session.get(key) or {}).get("id") == identity:
            session.pop(key)
    return redirect(url_for("respond.withdrawn"))


@blueprint.get("/receipt/deleted")
def withdrawn() -> str:
    """That the answers are gone."""
    return render_template("respond/withdrawn.html")


def form_of(found: Found) -> Form:
    """The version of the form that was answered."""
    return forms.published(found.form_id, found.document["version"]).form


def interview_of(form: Form, found: Found) -> Interview:
    """The sent interview, contact data included."""
    contact = stores().contacts(form.id).find(id=found.document["id"])
    parts = [found.document["answers"], *([contact[1]["contact"]] if contact else [])]
    return Interview.of_response(form, answering.circumstances(), *parts)
