"""One person's answers → what they add to every declared table.

A table's cells are kept as counts under ``row<tab>column``; the base of a column stands under an
empty row. Such counts add up, so they are kept with the tallies of sealed segments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.questionnaire import layout
from app.questionnaire.answers import lexical_value
from app.questionnaire.expressions import (
    Environment,
    Value,
    compile_expression,
    parse,
    to_boolean,
    to_string,
)
from app.questionnaire.instance import Node
from app.questionnaire.model import Form
from app.summaries.indicators import Summary, Variable

MOST_REMEMBERED = 10_000
NAME = re.compile(r"\$\{([^}]+)\}")
_NOWHERE = Environment(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Random(0))

Flat = Mapping[str, Any]
"""Answers by the name of their question, those in repeats left out."""
Codes = tuple[str, ...]
Holds = Callable[[Flat], bool]
Read = Callable[[Flat], Codes | None]
"""The categories of a person, perhaps none that has a row; ``None``: not in the base."""


def cell_key(row: str, column: str = "") -> str:
    """Under which name a table's cell is kept; an empty row is the base of its column."""
    return f"{row}\t{column}"


class Counting:
    """The counts of one form's declaration, ready to be applied to answers.

    Raises:
        ExpressionError: an expression cannot be parsed.
        KeyError: an expression names a question that the form does not have outside of repeats.
    """

    def __init__(self, form: Form, summary: Summary) -> None:
        self._paths = {
            question.name: path for unit, path, question in layout.placed(form) if not unit
        }
        self._root = form.root.name
        self._rules: dict[str, _Rule] = {}
        self._reads: dict[tuple[str, str], Read] = {}
        self._named: set[str] = set()
        """The questions that are read."""
        counts = summary.counts()
        self._areas = {area for one in counts for area, _question in one.rows.about}
        self._tables: dict[str, dict[tuple[Holds | None, Read], list[tuple[str, Read]]]] = {}
        """By the area that they are about ("" for none), then by whom and what they count."""
        for count in counts:
            people = self._rule(count.people.base).holds if count.people.base else None
            columns = self._read(count.columns) if count.columns else _undivided
            alike = self._tables.setdefault(count.rows.area, {})
            alike.setdefault((people, self._read(count.rows)), []).append((count.key, columns))
        self._paths = {name: path for name, path in self._paths.items() if name in self._named}

    def cells(self, answers: layout.Answers) -> Iterator[tuple[str, str, Codes]]:
        """Each table that one person is counted in: its key, their column, their rows."""
        flat = {
            name: value
            for name, path in self._paths.items()
            if (value := layout.inside(answers, path).get(name)) not in (None, "", [])
        }
        columns_of: dict[Read, Codes | None] = {}
        for area in {"", *(str(flat[area]) for area in self._areas if area in flat)}:
            for (people, rows), tables in self._tables.get(area, {}).items():
                if people is not None and not people(flat):
                    continue
                if (found := rows(flat)) is None:
                    continue
                for key, columns in tables:
                    if columns not in columns_of:
                        columns_of[columns] = columns(flat)
                    if column := columns_of[columns]:
                        yield key, column[0], found

    def _read(self, variable: Variable) -> Read:
        key = variable.key, variable.area
        if key not in self._reads:
            self._reads[key] = self._reader(variable)
        return self._reads[key]

    def _reader(self, variable: Variable) -> Read:
        self._named.update(variable.questions, *variable.about)
        if variable.about:
            return _about_area(variable)
        if variable.when:
            rules = {code: self._rule(text) for code, text in variable.when.items()}
            return lambda flat: tuple(code for code, rule in rules.items() if rule.holds(flat))
        if variable.calculate:
            return _coded(variable, self._rule(variable.calculate).codes)
        return _coded(variable, lambda flat: _given(variable.questions, flat))

    def _rule(self, text: str) -> _Rule:
        if text not in self._rules:
            self._rules[text] = _Rule(text, self._root, self._paths)
            self._named.update(self._rules[text].needs)
        return self._rules[text]


def _undivided(flat: Flat) -> Codes:
    return ("",)


def _given(questions: Codes, flat: Flat) -> Codes:
    """All codes given to some questions, each once."""
    found: list[str] = []
    for name in questions:
        value = flat.get(name)
        if isinstance(value, list):
            found.extend(map(str, value))
        elif value is not None:
            found.append(str(value))
    return tuple(dict.fromkeys(found))


def _coded(variable: Variable, given: Callable[[Flat], Codes]) -> Read:
    remembered: dict[Codes, Codes | None] = {}

    def read(flat: Flat) -> Codes | None:
        codes = given(flat)
        if codes not in remembered:
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()
            remembered[codes] = _categories(variable, codes)
        return remembered[codes]

    return read


def _categories(variable: Variable, given: Codes) -> Codes | None:
    """The categories of somebody who gave these codes."""
    pools: dict[str, list[str]] = {}
    for pool, members in variable.pools.items():
        for member in members:
            pools.setdefault(member, []).append(pool)
    base = pools.keys() | variable.unlisted.union(variable.codes)
    answers = [code for code in given if code in base and code not in variable.without]
    if not answers:
        return (variable.otherwise,) if variable.otherwise else None
    found = {row: None for code in answers for row in (pools.get(code) or [code])}
    return tuple(row for row in found if row in variable.codes)


def _about_area(variable: Variable) -> Read:
    def read(flat: Flat) -> Codes | None:
        for area, question in variable.about:
            if flat.get(area) == variable.area and flat.get(question) in variable.codes:
                return (str(flat[question]),)
        return None

    return read


class _Rule:
    """An expression over answers; results are remembered for the answers that it reads."""

    def __init__(self, text: str, root: str, paths: Mapping[str, layout.Path]) -> None:
        self.needs = tuple(dict.fromkeys(NAME.findall(text)))
        self._paths = {name: paths[name] for name in self.needs}
        self._root = root
        self._evaluate = compile_expression(parse(NAME.sub(self._ref, text)))
        self._remembered: dict[Codes, Value] = {}

    def holds(self, flat: Flat) -> bool:
        """Whether it is true."""
        return to_boolean(self._value(flat))

    def codes(self, flat: Flat) -> Codes:
        """Its value as the only code; none when it is empty."""
        text = to_string(self._value(flat))
        return (text,) if text else ()

    def _ref(self, found: re.Match[str]) -> str:
        name = found.group(1)
        return "/" + "/".join((self._root, *self._paths[name], name))

    def _value(self, flat: Flat) -> Value:
        given = tuple(lexical_value(flat.get(name)) for name in self.needs)
        if given not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[given] = self._evaluate(self._node(given), _NOWHERE)
        return self._remembered[given]

    def _node(self, given: Codes) -> Node:
        tree: dict[str, Any] = {}
        for name, value in zip(self.needs, given, strict=True):
            inner = tree
            for group in self._paths[name]:
                inner = inner.setdefault(group, {})
            inner[name] = value
        return Node.from_data(self._root, tree)
