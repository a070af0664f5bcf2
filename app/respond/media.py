"""Pictures, sounds and films that belong to a form's labels and choices.

They are fetched only when a person opens them, and their size is told before (WCAG 2.2, 1.2 and
2.2.2; data are prepaid).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import abort, g, send_file
from werkzeug.wrappers import Response

from app import markup
from app.published import Published
from app.questionnaire.instance import Node
from app.questionnaire.interview import Interview, Rendered
from app.questionnaire.model import Text
from app.respond import blueprint, forms
from app.respond import unfinished as kept
from app.responses.sniffing import ENOUGH, sniff

FORMS = ("image", "audio", "video", "sign_video")
AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Medium:
    """One file that says more than a label. ``kilobytes`` is its size, ``words`` what it shows."""

    form: str
    name: str
    words: str
    language: str | None
    kilobytes: int


def media_of(interview: Interview, text: Text | None, node: Node) -> list[Medium]:
    """What there is to see and hear with a text, in the respondent's language if it is there."""
    if text is None or g.get("offline") or not set(text.versions).intersection(FORMS):
        return []
    published = forms.published(interview.form.id, interview.form.version)
    words = interview.text(text, node, "alt_text") or interview.text(text, node)
    files = ((form, interview.text(text, node, form)) for form in FORMS)
    found = (_medium(published, form, file, words) for form, file in files if file)
    return [medium for medium in found if medium is not None]


def _medium(
    published: Published, form: str, file: Rendered, words: Rendered | None
) -> Medium | None:
    path = published.file(file.markup)
    if path is None:
        return None
    said = markup.plain(words.markup) if words else ""
    kilobytes = max(1, round(path.stat().st_size / 1000))
    return Medium(form, path.name, said, words.language if words else None, kilobytes)


@blueprint.get("/f/<form_id>/media/<name>")
def media(form_id: str, name: str) -> Response:
    """One file of the version that the person answers; only what can be seen or heard."""
    path = forms.published(form_id, _version(form_id)).file(name)
    content = path.read_bytes() if path else b""
    found = sniff(content[:ENOUGH])
    if found is None or found.sorts.isdisjoint(("image", "audio", "video")):
        abort(404)
    reply = send_file(BytesIO(content), mimetype=found.media_type, conditional=True, etag=False)
    reply.headers["Cache-Control"] = f"private, max-age={AN_HOUR}"
    return reply


def _version(form_id: str) -> str | None:
    """That of an interview that was begun here, else the current one."""
    entry = kept.entry(form_id) or {}
    document = entry.get("here") or kept.read_draft(entry.get("code", ""))
    return document["version"] if document else None
