"""The open forms, and how a person begins with one or goes on with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Gone
from werkzeug.wrappers import Response

from app.activities import Activity, activities
from app.questionnaire.model import Form
from app.questionnaire.texts import Rendered
from app.respond import answering, blueprint, forms
from app.respond import unfinished as kept
from app.respond.words import form_title, plain

MOST_ACTIVITIES = 10
MINUTES_PER_QUESTION = 0.35
"""Our estimate from the longest form, which takes about 15 minutes; not all of it is asked."""


class Closed(Gone):
    """The form takes no new answers now. Whoever has begun may finish."""


class UnknownActivity(LookupError):
    """A link or QR code of an activity that nobody has set up."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A form in the list of open forms."""

    id: str
    title: Rendered
    minutes: int


@blueprint.get("/")
def home() -> str:
    """The forms that anybody can answer now."""
    listed = [p.form for p in forms.catalogue().open_forms(forms.today())]
    offered = [Offered(form.id, form_title(form), minutes(form)) for form in listed]
    return render_template("respond/home.html", offered=offered)


@blueprint.get("/f/<form_id>")
def start(form_id: str) -> str | tuple[str, int]:
    """What the form is, who sees the answers, how long it takes; begin or go on."""
    published = forms.published(form_id)
    going_on = kept.entry(form_id) is not None
    if not going_on:
        refuse_unless_open(form_id)
    about_one = forms.needs_activity(published.form)
    activity_id = request.args.get("activity", "") if about_one else ""
    begins = activity_id or not going_on
    values = activity_values(published.form, activity_id) if begins else {}
    return render_template(
        "respond/start.html",
        form=published.form,
        heading=plain(form_title(published.form)),
        heading_shown=form_title(published.form),
        minutes=minutes(published.form),
        activity_id=activity_id,
        activity=values.get("activity_title") if activity_id else None,
        activities=latest() if about_one and not activity_id else [],
        missing=forms.missing_settings(published),
        going_on=going_on,
    )


@blueprint.post("/f/<form_id>")
def begin(form_id: str) -> Response:
    """Begin; from here on the interview is kept."""
    refuse_unless_open(form_id)
    kept.expire_old()
    form = forms.published(form_id).form
    activity_id = request.form.get("activity", "")
    begun = answering.begin(form, activity_values(form, activity_id), activity_id)
    begun.keep()
    return go_on(form_id)


@blueprint.get("/f/<form_id>/continue")
def go_on(form_id: str) -> Response:
    """To the page where the person left off."""
    resumed = answering.resume(form_id)
    page = resumed.to_do()
    if page is None:
        return redirect(url_for("respond.check", form_id=form_id))
    return redirect(url_for("respond.page", form_id=form_id, page_id=page.id))


@blueprint.get("/f/<form_id>/ended")
def ended(form_id: str) -> Response | str:
    """Consent was not given: nothing is kept, and the person is thanked all the same."""
    resumed = answering.resume(form_id)
    if not resumed.interview.ended:
        return go_on(form_id)
    kept.delete(form_id)
    return render_template("respond/ended.html", form_id=form_id)


def refuse_unless_open(form_id: str) -> None:
    """404 for a form that there is not, ``Closed`` for one that takes no answers now."""
    forms.published(form_id)
    if not forms.catalogue().is_open(form_id, forms.today()):
        raise Closed


def activity_values(form: Form, activity_id: str) -> dict[str, str]:
    """What the activity's link fills in; without one the form is about activities in general.

    Raises:
        UnknownActivity: the link names an activity that there is not.
    """
    if not forms.needs_activity(form):
        return {}
    if not activity_id:
        return {"activity_id": "", "activity_title": _("a Rumah Inklusi activity")}
    values = forms.activity(activity_id)
    if values is None:
        raise UnknownActivity(activity_id)
    return values


def latest() -> list[Activity]:
    """The activities that somebody without a link may mean."""
    return list(activities().each()[:MOST_ACTIVITIES])


def minutes(form: Form) -> int:
    """About how long it takes, in steps of five minutes."""
    questions = sum(question.kind.takes_answer for question in form.questions())
    return max(5, round(questions * MINUTES_PER_QUESTION / 5) * 5)
