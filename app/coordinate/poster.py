"""A poster with the link of a form as a QR code and in large print: a tagged PDF, one language."""

from __future__ import annotations

import io

import segno
from flask import Response, abort, request
from flask_babel import gettext as _
from markupsafe import Markup

from app import languages
from app.activities import activities
from app.collect.addresses import full_address
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import read_or_404
from app.markup import plain
from app.respond.forms import needs_activity
from app.respond.start import minutes
from app.summaries import words
from app.summaries.pdf import printed


@blueprint.get("/form/<form_id>/poster-<language>.pdf")
@coordinators_only
def poster(form_id: str, language: str) -> Response:
    """The poster of a form, or of an activity's form."""
    form = read_or_404(form_id).form
    if language not in languages.available():
        abort(404)
    activity = activities().get(request.args.get("activity", "")) if needs_activity(form) else None
    about = {"activity": activity.id} if activity else {}
    title = words.form_text(form.title, language, form_id)
    link = full_address("respond.start", form_id=form_id, lang=language, **about)
    with languages.speaking(language):
        code = picture(link, _("QR code that opens the form"))
    content = printed(
        "poster.html",
        language,
        form_title=title,
        name=plain(title.markup),
        activity=activity,
        link=link,
        code=code,
        minutes=minutes(form),
    )
    reply = Response(content, mimetype="application/pdf")
    reply.headers.set("Content-Disposition", "inline", filename=f"poster-{form_id}-{language}.pdf")
    return reply


def picture(link: str, title: str) -> Markup:
    """A QR code as inline SVG, with the title that a screen reader says (PDF/UA needs one)."""
    out = io.BytesIO()
    # Level Q: a quarter may be torn, dirty or in the shade.
    segno.make_qr(link, error="q").save(
        out, kind="svg", border=4, title=title, omitsize=True, xmldecl=False, svgclass="qr"
    )
    return Markup(out.getvalue().decode())
