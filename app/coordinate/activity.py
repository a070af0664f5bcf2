"""What is known of one activity: where it was, who held it, how many came, for which agenda."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length, Optional, Regexp

from app import languages
from app.activities import activities
from app.coordinate import blueprint, coordinators_only

_SHORT = Length(max=100, message=lazy_gettext("Write at most 100 characters."))


class AboutActivityForm(FlaskForm):
    """Everything may be left open."""

    place = StringField(lazy_gettext("Place"), [_SHORT])
    kabkota = StringField(lazy_gettext("Regency or city"), [_SHORT])
    organiser = StringField(lazy_gettext("Organiser"), [_SHORT])
    attendance = StringField(
        lazy_gettext("How many people were there"),
        [
            Optional(),
            Regexp(r"\s*\d{1,5}\s*$", message=lazy_gettext("Write a whole number, such as 64.")),
        ],
        description=lazy_gettext("Leave it empty when nobody counted. Then there is no rate."),
    )
    agenda = StringField(lazy_gettext("Agenda"), [_SHORT])


@blueprint.route("/activities/<activity_id>", methods=["GET", "POST"])
@coordinators_only
def about_activity(activity_id: str) -> Response | str:
    """Say more about an activity."""
    activity = activities().get(activity_id)
    if activity is None:
        abort(404)
    known = {**asdict(activity), "attendance": activity.attendance or ""}
    form = AboutActivityForm(data=known)
    if not languages.switch_pressed() and form.validate_on_submit():
        given = {field.name: (field.data or "").strip() for field in form if field.name in _NAMES}
        counted = int(given.pop("attendance") or 0)
        activities().keep(replace(activity, **given, attendance=counted))
        flash(_("“%(title)s” is kept.", title=activity.title))
        return redirect(url_for("coordinate.all_activities"))
    return render_template("coordinate/activity.html", form=form, activity=activity)


_NAMES = ("place", "kabkota", "organiser", "attendance", "agenda")
