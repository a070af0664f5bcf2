"""The offline app: its shell, its code, the worker that keeps both, and the forms taken along."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Reply

from app import languages
from app.accounts import Role, signed_in
from app.activities import activities
from app.collect import blueprint
from app.collect.beginning import WHO, BeginForm, known
from app.collect.bundle import bundle, month_names, reading
from app.collect.keys import private_key, public_point
from app.questionnaire.model import Kind, Question
from app.questionnaire.review import Reviewed
from app.questionnaire.texts import Rendered
from app.respond import forms
from app.respond.forms import needs_activity
from app.respond.start import minutes
from app.stores import stores

YEAR = 365 * 24 * 3600
STATIC = Path(__file__).parent.parent / "static"
TEMPLATES = Path(__file__).parent.parent.parent / "templates"
SENTINEL = 987_654_321
_DOC = re.compile(r"^\s*/\*\*.*?\*/\n", re.DOTALL | re.MULTILINE)
VIEWS = ("lists", "pin", "unlock", "begin", "check", "done", "ended", "compare", "pieces")


# -- what the worker keeps: nothing of it is about a person


@lru_cache
def version() -> str:
    """Changes with any file that the worker keeps: a new one is a new version of the app."""
    digest = sha256()
    for folder, pattern in ((STATIC, "**/*"), (TEMPLATES, "**/*.html")):
        for path in sorted(folder.glob(pattern)):
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:12]


def modules() -> list[str]:
    """The JavaScript of the app; the worker's own is fetched by the browser itself."""
    return sorted(path.name for path in (STATIC / "collect").glob("*.js"))


@blueprint.get("/app")
def app_start() -> Reply:
    """In the language of the request."""
    return redirect(url_for("collect.app_shell", tag=languages.current().tag))


@blueprint.get("/app/<tag>")
def app_shell(tag: str) -> Response:
    """The empty app in one language; without JavaScript it says what to do instead."""
    if tag not in languages.available():
        abort(404)
    languages.use(tag)
    return Response(render_template("collect/app.html", version=version(), modules=modules()))


@blueprint.get("/app/<tag>/views.json")
def views(tag: str) -> Response:
    """What the app shows besides the pages of forms, and its sentences."""
    if tag not in languages.available():
        abort(404)
    with reading(tag):
        return _kept(jsonify(_views(tag)))


@blueprint.get("/code/<code>/<path:name>")
def code(code: str, name: str) -> Response:
    """A module, below the version that imports it by a relative name."""
    if code != version() or name not in modules():
        abort(404)
    source = (STATIC / "collect" / name).read_text()
    return _kept(Response(without_comments(source), mimetype="text/javascript"))


