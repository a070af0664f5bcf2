"""The respondent's way: open forms, one topic a page, check, send, receipt."""

from __future__ import annotations

from flask import Blueprint, Flask

blueprint = Blueprint("respond", __name__)


def init_app(app: Flask) -> None:
    """Register the respondent's pages, and what their templates use."""
    from app.respond import about, check, media, outcomes, own, pages, receipt, save, start, words

    assert all((about, check, media, own, pages, receipt, save, start)), "they add their views"
    words.init_app(app)
    outcomes.init_app(app)
    app.register_blueprint(blueprint)
