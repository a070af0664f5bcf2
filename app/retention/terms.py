"""How long the answers to a form, and the contact data given with them, are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from app.activities import activities
from app.catalogue import State
from app.publishing import catalogue
from app.responses.collection import Document
from app.responses.retention import is_due, submitted

MomentOf = Callable[[Document], datetime | None]


@dataclass(frozen=True, slots=True)
class Terms:
    """Days; None where nobody said anything, and so nothing is deleted.

    ``promised`` is what the form says, which its people read before they agreed. ``answers`` and
    ``contacts`` are what the coordinator set.
    """

    promised: int | None
    answers: int | None
    contacts: int | None

    @property
    def for_answers(self) -> int | None:
        """The shorter one: what people were promised holds whatever is set later.

        To keep answers longer takes a new version of the form that says so (UU PDP, 21).
        """
        return _shortest(self.promised, self.answers)

    @property
    def for_contacts(self) -> int | None:
        """Never longer than the answers they belong to."""
        return _shortest(self.for_answers, self.contacts)


def terms_of(form_id: str, version: str | None = None) -> Terms:
    """Those of a version of a form, of the current one unless told. Raises KeyError."""
    state: State = catalogue().state(form_id)
    promised = catalogue().get(form_id, version).form.settings.keep_days
    return Terms(promised, state.keep_days, state.contact_days)


def terms_by_version(form_id: str) -> Callable[[Document], Terms]:
    """Gives those of the version that was answered; of the current one if that is not there.

    Reads each version once, so make a new one for each run. Raises KeyError.
    """
    current = terms_of(form_id)
    known: dict[str | None, Terms] = {}

    def terms(document: Document) -> Terms:
        version = document.get("version")
        if version not in known:
            try:
                known[version] = terms_of(form_id, version)
            except KeyError:
                known[version] = current
        return known[version]

    return terms


def due(moment: datetime | None, days: int | None, now: datetime) -> bool:
    """Whether something has been kept long enough. What has no date is left for a person."""
    return moment is not None and days is not None and is_due(moment, days, now)


def counting_from() -> MomentOf:
    """From when a document's days count: the day of its activity, if that was still to come.

    Whoever registers two months ahead would otherwise be deleted before the activity.
    """
    days = {each.id: _end_of(each.date) for each in activities().each()}

    def moment(document: Document) -> datetime | None:
        sent, day = submitted(document), days.get(document.get("activity", ""))
        return max(sent, day) if sent and day else sent

    return moment


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def _shortest(*days: int | None) -> int | None:
    return min((each for each in days if each is not None), default=None)