def without_comments(source: str) -> str:
    """A module without its comments and indentation: a fifth less to download on 2G.

    Ours stand on lines of their own, and no text of ours goes over several lines.
    """
    lines = (line.strip() for line in _DOC.sub("", source).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// "))


@blueprint.get("/worker.js")
def worker() -> Response:
    """The service worker of this version."""
    tags = list(languages.available())
    kept = [url_for("collect.app_shell", tag=tag) for tag in tags]
    kept += [url_for("collect.views", tag=tag) for tag in tags]
    kept += [url_for("collect.code", code=version(), name=name) for name in modules()]
    kept += [
        url_for("static", filename=f) for f in ("suara.css", "collect/collect.css", "icon.svg")
    ]
    start = url_for("collect.app_shell", tag=tags[0])
    body = render_template("collect/worker.js", version=version(), kept=kept, start=start)
    return Response(body, mimetype="text/javascript")


@blueprint.get("/app/<tag>/manifest.webmanifest")
def manifest(tag: str) -> Response:
    """So that the app can be put on the home screen."""
    start = url_for("collect.app_shell", tag=tag)
    icon = {"src": url_for("static", filename="icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    said = {"name": "Suara Inklusi", "short_name": "Suara", "lang": tag, "start_url": start}
    said |= {"scope": url_for("collect.home"), "display": "standalone", "id": "suara-collect"}
    reply = jsonify(
        {**said, "background_color": "#fbfaf6", "theme_color": "#0b4f55", "icons": [icon]}
    )
    reply.mimetype = "application/manifest+json"
    return reply


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _views(tag: str) -> dict[str, Any]:
    begin = BeginForm(True, None, meta={"csrf": False})
    return {
        "views": {
            name: render_template(f"collect/views/{name}.html", form=begin, sections=_sample())
            for name in VIEWS
        },
        "sentences": _sentences(),
        "names": month_names(tag),
    }


def _sample() -> list[tuple[Rendered, list[Reviewed]]]:
    """One answer under one heading: the phone repeats it."""
    question = Question("/data/sample", Kind.TEXT)
    words = Rendered("", "sample")
    return [(words, [Reviewed(words, "sample", question, words, "sample", ())])]


def _sentences() -> dict[str, Any]:
    one, many = (
        [ngettext(single, plural, n) for n in (1, SENTINEL)]
        for single, plural in (
            (
                "%(num)d interview is waiting to be sent.",
                "%(num)d interviews are waiting to be sent.",
            ),
            ("%(num)d answer needs attention:", "%(num)d answers need attention:"),
        )
    )
    return {
        "waiting": one,
        "attention": many,
        "number": SENTINEL,
        "nothing_waiting": _("Nothing is waiting to be sent."),
        "error_title": _("Error: %(title)s", title="{title}"),
        "more_here": _("Because of your answer there is something more on this page."),
        "removed": _("Removed."),
        "not_answered": _("Not answered"),
        "yes": _("Yes"),
        "optional": _("(optional)"),
        "no_choice": _("There is nothing to choose here."),
        "sending": _("Sending."),
        "all_sent": _("Everything has been sent."),
        "no_network": _("There is no network now. Nothing is lost: it is sent later."),
        "sign_in": _("To send, sign in again. Nothing is lost."),
        "refused": _("The server could not take an interview. Open it to see why."),
        "taken_along": _("The forms are on this phone."),
        "not_taken": _("The forms could not be taken along. Try again with a network."),
        "saved": _("Saved on this phone."),
        "wrong_pin": _("This is not the PIN of this phone. Try again."),
        "short_pin": _("Choose a PIN of at least 6 digits."),
        "almost_full": _(
            "This phone is almost full. Send what is waiting, or make room, before you begin."
        ),
        "not_kept": _("This could not be saved on the phone. Make room, then try again."),
        "may_vanish": _(
            "The browser did not promise to keep what is saved. Put this app on the home screen."
        ),
        "wiped": _("Everything of this app has been deleted from this phone."),
        "sure_wipe": _("Answers that were not sent are lost. Delete everything from this phone?"),
        "sure_delete": _("Delete this interview from the phone?"),
        "general": _("Activities in general"),
        "no_storage": _(
            "This browser cannot keep interviews. You can still collect while there is a network."
        ),
    }


# -- what is taken along, for the signed-in facilitator


@blueprint.get("/forms.json")
def taken() -> Response | tuple[Response, int]:
    """Who collects, the server's public key, the open forms and the activities."""
    account = signed_in()
    if account is None or account.role is not Role.FACILITATOR:
        return jsonify(error="sign-in"), 401
    # Else the phone forgets who is signed in when its browser is restarted.
    session.permanent = True
    offered = forms.catalogue().open_forms(forms.today())
    return jsonify(
        app=version(),
        account={"id": account.id, "name": account.name, "code": account.code},
        key=public_point(private_key(stores().folder / "collect")),
        activities=[{"id": each.id, "title": each.title} for each in activities().each()],
        forms=[
            {
                "id": published.form_id,
                "version": published.version,
                "minutes": minutes(published.form),
                "needsActivity": needs_activity(published.form),
                "known": {who: known(published.form, who, account.code) for who in WHO},
                "address": url_for(
                    "collect.taken_form", form_id=published.form_id, version=published.version
                ),
            }
            for published in offered
        ],
    )


@blueprint.get("/forms/<form_id>/<path:version>.json")
def taken_form(form_id: str, version: str) -> Response | tuple[Response, int]:
    """One version of a form with all its pages."""
    account = signed_in()
    if account is None or account.role is not Role.FACILITATOR:
        return jsonify(error="sign-in"), 401
    return Response(bundle(forms.published(form_id, version)), mimetype="application/json")
