"""Trying a form as respondents will see it; nothing that is written there is an answer."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from flask import Flask, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from app import languages
from app.coordinate import blueprint, coordinators_only
from app.coordinate.form_checked import title, usable_or_404, waiting_or_404
from app.coordinate.form_downloads import version_or_404
from app.coordinate.form_upload import uploads
from app.coordinate.preview_app import preview_app
from app.published import Published
from app.security import csrf
from app.settings import Settings

METHODS = ["GET", "POST"]


@csrf.exempt  # the previewed pages check a token of their own
@blueprint.route("/forms/checked/<token>/preview/", defaults={"path": ""}, methods=METHODS)
@blueprint.route("/forms/checked/<token>/preview/<path:path>", methods=METHODS)
@coordinators_only
def preview_upload(token: str, path: str) -> Response:
    """A page of an upload that is not published."""
    waiting = waiting_or_404(token)
    published = usable_or_404(waiting.published)
    address = url_for("coordinate.preview_upload", token=token)
    back = url_for("coordinate.checked_form", token=token)
    end = url_for("coordinate.preview_upload_end", token=token)
    return _inside(_app(published, waiting.tried, address, back, end), address, path)


@csrf.exempt
@blueprint.route("/form/<form_id>/version/<key>/preview/", defaults={"path": ""}, methods=METHODS)
@blueprint.route("/form/<form_id>/version/<key>/preview/<path:path>", methods=METHODS)
@coordinators_only
def preview_version(form_id: str, key: str, path: str) -> Response:
    """A page of a published version, the current or an old one."""
    published = version_or_404(form_id, key)
    address = url_for("coordinate.preview_version", form_id=form_id, key=key)
    back = url_for("coordinate.form_page", form_id=form_id)
    end = url_for("coordinate.preview_version_end", form_id=form_id, key=key)
    tried = uploads().try_out(published)
    return _inside(_app(published, tried, address, back, end), address, path)


@blueprint.get("/forms/checked/<token>/preview-end")
@coordinators_only
def preview_upload_end(token: str) -> str:
    """What would now be sent is not."""
    published = usable_or_404(waiting_or_404(token).published)
    return render_template(
        "coordinate/forms/preview_end.html",
        title=title(published),
        back=url_for("coordinate.checked_form", token=token),
        token=token,
    )


@blueprint.get("/form/<form_id>/version/<key>/preview-end")
@coordinators_only
def preview_version_end(form_id: str, key: str) -> str:
    """What would now be sent is not."""
    return render_template(
        "coordinate/forms/preview_end.html",
        title=title(version_or_404(form_id, key)),
        back=url_for("coordinate.form_page", form_id=form_id),
    )


def _app(published: Published, tried: Path, address: str, back: str, end: str) -> Flask:
    settings: Settings = current_app.extensions["settings"]
    return preview_app(settings, published.folder, tried, address, back, end)


def _inside(app: Flask, address: str, path: str) -> Response:
    """Hand the request on, with the application mounted at ``address``."""
    languages.not_ours()
    body = request.get_data()
    environ = {
        **request.environ,
        "SCRIPT_NAME": address.rstrip("/"),
        "PATH_INFO": f"/{path}",
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
    }
    for name in [name for name in environ if name.startswith(("werkzeug.", "flask."))]:
        del environ[name]
    return Response.from_app(app, environ, buffered=True)
