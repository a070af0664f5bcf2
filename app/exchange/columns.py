"""How answers lie in rows and columns: one sheet of responses, and one for each repeat.

Contact data (class C) are in no column; what people wrote (class T) only when it is asked for.
Values are codes, so that they mean the same in every language, or labels in one language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from app import markup
from app.exchange.cells import Cell, Reader, moment, place_of, was_chosen
from app.questionnaire import layout
from app.questionnaire.model import Choice, DataClass, Form, Kind, Question, Text
from app.questionnaire.texts import render

Document = Mapping[str, Any]

ANSWERS, CODEBOOK, READ_FIRST = "answers", "codebook", "read first"
"""Names of the sheet with one row for each response, and of those that explain."""

LONGEST_NAME = 31
RESERVED = frozenset({CODEBOOK, READ_FIRST, "history"})
"""Names that a repeat's sheet cannot have; Excel keeps the last for itself."""

KEYS = ("_id", "_version", "_language", "_channel", "_activity", "_submitted")
"""What the sheet of responses begins with. ``_submitted`` is local time; the others are as stored.

Who collected a response and the hash of its receipt stay here: they are about people, and no
analysis needs them.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and the groups within a row in which its answer stands, in each version.

    ``choices`` may stand in it; ``choice`` is set in a column that says about one choice only
    whether it was chosen, or at which place.
    """

    header: str
    question: Question
    paths: tuple[layout.Path, ...]
    read: Callable[[Any], Cell]
    choices: tuple[Choice, ...] = ()
    choice: Choice | None = None

    def cell(self, answers: layout.Answers) -> Cell:
        """What stands in it for a row; None without an answer."""
        for path in self.paths:
            value = layout.inside(answers, path).get(self.question.name)
            if value is not None:
                return self.read(value)
        return None

    def also(self, older: Column) -> Column:
        """The same column, for what an older version of the form put there too."""
        paths = tuple(dict.fromkeys((*self.paths, *older.paths)))
        known = {choice.value for choice in self.choices}
        choices = (one for one in older.choices if one.value not in known)
        return replace(self, paths=paths, choices=(*self.choices, *choices))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of responses, or of the rows of one repeat."""

    name: str
    unit: layout.Unit
    timezone: ZoneInfo
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells rows apart: the response, and the number in each repeat."""
        return (KEYS[0], *(f"_{way[-1]}" for way in self.unit)) if self.unit else KEYS

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row of the sheet."""
        return (*self.keys, *(column.header for column in self.columns))

    def rows(self, document: Document) -> Iterator[list[Cell]]:
        """What one response puts into this sheet."""
        for numbers, answers in layout.rows(document.get("answers") or {}, self.unit):
            cells = (column.cell(answers) for column in self.columns)
            yield [*self._keys(document, numbers), *cells]

    def _keys(self, document: Document, numbers: tuple[int, ...]) -> Iterator[Cell]:
        if self.unit:
            yield str(document["id"])
            yield from numbers
            return
        for key in KEYS[:-1]:
            value = document.get(key[1:])
            yield str(value) if value else None
        yield moment(document["submitted"], self.timezone)


def sheets_of(
    form: Form, *, earlier: Iterable[Form] = (), free_text: bool = False, language: str = ""
) -> tuple[Sheet, ...]:
    """The sheet of responses, then one for each repeat, in the order of the form.

    What only ``earlier`` versions asked comes last in each sheet, so that no answer is lost. With
    ``language``, chosen answers stand in it in words instead of codes.
    """
    zone = ZoneInfo(form.settings.timezone)
    found: dict[layout.Unit, dict[str, Column]] = {(): {}}
    for version in (form, *earlier):
        for unit, column in _of_version(version, free_text, zone, language):
            columns = found.setdefault(unit, {})
            known = columns.get(column.header)
            columns[column.header] = known.also(column) if known else column
    titles = _names(unit[-1][-1] if unit else ANSWERS for unit in found)
    return tuple(
        Sheet(name, unit, zone, tuple(columns.values()))
        for name, (unit, columns) in zip(titles, found.items(), strict=True)
    )


def exported(question: Question, free_text: bool) -> bool:
    """Whether a question has a column; files, and what a device tells of itself, have none."""
    if question.data_class is DataClass.CONTACT or question.kind.uploads:
        return False
    if question.data_class is DataClass.FREE_TEXT or question.kind is Kind.TEXT:
        return free_text
    return question.kind not in (Kind.NOTE, Kind.METADATA)


def _of_version(
    form: Form, free_text: bool, zone: ZoneInfo, language: str
) -> Iterator[tuple[layout.Unit, Column]]:
    names = Counter(question.name for question in form.questions())
    for unit, path, question in layout.placed(form):
        if not exported(question, free_text):
            continue
        unique = names[question.name] == 1
        header = question.name if unique else question.ref.removeprefix(form.root.ref + "/")
        choices = form.lists.get(question.itemset.list_name, ()) if question.itemset else ()
        labels = {one.value: plain(one.label, language) for one in choices} if language else {}
        read = Reader(question.kind, zone, labels)
        yield unit, Column(header, question, (path,), read, choices)
        if question.kind in (Kind.SELECT_MULTIPLE, Kind.RANK):
            tell = place_of if question.kind is Kind.RANK else was_chosen
            for choice in choices:
                of_choice = partial(tell, choice.value)
                name = f"{header}/{choice.value}"
                yield unit, Column(name, question, (path,), of_choice, choice=choice)


def _names(wanted: Iterable[str]) -> Iterator[str]:
    """As Excel allows names of sheets: short, and each once whatever the case of its letters."""
    taken = set(RESERVED)
    for name in wanted:
        number, found = 1, name[:LONGEST_NAME]
        while found.lower() in taken:
            number += 1
            found = f"{name[: LONGEST_NAME - 4]}-{number}"
        taken.add(found.lower())
        yield found


def plain(text: Text | None, language: str) -> str:
    """A text of the form as words alone; an answer piped into it is only hinted at."""
    found = render(text, language, lambda _expression: "…")
    return markup.plain(found.markup) if found else ""
