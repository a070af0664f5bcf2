"""Responses → one edition of their report, with what was given out before in mind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app import languages
from app.activities import Activity
from app.coordinate.declarations import declaration
from app.coordinate.reading import Reading, now
from app.publishing import catalogue, network
from app.questionnaire.model import Form
from app.stores import stores
from app.summaries import about, offers, words
from app.summaries.actions import Actions
from app.summaries.crosstabs import crosstabs
from app.summaries.disclosure import protect
from app.summaries.edition_report import EditionReport, Origin, edition_report
from app.summaries.editions import INTERNAL, NETWORK, PUBLIC, Audience, Edition
from app.summaries.filters import Filters, keeps
from app.summaries.indicators import Summary
from app.summaries.issued import ALL, Issue, Issued, comparable, differing, shown_counts
from app.summaries.report import Section, summarise
from app.summaries.subjects import RESPONDENTS
from app.summaries.tables import Dimension, ProtectedTable, Shown, Table, one_way
from app.summaries.tally import Tally, tally

EDITIONS: dict[Audience, Edition] = {
    Audience.INTERNAL: INTERNAL,
    Audience.NETWORK: NETWORK,
    Audience.PUBLIC: PUBLIC,
}
OFFERS = "member-offer"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Made:
    """An edition's protected tables, with what has to be kept when it is given out."""

    reading: Reading
    summary: Summary
    edition: Edition
    tally: Tally
    tables: dict[str, ProtectedTable]
    issue: Issue
    activity: Activity | None = None

    def give_out(self) -> None:
        """Keep what is shown, so that the next edition can be compared."""
        if self.edition.audience is not Audience.INTERNAL and self.summary.persons:
            issued(self.reading.form.id).keep(self.issue)

    def report(self, language: str) -> EditionReport:
        """The edition in one language."""
        form, audience = self.reading.form, self.edition.audience
        tables = {key: table for key, table in self.tables.items() if key != PEOPLE}
        with languages.speaking(language):
            origin = self._origin(language)
        return edition_report(
            form,
            self.summary,
            self.edition,
            tables,
            self.tables[PEOPLE],
            language=language,
            now=now(),
            origin=origin,
            actions=Actions(stores().folder / "actions", form.id).each(language),
            offered=_offered(form, self.reading.today()),
            annex=self._annex(language) if audience is Audience.INTERNAL else (),
        )

    def _origin(self, language: str) -> Origin:
        said = self.tally
        return Origin(
            period=about.period(said, Filters()),
            versions=tuple(sorted(said.about.get("version", {}))),
            subject=self.activity.title if self.activity else "",
            rate=_rate(self.activity, self.tables[PEOPLE]),
            contacts=tuple(_contacts(language)),
        )

    def _annex(self, language: str) -> tuple[Section, ...]:
        reading = self.reading
        return summarise(
            reading.form, reading.plan, self.tally, language=language, now=now()
        ).sections


def make(reading: Reading, audience: Audience, activity: Activity | None = None) -> Made:
    """Count, protect and compare.

    Raises:
        TooSimilarError: too few people differ from an edition that was given out before.
        Unreadable: a segment is damaged.
    """
    summary = declaration(reading.form)
    edition = EDITIONS[audience] if summary.persons else INTERNAL
    filters = Filters(activities=frozenset({activity.id})) if activity else None
    found = _tally(reading, summary, filters)
    tables = [_people(found), *crosstabs(summary, found, edition).values()]
    scope = activity.id if activity else ALL
    earlier = comparable(issued(reading.form.id).each(audience), scope)
    hide = differing(tables, earlier, edition)
    protected = protect(tables, edition, also=hide)
    shown = shown_counts(tables, protected)
    issue = Issue(now().isoformat(timespec="seconds"), audience.value, scope, shown)
    by_key = {table.key: table for table in protected}
    return Made(reading, summary, edition, found, by_key, issue, activity)


def issued(form_id: str) -> Issued:
    """The editions of a form that were given out."""
    return Issued(stores().folder / "issued", form_id)


def _tally(reading: Reading, summary: Summary, filters: Filters | None) -> Tally:
    """Offers are counted while they are active; answers of people are counted once and kept."""
    if summary.persons or reading.form.id != OFFERS:
        return reading.tally(filters)
    today = reading.today()
    passing = keeps(filters, reading.plan) if filters else None
    documents = (document for _key, document in reading.responses.each(passing))
    active = (one for one in documents if offers.active(one.get("answers") or {}, today))
    return tally(reading.plan, active)


def _people(found: Tally) -> Table:
    """The table of everybody: how many they are."""
    everybody = Dimension(PEOPLE, ("all",))
    return one_way(PEOPLE, RESPONDENTS, everybody, (found.responses,))


def _offered(form: Form, today: date) -> offers.Offered | None:
    """What members offer, for a form that asks for needs in places; ``None`` for the others."""
    question = form.question("needs")
    place = form.question(form.settings.place) if form.settings.place else None
    if question is None or place is None or OFFERS not in catalogue().ids():
        return None
    needs, places = (_codes(catalogue().get(OFFERS).form, name) for name in ("m_needs", "m_area"))
    documents = (document for _key, document in stores().responses(OFFERS).each(None))
    left = tuple(code for code in places if code != offers.EVERYWHERE)
    return offers.offered(documents, today, needs, left)


def _codes(form: Form, name: str) -> tuple[str, ...]:
    question = form.question(name)
    if question is None or question.itemset is None:
        return ()
    return tuple(each.value for each in form.lists.get(question.itemset.list_name, ()))


def _rate(activity: Activity | None, people: ProtectedTable) -> str:
    """B01: how many of those who were there answered; nothing when that is not known."""
    attendance = activity.attendance if activity else 0
    if not attendance or not isinstance(people.total, Shown):
        return ""
    return _(
        "%(count)s of the %(attendance)s people who were there answered.",
        count=words.number(people.total.count),
        attendance=words.number(attendance),
    )


def _contacts(language: str) -> list[tuple[str, str]]:
    """Who answers for the data, and how to reach them."""
    return [
        (setting.label.get(language, setting.name), value)
        for setting in network().settings
        if setting.name in ("controller", "contact") and (value := setting.value.get(language))
    ]
