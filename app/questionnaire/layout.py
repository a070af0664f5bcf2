"""Where the value of each question lies in typed answers: in which rows, and in which groups.

Typed answers are nested as the form is (see ``answers.py``). A *unit* is what they have rows of:
the respondent, or one repeat. Stored answers may be of an older version of the form, so whatever
has another shape than expected is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.questionnaire.model import Form, Group, Question, Repeat

Answers = dict[str, Any]
Path = tuple[str, ...]
Unit = tuple[Path, ...]
"""The way to its rows: groups and a repeat, again for each repeat inside; () is respondents."""


class Placed(NamedTuple):
    """A question, the unit it is asked of, and the groups it stands in within a row of that."""

    unit: Unit
    path: Path
    question: Question


def placed(form: Form) -> Iterator[Placed]:
    """Every question of a form, in its order."""
    yield from _placed(form.root, (), ())


def _placed(group: Group | Repeat, unit: Unit, path: Path) -> Iterator[Placed]:
    for child in group.children:
        if isinstance(child, Question):
            yield Placed(unit, path, child)
        elif isinstance(child, Group):
            yield from _placed(child, unit, (*path, child.name))
        else:
            yield from _placed(child, (*unit, (*path, child.name)), ())


class Row(NamedTuple):
    """One row of a unit; ``numbers`` counts from 1 in each repeat on the way to it."""

    numbers: tuple[int, ...]
    answers: Answers


def rows(answers: Any, unit: Unit) -> Iterator[Row]:
    """Every row of a unit in one person's answers."""
    yield from _rows(answers, unit, ())


def _rows(answers: Any, unit: Unit, numbers: tuple[int, ...]) -> Iterator[Row]:
    if not isinstance(answers, dict):
        return
    if not unit:
        yield Row(numbers, answers)
        return
    (*groups, name), rest = unit[0], unit[1:]
    found = inside(answers, tuple(groups)).get(name)
    for number, row in enumerate(found if isinstance(found, list) else [], start=1):
        yield from _rows(row, rest, (*numbers, number))


def inside(answers: Answers, path: Path) -> Answers:
    """The answers in a group within a row; none where there is no such group."""
    found: Any = answers
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
