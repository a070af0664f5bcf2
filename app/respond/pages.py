"""One page of questions at a time."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages
from app.languages import switch_pressed
from app.questionnaire.fields import PageForm
from app.questionnaire.interview import Page
from app.respond import blueprint, unfinished, uploads
from app.respond.answering import Answering, resume
from app.respond.messages import Problem, problems_of
from app.respond.words import form_title, heading, heads_itself, plain, title
from app.responses.collection import StorageError

PRESSED = ":do"
"""Name of the buttons; no question can have it, names in XML do not begin with a colon."""
INTERVIEW = ":interview"
"""Name of the hidden field that says which interview the page belongs to."""
SHOWN = ":shown"
"""Name of the hidden field that says which questions were on the page."""

Reply = Response | str | tuple[str, int]


@blueprint.get("/f/<form_id>/p/<path:page_id>")
def page(form_id: str, page_id: str) -> str:
    """The page, as it was left."""
    answering = resume(form_id)
    page = answering.interview.page(page_id)
    return show(answering, answering.page_form(page))


@blueprint.post("/f/<form_id>/p/<path:page_id>")
def answer(form_id: str, page_id: str) -> Reply:
    """What was pressed."""
    answering = resume(form_id)
    page = answering.interview.page(page_id)
    try:
        form = as_posted(answering, page)
    except StorageError:
        return show(answering, answering.page_form(page), [not_saved()]), 503
    try:
        return press(answering, page, form)
    except StorageError:
        return show(answering, form, [not_saved()]), 503


def press(answering: Answering, page: Page, form: PageForm) -> Reply:
    """Only Next asks whether the answers are right; every other button keeps what was typed."""
    pressed = request.form.get(PRESSED, "next")
    if switch_pressed() or pressed != "next":
        answering.keep_typed(page, form)
        return redirect(elsewhere(answering, page, pressed))
    if form.validate() and not form.added:
        uploads.tidy(answering)
        answering.complete(page)
        return redirect(answering.next_address(page, checking()))
    answering.keep_typed(page, form)
    return show(answering, form)


def as_posted(answering: Answering, page: Page) -> PageForm:
    """The page as it was filled in."""
    seen = request.form.get(SHOWN)
    shown = None if seen is None else seen.split()
    return PageForm.posted(answering.interview, page, uploads.posted(answering, page), shown)


def keep(form_id: str, page_id: str) -> Response:
    """Keep what was typed, and show the page again."""
    answering = resume(form_id)
    page = answering.interview.page(page_id)
    answering.keep_typed(page, as_posted(answering, page))
    return redirect(here())


def here() -> str:
    """The address of the page that was posted."""
    return request.script_root + request.full_path.rstrip("?")


def not_saved() -> Problem:
    """What a person is told when the page could not be written down."""
    words = _("This page could not be saved. Keep it open and try again in a few minutes.")
    return Problem("next", words, languages.current().tag)


def elsewhere(answering: Answering, page: Page, pressed: str) -> str:
    """Where a button other than Next leads."""
    form_id = answering.form.id
    if pressed == "back":
        return answering.previous_address(page, checking())
    if pressed == "save":
        return url_for("respond.saved", form_id=form_id)
    if pressed == "display":
        return url_for("display.choices", back=here())
    if pressed == "stop":
        return url_for("respond.stop", form_id=form_id)
    if page.repeat is not None and pressed == "add":
        row = answering.add_row(page)
        return url_for("respond.page", form_id=form_id, page_id=row.id)
    if page.repeat is not None and pressed.startswith("remove-"):
        answering.remove_row(page, pressed.removeprefix("remove-"))
        flash(_("Removed."))
    return here()


def checking() -> bool:
    """Whether the person came from the list of answers, and wants to go back there."""
    return request.args.get("from") == "check"


def show(answering: Answering, form: PageForm, problems: list[Problem] | None = None) -> str:
    """The page as HTML."""
    interview, page = answering.interview, form.page
    progress = interview.progress(page.id)
    part = _("Part %(part)d of %(parts)d", part=progress.part, parts=progress.parts)
    return render_template(
        "respond/page.html",
        interview=interview,
        page=page,
        form=form,
        heading=title(interview, page),
        heading_shown=heading(interview, page),
        title_language=heading(interview, page).language,
        heads_itself=heads_itself(interview, page),
        title_rest=[part, plain(form_title(interview.form))],
        progress=progress,
        part=part,
        problems=problems or problems_of(form),
        token=unfinished.token(answering.form.id),
        checking=checking(),
        files=answering.unfinished.files,
        accept=uploads.ACCEPT,
        ended=interview.ended and not page.takes_answers,
    )
