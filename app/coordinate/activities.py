"""Activities: setting them up, and the links that their participants get."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app import languages, publishing
from app.activities import activities
from app.collect.addresses import full_address
from app.coordinate import blueprint, coordinators_only
from app.coordinate.filters import DayField
from app.questionnaire.texts import Rendered
from app.respond.forms import needs_activity
from app.summaries import words


class ActivityForm(FlaskForm):
    """A new activity."""

    title = StringField(
        lazy_gettext("Name of the activity"),
        [
            DataRequired(lazy_gettext("Write the name of the activity.")),
            Length(max=100, message=lazy_gettext("Write at most 100 characters.")),
        ],
        description=lazy_gettext("As participants know it. It is shown to them in the form."),
    )
    day = DayField(
        lazy_gettext("Day of the activity"),
        [InputRequired(lazy_gettext("Write the day of the activity."))],
        description=lazy_gettext("For example 17 August 2026"),
    )


@blueprint.route("/activities", methods=["GET", "POST"])
@coordinators_only
def all_activities() -> Response | str:
    """List the activities with their links, and set up a new one."""
    form = ActivityForm()
    if not languages.switch_pressed() and form.validate_on_submit():
        made = activities().add(form.title.data or "", cast(date, form.day.data))
        flash(_("“%(title)s” is set up. Its links are below.", title=made.title))
        return redirect(url_for("coordinate.all_activities"))
    return render_template(
        "coordinate/activities.html",
        form=form,
        activities=activities().each(),
        forms=_forms_about_activities(),
        full_address=full_address,
        available=languages.available(),
    )


def _forms_about_activities() -> list[tuple[str, Rendered]]:
    """Id and title of every form that is opened from an activity's link."""
    catalogue, tag = publishing.catalogue(), languages.current().tag
    forms = (catalogue.get(form_id).form for form_id in catalogue.ids())
    return [
        (form.id, words.form_text(form.title, tag, form.id))
        for form in forms
        if needs_activity(form)
    ]
