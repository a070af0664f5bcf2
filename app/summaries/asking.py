"""Who was asked what: a stored response leaves out what was not relevant and what was left blank.

To tell the two apart, ``relevant`` is evaluated again on the stored answers. An expression that
depends on the clock, on chance, on rows of a repeat or on contact data (which are kept elsewhere)
cannot be; whether what hangs on it was asked is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.questionnaire import layout
from app.questionnaire.answers import lexical_value
from app.questionnaire.expressions import (
    Environment,
    ExpressionError,
    compile_expression,
    references,
    to_boolean,
)
from app.questionnaire.expressions.tree import Call, walk
from app.questionnaire.instance import Node
from app.questionnaire.model import DataClass, Expression, Form, Group, Kind, Question

FROM_OUTSIDE = frozenset({"now", "today", "random", "uuid", "once", "randomize", "instance"})
MOST_REMEMBERED = 10_000

_NOWHERE = Environment(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), Random(0))
Condition = tuple[str, Expression]
"""A ``relevant``, with the ref of the element that has it."""


class Asking:
    """Which questions outside of repeats were not asked, given one person's stored answers."""

    def __init__(self, form: Form) -> None:
        questions = list(_conditions(form.root, ()))
        stored = {question.ref for question, _ in questions if _is_stored(question)}
        gates: dict[tuple[str, tuple[str, ...]], _Gate] = {}
        self.known: set[str] = set()
        """The refs of the questions for which this can be told."""
        for question, conditions in questions:
            if all(_can_be_told(condition, stored) for condition in conditions):
                self.known.add(question.ref)
                for condition in conditions:
                    new = _Gate(form.root.name, condition)
                    gate = gates.setdefault((condition[1].text, new.needs), new)
                    gate.behind.append(question.ref)
        self._gates = tuple(gates.values())

    def not_asked(self, answers: layout.Answers) -> set[str]:
        """The refs of the known questions that were not relevant."""
        return {ref for gate in self._gates if not gate.open(answers) for ref in gate.behind}


class _Gate:
    """A condition; its result is remembered for the answers that it depends on."""

    def __init__(self, root: str, condition: Condition) -> None:
        self._ref, expression = condition
        self._root = root
        self._evaluate = compile_expression(expression.tree)
        self.needs = tuple(sorted(references(expression.tree, self._ref)))
        self._paths = tuple(_below(ref) for ref in self.needs)
        self._remembered: dict[tuple[str, ...], bool] = {}
        self.behind: list[str] = []
        """The refs of the questions that are asked only when it is open."""

    def open(self, answers: layout.Answers) -> bool:
        values = tuple(_answer(answers, path) for path in self._paths)
        found = self._remembered.get(values)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[values] = self._open(values)
        return found

    def _open(self, values: tuple[str, ...]) -> bool:
        tree: dict[str, Any] = {}
        for path, value in (*zip(self._paths, values, strict=True), (_below(self._ref), "")):
            inner = tree
            for group in path[:-1]:
                inner = inner.setdefault(group, {})
            inner.setdefault(path[-1], value)
        node = Node.from_data(self._root, tree).find(self._ref)
        assert node is not None
        try:
            return to_boolean(self._evaluate(node, _NOWHERE))
        except ExpressionError:
            return True


def _conditions(
    group: Group, outer: tuple[Condition, ...]
) -> Iterator[tuple[Question, tuple[Condition, ...]]]:
    """Every question outside of repeats, with its own ``relevant`` and those it inherits."""
    for child in group.children:
        own = () if child.relevant is None else ((child.ref, child.relevant),)
        if isinstance(child, Question):
            yield child, outer + own
        elif isinstance(child, Group):
            yield from _conditions(child, outer + own)


def _is_stored(question: Question) -> bool:
    return question.kind is not Kind.NOTE and question.data_class is not DataClass.CONTACT


def _can_be_told(condition: Condition, stored: set[str]) -> bool:
    ref, expression = condition
    called = {tree.name for tree in walk(expression.tree) if isinstance(tree, Call)}
    return not called & FROM_OUTSIDE and references(expression.tree, ref) <= stored


def _below(ref: str) -> tuple[str, ...]:
    """The names on the way from the root of the form to ``ref``."""
    return tuple(ref.split("/")[2:])


def _answer(answers: layout.Answers, path: layout.Path) -> str:
    return lexical_value(layout.inside(answers, path[:-1]).get(path[-1]))
