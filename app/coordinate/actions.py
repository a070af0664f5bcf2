"""What is to be done about the findings: the coordinator's own table in the report."""

from __future__ import annotations

from dataclasses import fields

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import read_or_404
from app.stores import stores
from app.summaries import words
from app.summaries.actions import LONGEST, Action, Actions

EMPTY = 2
"""Empty rows below those that are written."""
MOST = 40
COLUMNS = tuple(field.name for field in fields(Action))


@blueprint.route("/form/<form_id>/actions", methods=["GET", "POST"])
@coordinators_only
def recommended_actions(form_id: str) -> Response | str:
    """Write the table in the language of the page; each language has its own."""
    reading, tag = read_or_404(form_id), languages.current().tag
    kept = Actions(stores().folder / "actions", form_id)
    if request.method == "POST" and not languages.switch_pressed():
        kept.keep(tag, _typed())
        flash(_("The actions are kept. They stand in every edition in this language."))
        return redirect(url_for("coordinate.recommended_actions", form_id=form_id))
    written = _typed() if request.method == "POST" else list(kept.each(tag))
    empty = [Action(*("" for _column in COLUMNS))] * EMPTY
    return render_template(
        "coordinate/actions.html",
        form_id=form_id,
        title=words.form_text(reading.form.title, tag, form_id),
        actions=[*written, *empty],
        longest=LONGEST,
    )


def _typed() -> list[Action]:
    """The rows of this post that have anything in them."""
    rows = (
        Action(*(_cell(name, number) for name in COLUMNS))
        for number in range(MOST)
        if f"action-{number}" in request.form
    )
    return [row for row in rows if row]


def _cell(name: str, number: int) -> str:
    return " ".join(request.form.get(f"{name}-{number}", "").split())[:LONGEST]
