"""Opening a form to respondents, and closing it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages, markup
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import read_or_404
from app.publishing import catalogue
from app.summaries import words


@blueprint.post("/form/<form_id>/open")
@coordinators_only
def set_open(form_id: str) -> Response:
    """Open the form, or close it; whoever has begun may finish."""
    form = read_or_404(form_id).form
    wanted = request.form.get("open") == "yes"
    catalogue().set_open(form_id, wanted)
    title = markup.plain(words.form_text(form.title, languages.current().tag, form_id).markup)
    if wanted:
        flash(_("“%(title)s” is open. People can answer now.", title=title))
    else:
        flash(_("“%(title)s” is closed. Whoever has begun can still finish.", title=title))
    return redirect(url_for("coordinate.dashboard", _anchor=f"form-{form_id}"))
