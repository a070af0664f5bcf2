"""Whether the installation works, for whoever watches it."""

from __future__ import annotations

import tempfile

from flask import Blueprint, Flask, current_app, jsonify
from werkzeug.wrappers import Response

from app.settings import Settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """``{"status": "ok"}`` while answers can be written down; else 503."""
    settings: Settings = current_app.extensions["settings"]
    try:
        with tempfile.TemporaryFile(dir=settings.data) as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as problem:
        return jsonify(status="the data folder cannot be written", reason=problem.strerror), 503
    return jsonify(status="ok"), 200


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)
