"""What a block is made from: one column with its counts, and the labels of these counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.questionnaire.model import Form
from app.questionnaire.texts import Rendered
from app.summaries.plan import Column, Unit
from app.summaries.tables import Population, ProtectedCell, Table
from app.summaries.tally import Counts, Tally

Show = Callable[[Table], Sequence[ProtectedCell]]
"""What may be read of a one-way table, cell by cell."""

Finding = Callable[[Sequence[ProtectedCell]], str]
"""A sentence about a table, from what may be read of it."""

RESPONDENTS = Population("respondents")


@dataclass(frozen=True, slots=True)
class Subject:
    """One column of one unit, with all that its block is made from."""

    form: Form
    language: str
    column: Column
    unit: Unit
    tally: Tally
    known: bool
    """Whether it is known who was asked."""
    show: Show

    @property
    def id(self) -> str:
        return "question-" + self.column.key.replace("/", "-")

    @property
    def counts(self) -> Counts:
        return self.tally.values.get(self.column.key, {})

    @property
    def answered(self) -> int:
        return self.tally.answered.get(self.column.key, 0)

    @property
    def rows(self) -> int:
        return self.tally.rows.get(self.unit.key, 0)

    @property
    def entries(self) -> bool:
        return bool(self.unit.key)

    @property
    def population(self) -> Population:
        """Those who answered, within all."""
        every = Population(self.unit.key) if self.entries else RESPONDENTS
        return Population(self.column.key, within=every)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a builder gives: labels and counts by category, in the order of the table's rows."""

    labels: Mapping[str, Rendered]
    counts: Counts
    overlapping: bool = False
    finding: Finding | None = None
    """Makes a sentence that says more than which answer is the most frequent."""
    remarks: tuple[str, ...] = ()
    title: str = ""
    """Of a column that has no label of its own."""
    bases: tuple[str, ...] | None = None
    """Who is in the base and who is not, where it is not simply those who answered."""
