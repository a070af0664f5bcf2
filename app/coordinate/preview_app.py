"""The respondent's own pages over one form that need not be published: the same code, no store.

A preview is a small application of its own, with a catalogue of one form and a folder of its own
to write in. So it cannot differ from what respondents meet, and cannot reach what they sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from app import (
    ROOT,
    TRANSLATIONS,
    activities,
    assets,
    display,
    errors,
    languages,
    respond,
    security,
    stores,
)
from app.published import Published, read_published
from app.questionnaire.model import Form
from app.respond.forms import needs_activity
from app.settings import Settings

ACTIVITY = "preview"
"""The activity that a form about one is previewed with."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A catalogue of one form, which is always open."""

    published: Published

    def get(self, form_id: str, version: str | None = None) -> Published:
        """The form. Raises KeyError for another one."""
        if form_id != self.published.form_id:
            raise KeyError(form_id)
        return self.published

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (self.published.form_id,)

    def is_open(self, form_id: str, today: date) -> bool:
        """Whether it is this form."""
        return form_id == self.published.form_id

    def open_forms(self, today: date) -> tuple[Published, ...]:
        """It."""
        return (self.published,)


@lru_cache(maxsize=4)
def preview_app(
    settings: Settings, version: Path, tried: Path, address: str, back: str, end: str
) -> Flask:
    """The application for the form in the folder ``version``.

    ``address`` is the path at which it is mounted, ``back`` leads out of it, ``end`` is where a
    person comes who would now send.
    """
    app = Flask("app", template_folder=str(ROOT / "templates"))
    # Another key, so that no cookie of a preview means anything elsewhere.
    key = sha256(f"preview {settings.secret_key}".encode()).hexdigest()
    inner = replace(settings, data=tried, store="", proxies=0, secret_key=key)
    app.secret_key = key
    app.extensions["settings"] = inner
    _init_parts(app, inner)
    app.config.update(
        SESSION_COOKIE_NAME="preview",
        SESSION_COOKIE_PATH=address,
        LANGUAGE_COOKIE="preview-language",
    )
    app.extensions["catalogue"] = Shelf(read_published(version))
    app.extensions["find_activity"] = _activity
    app.jinja_env.globals["preview"] = {"back": back}
    app.before_request(lambda: _instead_of_sending(end))
    return app


def activity_for(form: Form) -> str | None:
    """The activity that the first address of a preview must name, if the form is about one."""
    return ACTIVITY if needs_activity(form) else None


def _init_parts(app: Flask, settings: Settings) -> None:
    assets.init_app(app)
    languages.init_app(app, TRANSLATIONS, settings.language, settings.timezone)
    security.init_app(app, settings)
    errors.init_app(app)
    stores.init_app(app, settings)
    activities.init_app(app, settings)
    respond.init_app(app)
    display.init_app(app)


def _activity(activity_id: str) -> dict[str, str] | None:
    return {"activity_id": ACTIVITY, "activity_title": "…"} if activity_id == ACTIVITY else None


def _instead_of_sending(end: str) -> Response | None:
    sending = request.endpoint == "respond.submit" and not languages.switch_pressed()
    return redirect(end) if sending else None
