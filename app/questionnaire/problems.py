"""What can be wrong with a form definition, said so that its author can mend it.

A problem carries a code, its place in the spreadsheet and the values that its sentence needs; the
sentence itself stands in ``problem_sentences.py`` and is translated where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.questionnaire.problem_sentences import SENTENCES, Severity

__all__ = ["SENTENCES", "FormErrors", "Problem", "Severity", "located", "message", "problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a form definition.

    ``row`` is the row of the sheet as Excel numbers it, or the line of a YAML file. ``question`` is
    the name of a question or group. ``params`` fill the placeholders of the code's sentence.
    """

    code: str
    severity: Severity
    sheet: str = ""
    row: int | None = None
    column: str = ""
    question: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class FormErrors(ValueError):
    """A form definition cannot be used; ``problems`` holds all that is known to be wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(message(problem) for problem in self.problems))


def problem(
    code: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    question: str = "",
    **params: object,
) -> Problem:
    """A problem with the severity that belongs to its code. Raises KeyError for an unknown code."""
    severity, _ = SENTENCES[code]
    values = {name: str(value) for name, value in params.items()}
    return Problem(code, severity, sheet, row, column, question, values)


def located(found: Problem, **place: Any) -> Problem:
    """The same problem at another place, or with other ``params``."""
    return replace(found, **place)


def message(found: Problem) -> str:
    """The problem in English: its place, then what is wrong and what to do."""
    _, sentence = SENTENCES[found.code]
    place = _place(found)
    return f"{place}: {sentence % found.params}" if place else sentence % found.params


def _place(found: Problem) -> str:
    parts = [
        found.sheet,
        f"row {found.row}" if found.row else "",
        f"column {found.column}" if found.column else "",
        found.question,
    ]
    return ", ".join(part for part in parts if part)
