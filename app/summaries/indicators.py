"""The indicators that a form declares: what is counted of whom, by what, in which order.

A declaration is data (``forms/<form>.summary.yaml``, see ``docs/summaries.md``). It expands to
*counts*: one for each table that is to be made, each with the people it is about, its rows and,
for a cross-table, the attribute that divides its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from app.summaries.editions import Audience

Words = Mapping[str, str]
"""One text by language tag."""

EVERYBODY = "respondents"
"""Key of the population of all respondents, as ``subjects.RESPONDENTS`` has it."""
EVERY_AUDIENCE = frozenset(Audience)
SMALLEST_AREA = 20
"""Areas with fewer answers are in no comparison of areas (data dictionary, A11)."""


@dataclass(frozen=True, slots=True)
class Variable:
    """What people are told apart by: rows of a table, or the columns that an attribute makes.

    Its categories come from the codes of ``questions`` (a person has several where these allow
    it), from one expression (``calculate``), or from one expression a category (``when``).
    """

    key: str
    questions: tuple[str, ...] = ()
    calculate: str = ""
    when: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    """The categories in their order."""
    pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Categories that stand for several codes; a person counts once in each."""
    without: frozenset[str] = frozenset()
    """Codes that are no answer: who gave no other one is not in the base."""
    unlisted: frozenset[str] = frozenset()
    """Codes that have no row, but are in the base."""
    otherwise: str = ""
    """The category of those who gave none of the codes; without it they are not in the base."""
    joins: Mapping[str, str] = field(default_factory=dict)
    """Category → the one that it becomes part of where it has too few people to be shown."""
    labels: Mapping[str, Words] = field(default_factory=dict)
    overlapping: bool = False
    pooled: bool = False
    """Whether small categories are shown as one (rule 6: kabupaten)."""
    attributes: frozenset[str] = frozenset()
    """The attributes of a person that it tells (rule 5)."""
    title: Words = field(default_factory=dict)
    about: tuple[tuple[str, str], ...] = ()
    """Pairs of a question that asks for an area, and one about the area that was chosen."""
    area: str = ""
    """With ``about``: answers about this area count, whichever pair they are from."""


@dataclass(frozen=True, slots=True)
class People:
    """Those in a table, by the population's ``key``: who meet ``base`` and gave an answer.

    ``base`` is an XForms expression, empty for everybody.
    """

    key: str
    within: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One table to be counted."""

    key: str
    people: People
    rows: Variable
    columns: Variable | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a battery: the same answers to several questions."""

    key: str
    title: Words
    rows: Variable
    people: People


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the data dictionary, with its words.

    Simple ones have ``rows``; a battery has ``items``, for each area of ``areas`` where people
    chose what they were asked about.
    """

    code: str
    title: Words
    people: People
    rows: Variable | None = None
    items: tuple[Item, ...] = ()
    areas: tuple[str, ...] = ()
    area_labels: Mapping[str, Words] = field(default_factory=dict)
    by: tuple[tuple[str, frozenset[Audience]], ...] = ()
    """Attributes that divide it, each with the audiences that see it."""
    audiences: frozenset[Audience] = EVERY_AUDIENCE
    alone: bool = True
    """Whether there is a table that is not divided."""
    focus: tuple[str, ...] = ()
    """Of a battery: the codes that groups are compared by."""
    chart: str = "bars"
    """bars, map (kabupaten), apkm, devices, urgency, offers: how the tables are shown."""
    order: str = "form"
    note: Words = field(default_factory=dict)
    easy: Words = field(default_factory=dict)
    """A finding for the easy-read page: ``{answer}`` and ``{of_ten}`` are filled in."""
    easy_rows: tuple[str, ...] = ()
    """Which row that is about; else the most frequent ones, as many as ``easy_top``."""
    easy_top: int = 1

    def counts(self, attributes: Mapping[str, Variable], audience: Audience) -> Iterator[Count]:
        """Every table of it that an audience may see."""
        if audience not in self.audiences:
            return
        columns = [attributes[key] for key, seen in self.by if audience in seen]
        for count in self._plain():
            if self.alone:
                yield count
            for column in columns:
                key = f"{count.key} by {column.key}"
                yield Count(key, count.people, count.rows, column)

    def _plain(self) -> Iterator[Count]:
        if self.rows is not None:
            yield Count(self.code, self.people, self.rows)
        for item in self.items:
            for area in self.areas:
                key = f"{item.people.key} {area}"
                people = replace(item.people, key=key)
                yield Count(key, people, replace(item.rows, area=area))
            if not self.areas:
                yield Count(item.people.key, item.people, item.rows)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Indicators that stand under one heading."""

    id: str
    title: Words
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is declared for one form. ``persons``: whether its responses are about people."""

    attributes: Mapping[str, Variable]
    chapters: tuple[Chapter, ...]
    persons: bool = True
    digest: str = ""
    """Equal for declarations that count the same."""

    def indicators(self) -> Iterator[Indicator]:
        return chain.from_iterable(chapter.indicators for chapter in self.chapters)

    def tables(self, audience: Audience) -> Iterator[Count]:
        """The tables for one audience."""
        for indicator in self.indicators():
            yield from indicator.counts(self.attributes, audience)

    def counts(self) -> list[Count]:
        """Everything to be counted: the attributes of all respondents, and every table."""
        found = {
            attribute_key(key): Count(attribute_key(key), People(EVERYBODY), variable)
            for key, variable in self.attributes.items()
        }
        for audience in Audience:
            found |= {count.key: count for count in self.tables(audience)}
        return list(found.values())


def attribute_key(attribute: str) -> str:
    """Under which name the respondents are counted by an attribute."""
    return f"all by {attribute}"


def said(words: Words, language: str) -> str:
    """A text in a language, or in the first that has it."""
    return words.get(language) or next(iter(words.values()), "")
