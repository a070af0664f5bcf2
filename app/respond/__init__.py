"""The respondent's way: open forms, one topic a page, check, send, receipt."""

from __future__ import annotations

from flask import Blueprint, Flask

blueprint = Blueprint("respond", __name__)


def init_app(app: Flask) -> None:
    """Register the respondent's pages."""
    from app.respond import about, receipt, start  # noqa: F401

    app.register_blueprint(blueprint)
