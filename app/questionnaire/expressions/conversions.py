"""Compiled code that gives one kind of value → code that gives another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.values import (
    Kind,
    first_text,
    number_to_string,
    text_to_number,
    to_boolean,
    to_number,
    to_string,
)

Run = Callable[[Scope], Any]


class Code(NamedTuple):
    """A compiled tree and the kind of value that it gives.

    ``single`` is a short way to the text of a path outside repeats; it gives None when the path is
    not such a one in this instance.
    """

    run: Run
    kind: Kind
    single: Callable[[Scope], str | None] | None = None


def operand(code: Code) -> Run:
    """The value, by the short way where there is one."""
    run, single = code.run, code.single
    if single is None:
        return run

    def value(scope: Scope) -> Any:
        text = single(scope)
        return run(scope) if text is None else text

    return value


def as_text(code: Code) -> Run:
    run = code.run
    if code.kind is Kind.TEXT:
        return run
    if code.kind is Kind.NUMBER:
        return lambda scope: number_to_string(run(scope))
    if code.single is not None:
        return _single_text(code.single, run)
    return lambda scope: to_string(run(scope))


def _single_text(single: Callable[[Scope], str | None], run: Run) -> Run:
    def text(scope: Scope) -> str:
        found = single(scope)
        return first_text(run(scope)) if found is None else found

    return text


def as_number(code: Code) -> Run:
    if code.kind is Kind.NUMBER:
        return code.run
    if code.kind in (Kind.TEXT, Kind.NODES):
        text = as_text(code)
        return lambda scope: text_to_number(text(scope), scope.environment.timezone)
    run = code.run
    return lambda scope: to_number(run(scope), scope.environment.timezone)


def as_truth(code: Code) -> Run:
    run = code.run
    if code.kind is Kind.TRUTH:
        return run
    return lambda scope: to_boolean(run(scope))


def as_nodes(code: Code, name: str, position: int) -> Run:
    """Nodes for ``name``; raises :class:`ExpressionError` for what can never be nodes."""
    run = code.run
    if code.kind is Kind.NODES:
        return run
    if code.kind is not Kind.ANY:
        raise ExpressionError("not-nodes", position, name=name)

    def nodes(scope: Scope) -> Any:
        value = run(scope)
        if isinstance(value, list):
            return value
        raise ExpressionError("not-nodes", position, name=name)

    return nodes


def as_test(code: Code) -> Run:
    """What a predicate tests: a truth, or the number of a place."""
    if code.kind in (Kind.NUMBER, Kind.TRUTH, Kind.ANY):
        return code.run
    return as_truth(code)
