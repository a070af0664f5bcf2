"""A form and its tally → a report: one value, shown as a page and as a PDF.

A report holds finished sentences and numbers in one language; templates only arrange them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app import languages
from app.questionnaire.model import Element, Form, Group, Kind, Question, Repeat, Text
from app.questionnaire.texts import Rendered
from app.summaries import about, functioning, words
from app.summaries.blocks import Block, as_counted, block_of
from app.summaries.filters import NO_FILTERS, Filters
from app.summaries.plan import Plan
from app.summaries.subjects import Subject
from app.summaries.tally import Tally


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together under one heading."""

    id: str
    title: Rendered
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be seen first, and what it is a number of."""

    number: str
    caption: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole summary; all its words are in ``language`` except where a text says otherwise."""

    language: str
    title: Rendered
    edition: str
    """Who it is for, as it stands on every page."""
    period: str
    filters: tuple[str, ...]
    generated: str
    responses: int
    figures: tuple[Figure, ...]
    caution: str
    """That nobody may take these numbers for those of the whole population."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...]


def summarise(
    form: Form,
    plan: Plan,
    tally: Tally,
    *,
    language: str,
    now: datetime,
    filters: Filters = NO_FILTERS,
    activities: Mapping[str, str] | None = None,
) -> Report:
    """The internal edition: every question, nothing hidden, not for distribution.

    ``tally`` counts what ``filters`` let through; ``activities`` has the titles of activities by
    id. Needs an application context.

    Raises:
        ValueError: there is no interface language ``language``.
    """
    with languages.speaking(language):
        return Report(
            language=language,
            title=words.form_text(form.title, language, form.id),
            edition=_("Internal – not for distribution"),
            period=about.period(tally, filters),
            filters=tuple(about.filters(form, filters, language, activities or {})),
            generated=words.moment(now, form.settings.timezone),
            responses=tally.responses,
            figures=tuple(_figures(plan, tally)),
            caution=about.caution(),
            sections=tuple(_sections(form, plan, tally, language)),
            notes=tuple(about.notes(plan, tally)),
        )


def _figures(plan: Plan, tally: Tally) -> Iterator[Figure]:
    yield Figure(words.number(tally.responses), _("answers"))
    if plan.place:
        places = tally.values.get("/".join(plan.place), {})
        yield Figure(words.number(len(places)), _("places where people live"))
    if helped := about.helped(tally):
        share = words.percent(helped / tally.responses)
        yield Figure(share, _("answered with or through somebody"))
    if (share_with := functioning.share_with(plan, tally)) is not None:
        yield Figure(words.percent(share_with), _("with a lot of difficulty in some activity"))


def _sections(form: Form, plan: Plan, tally: Tally, language: str) -> Iterator[Section]:
    """Where the answers come from, then the form's own outermost groups."""
    if not tally.responses:
        return
    first = tuple(about.blocks(tally, language, as_counted))
    yield Section("about", Rendered(language, _("About these answers")), first)
    subjects = {
        column.question.ref: Subject(
            form,
            language,
            column,
            unit,
            tally,
            column.question.ref in plan.asking.known,
            as_counted,
        )
        for unit in plan.units
        for column in unit.columns()
    }
    for heading, found in _grouped(form, subjects):
        title = words.form_text(heading, language) if heading else Rendered(None, "")
        blocks = tuple(map(block_of, found))
        shown = title if title.markup else Rendered(language, _("Questions"))
        yield Section(f"section-{blocks[0].id}", shown, blocks)


def _grouped(
    form: Form, subjects: Mapping[str, Subject]
) -> Iterator[tuple[Text | None, list[Subject]]]:
    """The outermost groups with what is in them. A lone calculate belongs to the one before it."""
    heading: Text | None = None
    found: list[Subject] = []
    for element in _parts(form.root, subjects):
        new = heading if _is_calculate(element) else _heading(element)
        if found and new != heading:
            yield heading, found
            found = []
        heading = new
        found.extend(_within(element, subjects))
    if found:
        yield heading, found


def _parts(group: Group | Repeat, subjects: Mapping[str, Subject]) -> tuple[Element, ...]:
    """The outermost elements with something to show, looking into a lone group."""
    shown = tuple(child for child in group.children if any(_within(child, subjects)))
    if len(shown) == 1 and isinstance(shown[0], Group):
        return _parts(shown[0], subjects) or shown
    return shown


def _is_calculate(element: Element) -> bool:
    return isinstance(element, Question) and element.kind is Kind.CALCULATE


def _heading(element: Element) -> Text | None:
    """A group's own heading; questions that stand outside of groups share one."""
    return None if isinstance(element, Question) else element.label


def _within(element: Element, subjects: Mapping[str, Subject]) -> Iterator[Subject]:
    if isinstance(element, Question):
        if element.ref in subjects:
            yield subjects[element.ref]
        return
    for child in element.children:
        yield from _within(child, subjects)
