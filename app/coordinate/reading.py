"""One form with what was answered to it, as the coordinator's pages read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import abort

from app.coordinate.declarations import declaration
from app.published import Published
from app.publishing import catalogue
from app.questionnaire.model import Form
from app.responses.collection import Collection, Document
from app.safety.hidden import hidden_of
from app.stores import stores
from app.summaries.filters import Filters, keeps
from app.summaries.kept import tally_segments
from app.summaries.plan import Plan, plan_of
from app.summaries.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Reading:
    """A form's current version, and the responses to all its versions."""

    published: Published
    plan: Plan
    responses: Collection

    @property
    def form(self) -> Form:
        return self.published.form

    def tally(self, filters: Filters | None = None) -> Tally:
        """Counts of the responses that pass. Raises Unreadable."""
        if filters:
            return tally(self.plan, (document for _, document in self.each(filters)))
        kept = stores().folder / "tallies" / f"{self.form.id}.json"
        return tally_segments(self.plan, self.responses.segments(), kept)

    def each(self, filters: Filters) -> Iterator[tuple[str, Document]]:
        """Key and document of the responses that pass, the oldest first."""
        return self.responses.each(keeps(filters, self.plan) if filters else None)

    def shown(self, filters: Filters) -> Iterator[tuple[str, Document]]:
        """Those that others than the focal person for safety may read one by one."""
        hidden = hidden_of(self.form.id)
        return (pair for pair in self.each(filters) if not hidden(pair[1]))

    def today(self) -> date:
        """The day it is where the form is asked."""
        return datetime.now(ZoneInfo(self.form.settings.timezone)).date()


def read(form_id: str) -> Reading:
    """The form of this id. Raises KeyError when it was never published."""
    published = catalogue().get(form_id)
    return Reading(published, _plan(published.form), stores().responses(form_id))


def read_or_404(form_id: str) -> Reading:
    """The form of this id, or the page that says there is none."""
    try:
        return read(form_id)
    except KeyError:
        abort(404)


def now() -> datetime:
    """The moment of this request, in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=64)
def _plan(form: Form) -> Plan:
    return plan_of(form, summary=declaration(form))
