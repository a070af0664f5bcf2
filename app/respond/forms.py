"""The forms that respondents meet: those of the catalogue, and what their links fill in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import abort, current_app

from app.settings import Settings

if TYPE_CHECKING:
    from app.catalogue import Catalogue, Published

FindActivity = Callable[[str], "dict[str, str] | None"]
"""Activity id → values of its hidden questions (``activity_id``, ``activity_title``), or None."""


def catalogue() -> Catalogue:
    """The published forms of this installation."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def published(form_id: str, version: str | None = None) -> Published:
    """A published form, its newest version unless told; 404 when there is none."""
    try:
        return catalogue().get(form_id, version)
    except KeyError:
        abort(404)


def today() -> Any:
    """The date where the survey is held."""
    settings: Settings = current_app.extensions["settings"]
    return datetime.now(ZoneInfo(settings.timezone)).date()


def activity(activity_id: str) -> dict[str, str] | None:
    """What an activity's link fills in; None for an activity that nobody has set up."""
    find: FindActivity = current_app.extensions.get("find_activity", lambda _: None)
    return find(activity_id)


def needs_activity(form: Any) -> bool:
    """Whether a form is about one activity, so that only the activity's link opens it."""
    return form.question("activity_id") is not None
