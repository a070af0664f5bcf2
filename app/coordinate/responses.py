"""The list of responses, one response, and the contact data given with it."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from random import Random

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from app import languages
from app.activities import activities
from app.audit import Action, record
from app.coordinate import blueprint, coordinators_only
from app.coordinate.attached import attached
from app.coordinate.filters import FilterForm, place_names
from app.coordinate.listing import list_responses
from app.coordinate.reading import Reading, now, read_or_404
from app.publishing import catalogue
from app.questionnaire.interview import Circumstances, Interview, Rendered, Reviewed
from app.questionnaire.model import DataClass, Form
from app.responses.collection import Document
from app.safety.hidden import hidden_of
from app.stores import stores
from app.summaries import about, words

Sections = list[tuple[Rendered | None, list[Reviewed]]]


@blueprint.get("/form/<form_id>/responses")
@coordinators_only
def responses(form_id: str) -> str:
    """The responses to a form that pass the filters, a page at a time."""
    reading, tag = read_or_404(form_id), languages.current().tag
    filter_form = FilterForm(reading.form, reading.tally(), tag, request.args)
    page = request.args.get("page", 1, type=int)
    record(Action.SEE_LIST, form_id)
    return render_template(
        "coordinate/responses.html",
        form_id=form_id,
        title=words.form_text(reading.form.title, tag, form_id),
        filter_form=filter_form,
        listing=list_responses(reading, filter_form.chosen(), page),
        places=place_names(reading.form, tag),
        titles=activities().titles(),
        timezone=reading.form.settings.timezone,
        about=about,
        moment=words.moment,
    )


@blueprint.get("/form/<form_id>/responses/<key>")
@coordinators_only
def response(form_id: str, key: str) -> str:
    """The answers of one response, in words."""
    reading = read_or_404(form_id)
    document = _document(reading, key)
    form = version_of(document)
    record(Action.SEE_ANSWERS, form_id, document["id"])
    return render_template(
        "coordinate/response.html",
        form_id=form_id,
        key=key,
        title=words.form_text(form.title, languages.current().tag, form_id),
        document=document,
        files=attached(form_id, document),
        sections=sections(reviewed(form, document["answers"]), contact=False),
        has_contact=stores().contacts(form_id).find(id=document["id"]) is not None,
        activity=activities().titles().get(document.get("activity", "")),
        timezone=form.settings.timezone,
        about=about,
        means={"screen": _("Read on the screen")},
        moment=lambda text, timezone: words.moment(datetime.fromisoformat(text), timezone),
    )


@blueprint.get("/form/<form_id>/responses/<key>/contact")
@coordinators_only
def contact(form_id: str, key: str) -> str:
    """How to reach the person, kept and shown apart from the answers."""
    document = _document(read_or_404(form_id), key)
    form = version_of(document)
    found = stores().contacts(form_id).find(id=document["id"])
    if found is None:
        raise NotFound
    record(Action.SEE_CONTACT, form_id, document["id"])
    return render_template(
        "coordinate/contact.html",
        form_id=form_id,
        key=key,
        title=words.form_text(form.title, languages.current().tag, form_id),
        sections=sections(reviewed(form, document["answers"], found[1]["contact"]), contact=True),
    )


def _document(reading: Reading, key: str) -> Document:
    document = reading.responses.get(key)
    if document is None:
        abort(404)
    if hidden_of(reading.form.id)(document):
        abort(403)
    return document


def version_of(document: Document) -> Form:
    """The version of the form that was answered, as it was then."""
    return catalogue().get(document["form"], document["version"]).form


def reviewed(form: Form, *parts: Document) -> tuple[Reviewed, ...]:
    """What was answered, in the order of the form."""
    # Nothing is drawn anew: an answered interview only reads its answers.
    here = Circumstances(now(), languages.current().tag, Random(0))
    return Interview.of_response(form, here, *parts).review()


def sections(review: tuple[Reviewed, ...], contact: bool) -> Sections:
    """The answers under the headings of their parts: contact data, or all but those."""
    shown = [one for one in review if (one.question.data_class is DataClass.CONTACT) is contact]
    return [(section, list(rows)) for section, rows in groupby(shown, lambda one: one.section)]
