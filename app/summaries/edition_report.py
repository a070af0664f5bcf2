"""Protected tables → one edition of a report: a value that is shown as a page and as a PDF.

``edition_report`` accepts protected tables only, so that mypy refuses anything else; and it
refuses tables that were protected for another edition than the one it is to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app import languages
from app.questionnaire.model import Form
from app.questionnaire.texts import Rendered
from app.summaries import about, functioning, words
from app.summaries.actions import Action
from app.summaries.charts import makers, panels_of
from app.summaries.easy import Easy, easy
from app.summaries.editions import Audience, Edition
from app.summaries.indicators import Summary, said
from app.summaries.labels import Labels
from app.summaries.offers import Offered
from app.summaries.panels import Leaf
from app.summaries.report import Section
from app.summaries.showing import Maker, Showing
from app.summaries.tables import Hidden, ProtectedCell, ProtectedTable


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the answers of a report come from, in words of its language."""

    period: str
    versions: tuple[str, ...]
    subject: str = ""
    """What it is about besides the form: the title of one activity."""
    rate: str = ""
    """How many of those who were there answered."""
    contacts: tuple[tuple[str, str], ...] = ()
    """Purpose and contact, as the network has them."""


@dataclass(frozen=True, slots=True)
class EditionReport:
    """One edition in one language."""

    language: str
    title: Rendered
    audience: Audience
    edition: str
    """Who it is for, as it stands on every page."""
    generated: str
    origin: Origin
    caution: str
    easy: Easy
    chapters: tuple[Leaf, ...]
    actions: tuple[Action, ...]
    notes: tuple[str, ...]
    annex: tuple[Section, ...] = ()
    """Every question of the form; in the internal edition only."""


def edition_report(
    form: Form,
    summary: Summary,
    edition: Edition,
    tables: Mapping[str, ProtectedTable],
    people: ProtectedTable,
    *,
    language: str,
    now: datetime,
    origin: Origin,
    actions: Sequence[Action] = (),
    offered: Offered | None = None,
    annex: Sequence[Section] = (),
) -> EditionReport:
    """Put ``tables`` into words. ``people`` is the table of everybody, for their number.

    Needs an application context.

    Raises:
        ValueError: a table was protected for another edition, or the annex would leave the desk.
    """
    _check(edition, [*tables.values(), people], annex, summary.persons)
    with languages.speaking(language):
        showing = Showing(summary, edition, tables, Labels(form, summary, language))
        made = makers(offered)
        chapters = tuple(_chapters(showing, made))
        return EditionReport(
            language=language,
            title=words.form_text(form.title, language, form.id),
            audience=edition.audience,
            edition=named(edition.audience),
            generated=words.moment(now, form.settings.timezone),
            origin=origin,
            caution=about.caution() if summary.persons else "",
            easy=easy(showing, people.total),
            chapters=chapters,
            actions=tuple(actions),
            notes=tuple(_notes(showing, people.total, origin)),
            annex=tuple(annex),
        )


def named(audience: Audience) -> str:
    """What an edition is called."""
    return {
        Audience.INTERNAL: _("Internal – not for distribution"),
        Audience.NETWORK: _("For members of the network"),
        Audience.PUBLIC: _("For everybody"),
    }[audience]


def _check(
    edition: Edition, tables: Sequence[ProtectedTable], annex: Sequence[Section], persons: bool
) -> None:
    if persons and any(table.edition != edition for table in tables):
        raise ValueError("a table was protected for another edition")
    if annex and edition.audience is not Audience.INTERNAL:
        raise ValueError("the questions one by one are for the internal edition only")


def _chapters(showing: Showing, made: Mapping[str, Maker]) -> Iterator[Leaf]:
    for chapter in showing.summary.chapters:
        panels = tuple(
            panel
            for indicator in chapter.indicators
            for panel in panels_of(showing, indicator, made)
        )
        if panels:
            yield Leaf(chapter.id, said(chapter.title, showing.labels.language), panels)


def _notes(showing: Showing, people: ProtectedCell, origin: Origin) -> Iterator[str]:
    """How the report came about, how to read it, and how to take one's own answers back."""
    if showing.summary.persons:
        yield about.caution()
        yield from _protection(showing)
    if "wg" in showing.summary.attributes:
        yield from functioning.how_to_read()
    yield _("Answers that people took back are left out.")
    if origin.versions:
        yield _("Versions of the form: %(versions)s.", versions=words.listed(origin.versions))
    if showing.summary.persons:
        yield _(
            "You can see, correct or take back your own answers with your answer code, on the page"
            " where you answered. Printed summaries cannot be recalled, but they do not say who you"
            " are."
        )
    if isinstance(people, Hidden):
        yield _("There are still too few answers to show.")


def _protection(showing: Showing) -> Iterator[str]:
    """Which rules were used, and how much they hid."""
    edition = showing.edition
    if edition.audience is Audience.INTERNAL:
        yield _(
            "This edition is for internal use only. Small numbers can show who answered what. Do"
            " not pass it on. Use an edition that protects people for that."
        )
        return
    yield _(
        "Numbers of fewer than %(k)s people are not shown, and further numbers are not shown where"
        " one could calculate the small ones from them.",
        k=words.number(edition.k),
    )
    if edition.rounding > 1:
        yield _(
            "Numbers of people are rounded to the nearest %(step)s, so they do not always add up.",
            step=words.number(edition.rounding),
        )
    yield _(
        "There is no percentage where fewer than %(base)s people answered.",
        base=words.number(edition.percentage_base),
    )
    hidden = sum(table.hidden() for table in showing.tables.values())
    yield ngettext(
        "%(count)s number of this report is not shown.",
        "%(count)s numbers of this report are not shown.",
        hidden,
        count=words.number(hidden),
    )
