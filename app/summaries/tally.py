"""Responses → counts that add up.

A tally says how often each thing was answered in some responses, and nothing about who answered
what with what. The tally of two lots of responses is the sum of their tallies, so one is kept for
each sealed segment (see ``kept.py``) and a summary only adds numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.questionnaire import layout
from app.questionnaire.layout import Answers
from app.summaries.counting import cell_key
from app.summaries.filters import Document, local_day
from app.summaries.plan import Column, Plan, Unit

Counts = Mapping[str, int]

ABOUT = ("channel", "language", "version", "activity")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one lot of responses; every mapping leaves out what was counted zero times."""

    responses: int = 0
    about: Mapping[str, Counts] = field(default_factory=dict)
    """Responses by ``channel``, ``language``, ``version``, ``activity`` and local ``day``."""
    rows: Counts = field(default_factory=dict)
    """How many there are of each unit; respondents are ``""``."""
    answered: Counts = field(default_factory=dict)
    """In how many rows of its unit a column has an answer."""
    not_asked: Counts = field(default_factory=dict)
    """In how many rows a column was not relevant, as far as that is known (see ``asking.py``)."""
    values: Mapping[str, Counts] = field(default_factory=dict)
    """How often each value of a column was given; what a value is, ``plan.READERS`` says."""
    cells: Mapping[str, Counts] = field(default_factory=dict)
    """Cells of the declared tables (see ``counting.py``)."""

    def __add__(self, other: Tally) -> Tally:
        return total((self, other))

    def data(self) -> dict[str, Any]:
        """As JSON; ``Tally(**data)`` reads it again."""
        return {name: getattr(self, name) for name in self.__slots__}


def tally(plan: Plan, documents: Iterable[Document]) -> Tally:
    """Count response documents in one pass; nothing of them is kept in memory."""
    counting = _Counting(plan)
    for document in documents:
        counting.add(document)
    return counting.result()


def total(tallies: Iterable[Tally]) -> Tally:
    """The tally of all their responses together."""
    responses = 0
    flat = {name: Counter[str]() for name in ("rows", "answered", "not_asked")}
    deep: dict[str, dict[str, Counter[str]]] = {"about": {}, "values": {}, "cells": {}}
    for one in tallies:
        responses += one.responses
        for name, counter in flat.items():
            counter.update(getattr(one, name))
        for name, counters in deep.items():
            for key, counts in getattr(one, name).items():
                counters.setdefault(key, Counter()).update(counts)
    return Tally(
        responses,
        rows=dict(flat["rows"]),
        answered=dict(flat["answered"]),
        not_asked=dict(flat["not_asked"]),
        about={key: dict(counts) for key, counts in deep["about"].items()},
        values={key: dict(counts) for key, counts in deep["values"].items()},
        cells={key: dict(counts) for key, counts in deep["cells"].items()},
    )


class _Counting:
    """A tally in the making."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._keys = {column.question.ref: column.key for column in plan.columns()}
        self._responses = 0
        self._about = {name: Counter[str]() for name in (*ABOUT, "day")}
        self._rows: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._not_asked: Counter[str] = Counter()
        self._values = {column.key: Counter[str]() for column in plan.columns()}
        self._cells: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, document: Document) -> None:
        self._responses += 1
        for name in ABOUT:
            if document.get(name):
                self._about[name][str(document[name])] += 1
        self._about["day"][local_day(document, self._plan.timezone).isoformat()] += 1
        answers = document.get("answers") or {}
        for unit in self._plan.units:
            for row in layout.rows(answers, unit.way):
                self._add_row(unit, row.answers)
        for ref in self._plan.asking.not_asked(answers) & self._keys.keys():
            self._not_asked[self._keys[ref]] += 1
        if self._plan.counting is not None:
            for table, column, rows in self._plan.counting.cells(answers):
                cells = self._cells[table]
                for category in ("", *rows):
                    cells[cell_key(category, column)] += 1

    def _add_row(self, unit: Unit, row: Answers) -> None:
        self._rows[unit.key] += 1
        for path, columns in unit.parts:
            self._add_answers(layout.inside(row, path), columns)

    def _add_answers(self, found: Answers, columns: tuple[Column, ...]) -> None:
        for column in columns:
            value = found.get(column.name)
            if value is None or value == "" or value == []:
                continue
            self._answered[column.key] += 1
            counts = self._values[column.key]
            for key in column.values(value):
                counts[key] += 1

    def result(self) -> Tally:
        return Tally(
            self._responses,
            about={name: dict(counts) for name, counts in self._about.items() if counts},
            rows=dict(self._rows),
            answered=dict(self._answered),
            not_asked=dict(self._not_asked),
            values={key: dict(counts) for key, counts in self._values.items() if counts},
            cells={key: dict(counts) for key, counts in self._cells.items()},
        )
