"""Activities that people can register for and give their opinion about.

An activity's id stands in the link that its participants get; the forms that need one take its id
and title from there (DESIGN.md, “XLSForm here”).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from flask import Flask, current_app
from tinydb import TinyDB, where
from tinydb.table import Table

from app.responses import files
from app.responses.segments import SegmentStorage
from app.settings import Settings

EXTENSION = "activities"

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without characters that look alike: the id is read off posters."""
_SLUG = 40


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity; ``day`` is when it takes place, as an ISO date.

    ``attendance`` is how many people were there, as the organiser counted; 0 while that is not
    known. ``agenda`` is the network's agenda that it belongs to.
    """

    id: str
    title: str
    day: str
    place: str = ""
    kabkota: str = ""
    organiser: str = ""
    attendance: int = 0
    agenda: str = ""

    @property
    def date(self) -> date:
        """The day, as a date."""
        return date.fromisoformat(self.day)


class Activities:
    """The activities of one data folder, in a TinyDB file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files.sweep(folder)

    def add(self, title: str, day: date) -> Activity:
        """Set up an activity; its id begins with words of its title."""
        title = " ".join(title.split())
        activity = Activity(f"{_slug(title)}-{_suffix()}", title, day.isoformat())
        self.keep(activity)
        return activity

    def keep(self, activity: Activity) -> None:
        """Keep an activity, in the place of the one with its id."""
        files.make_folder(self._folder)
        with files.locked(self._folder):
            self._table().upsert(asdict(activity), where("id") == activity.id)

    def get(self, activity_id: str) -> Activity | None:
        """The activity with this id."""
        return next((each for each in self.each() if each.id == activity_id), None)

    def each(self) -> tuple[Activity, ...]:
        """Every activity, the latest first."""
        found = [Activity(**row) for row in self._table().all()]
        return tuple(sorted(found, key=lambda each: (each.day, each.id), reverse=True))

    def titles(self) -> dict[str, str]:
        """Title by id."""
        return {activity.id: activity.title for activity in self.each()}

    def _table(self) -> Table:
        return TinyDB(self._folder / "activities.json", storage=SegmentStorage).table("activities")


def init_app(app: Flask, settings: Settings) -> None:
    """Open the activities of the data folder, and let the respondent's pages find them."""
    found = Activities(settings.data / "activities")
    app.extensions[EXTENSION] = found
    app.extensions["find_activity"] = lambda activity_id: _prefill(found.get(activity_id))


def activities() -> Activities:
    """Those of the current application."""
    found: Activities = current_app.extensions[EXTENSION]
    return found


def _prefill(activity: Activity | None) -> dict[str, str] | None:
    if activity is None:
        return None
    return {"activity_id": activity.id, "activity_title": activity.title}


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:_SLUG].rstrip("-") or "activity"


def _suffix() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))
