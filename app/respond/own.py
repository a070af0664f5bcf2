"""A person's own sent answers: see them, correct them, take them back (UU PDP, articles 5 to 9)."""

from __future__ import annotations

from flask import abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from app import languages
from app.audit import RESPONDENT, Action, record, record_done
from app.questionnaire.interview import Interview
from app.questionnaire.model import Form
from app.respond import answering, blueprint, forms
from app.respond import unfinished as kept
from app.respond.about import contacts
from app.respond.check import SENT, sections
from app.respond.receipt import OPENED, Found
from app.respond.sending import receipt_code
from app.respond.unfinished import Lost, Unfinished
from app.respond.words import form_title, plain
from app.responses.sniffing import ENOUGH, sniff
from app.stores import stores
from app.summaries import own_copy


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
    record(Action.SEE_ANSWERS, found.form_id, found.document["id"], who=RESPONDENT)
    return render_template(
        "respond/own_answers.html",
        title_rest=[plain(form_title(form))],
        sections=sections(interview_of(form, found).review()),
        submitted=found.document["submitted"],
        files=found.document.get("files", {}),
    )


@blueprint.get("/receipt/file/<path:name>")
def own_file(name: str) -> Response:
    """One file that was sent with the answers."""
    found = opened()
    record(Action.SEE_ANSWERS, found.form_id, found.document["id"], who=RESPONDENT)
    return attachment(found.form_id, found.document["id"], name)


def attachment(form_id: str, identity: str, name: str) -> Response:
    """A file of a response, to be saved and not opened in the browser; 404 without it."""
    content = stores().attachments.get(form_id, identity, name)
    if content is None:
        abort(404)
    kind = sniff(content[:ENOUGH])
    reply = Response(content, mimetype=kind.media_type if kind else "application/octet-stream")
    reply.headers.set("Content-Disposition", "attachment", filename=name)
    reply.headers["X-Content-Type-Options"] = "nosniff"
    return reply


@blueprint.get("/receipt.pdf")
def own_copy_pdf() -> Response:
    """The answers to keep, as a PDF that a screen reader can read, in the language of the page."""
    found = opened()
    published = forms.published(found.form_id, found.document["version"])
    record(Action.SEE_ANSWERS, found.form_id, found.document["id"], who=RESPONDENT)
    content = own_copy.render(
        interview_of(published.form, found).review(everything=True),
        published,
        found.document,
        languages.current().tag,
        receipt_code(found.document["id"]),
        contacts(),
    )
    name = f"suara-inklusi-{found.form_id}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@blueprint.post("/receipt/correct")
def correct() -> Response:
    """Open the answers again; sending them replaces what was sent."""
    found = opened()
    record(Action.SEE_ANSWERS, found.form_id, found.document["id"], who=RESPONDENT)
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
        files=found.document.get("files", {}),
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
    record_done(Action.DELETE, found.form_id, identity, who=RESPONDENT)
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
