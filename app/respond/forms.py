"""The forms that respondents meet: those of the catalogue, and what their links fill in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, current_app

from app import languages, publishing
from app.catalogue import Published
from app.publishing import catalogue
from app.questionnaire.model import Form
from app.settings import Settings

__all__ = ["activity", "catalogue", "missing_settings", "needs_activity", "published", "today"]

FindActivity = Callable[[str], "dict[str, str] | None"]
"""Activity id → values of its hidden questions (``activity_id``, ``activity_title``), or None."""


def published(form_id: str, version: str | None = None) -> Published:
    """A published form, its newest version unless told; 404 when there is none."""
    try:
        return catalogue().get(form_id, version)
    except KeyError:
        abort(404)


def today() -> date:
    """The date where the survey is held."""
    settings: Settings = current_app.extensions["settings"]
    return datetime.now(ZoneInfo(settings.timezone)).date()


def activity(activity_id: str) -> dict[str, str] | None:
    """What an activity's link fills in; None for an activity that nobody has set up."""
    find: FindActivity = current_app.extensions["find_activity"]
    return find(activity_id)


def missing_settings(form: Published) -> list[str]:
    """What the network has not said yet and this form needs, as the coordinator is asked for it."""
    tag = languages.current().tag
    labels = {each.name: each.label for each in publishing.network().settings}
    return [labels.get(name, {}).get(tag, name) for name in form.missing_settings]


def needs_activity(form: Form) -> bool:
    """Whether a form is about an activity, which a link names."""
    return form.question("activity_id") is not None
