"""What was found in an upload; publishing it, or throwing it away."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages, markup
from app.coordinate import blueprint, coordinators_only
from app.coordinate.form_upload import uploads
from app.coordinate.form_waiting import Waiting
from app.coordinate.preview_app import activity_for
from app.coordinate.problem_words import tell
from app.coordinate.reading import now
from app.published import Published
from app.publishing import catalogue, network
from app.questionnaire.problems import Severity
from app.questionnaire.texts import Rendered
from app.questionnaire.xlsform_examine import examine
from app.stores import stores
from app.summaries import about, words


@dataclass(frozen=True, slots=True)
class Replaced:
    """What publishing replaces: title and current version, and how many have answered."""

    title: Rendered
    version: str
    responses: int


@blueprint.get("/forms/checked/<token>")
@coordinators_only
def checked_form(token: str) -> str:
    """Every problem of an upload; when none refuses it, what publishing it would mean."""
    waiting = waiting_or_404(token)
    return render_template(
        "coordinate/forms/checked.html",
        waiting=waiting,
        told={severity: tell(waiting.problems, severity) for severity in Severity},
        available=languages.available(),
        **(_description(waiting.published) if waiting.published else {}),
    )


def _description(published: Published) -> dict[str, object]:
    """What a form that can be published is, in the words of this request."""
    form = published.form
    return {
        "published": published,
        "title": title(published),
        "names": [about.language_name(tag) for tag in form.languages if tag],
        "questions": sum(question.kind.takes_answer for question in form.questions()),
        "replaces": replaced(published),
        "activity": activity_for(form),
    }


@blueprint.post("/forms/checked/<token>/publish")
@coordinators_only
def publish_form(token: str) -> Response:
    """Make the upload the current version of its form.

    It is converted again: the network's settings may say something else by now.
    """
    waiting = waiting_or_404(token)
    published = usable_or_404(waiting.published)
    original = published.original
    assert original is not None, "an upload that can be used is kept with its file"
    examined = examine(
        original.content, original.name, network(), published.files, languages.available()
    )
    if examined.converted is None:
        again = uploads().keep(examined, original, now())
        return redirect(url_for("coordinate.checked_form", token=again.token))
    made = catalogue().publish(examined.converted, now(), "upload", original)
    uploads().remove(token)
    flash(
        _(
            "“%(title)s” is published as version %(version)s.",
            title=markup.plain(title(made).markup),
            version=made.version,
        )
    )
    return redirect(url_for("coordinate.form_page", form_id=made.form_id))


@blueprint.post("/forms/checked/<token>/discard")
@coordinators_only
def discard_form(token: str) -> Response:
    """Throw an upload away."""
    uploads().remove(waiting_or_404(token).token)
    flash(_("The upload is deleted. Published forms are as they were."))
    return redirect(url_for("coordinate.all_forms"))


def waiting_or_404(token: str) -> Waiting:
    """An upload of whoever is signed in."""
    try:
        return uploads().get(token)
    except KeyError:
        abort(404)


def usable_or_404(published: Published | None) -> Published:
    """The form of an upload that nothing refuses."""
    if published is None:
        abort(404)
    return published


def title(published: Published) -> Rendered:
    """The title of a form in the language of this request, where it has one in it."""
    return words.form_text(published.form.title, languages.current().tag, published.form_id)


def replaced(published: Published) -> Replaced | None:
    """The form that has this id already."""
    try:
        current = catalogue().get(published.form_id)
    except KeyError:
        return None
    responses = stores().responses(published.form_id).count()
    return Replaced(title(current), current.version, responses)
