"""Text of an expression → syntax tree.

The grammar is that of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/#exprlex) without
what ODK XForms leaves out: attributes, variables, and axes other than child, parent and self.
Prefixes of element names are dropped, as an instance here has none.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.tree import (
    ANY,
    DESCENDANTS,
    PARENT,
    SELF,
    Call,
    Data,
    Filter,
    Literal,
    Operation,
    Path,
    Step,
    Tree,
    from_data,
    height,
    to_data,
)

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "Data", "Tree", "from_data", "parse", "to_data"]

MAX_LENGTH = 100_000
"""Characters. A cell of a spreadsheet holds 32,767, and ``${…}`` becomes a longer path."""

MAX_DEPTH = 120
"""Levels, a predicate counting as two: far above what people write, and low enough that nothing
that is done with a tree comes near Python's recursion limit."""

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>{_NAME}(?::{_NAME})?)
    | (?P<sign>!=|<=|>=|//|::|\.\.|[-+*/|=<>()\[\],.@$])
    """,
    re.VERBOSE,
)
_STRENGTH = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8,
}  # fmt: skip
_NEGATION = 7
_ASSOCIATIVE = frozenset({"or", "and", "+", "*", "|"})
_AXES = {"parent": PARENT, "self": SELF}
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse(text: str) -> Tree:
    """The syntax tree of an expression. Raises :class:`ExpressionError`, never anything else."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("too-long", limit=MAX_LENGTH)
    tokens = _tokens(text)
    if len(tokens) == 1:
        raise ExpressionError("empty")
    try:
        tree = _Parser(tokens).whole()
    except RecursionError:
        raise ExpressionError("too-deep", limit=MAX_DEPTH) from None
    if height(tree) > MAX_DEPTH:
        raise ExpressionError("too-deep", limit=MAX_DEPTH)
    return tree


def _tokens(text: str) -> list[_Token]:
    found = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text[position], position)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_Token(kind, match[0], position))
        position = match.end()
    found.append(_Token("end", "", len(text)))
    return found


def _unreadable(character: str, position: int) -> ExpressionError:
    if character in "\"'":
        return ExpressionError("unclosed-string", position)
    return ExpressionError("unexpected-character", position, found=character)


class _Parser:
    """Precedence climbing over the tokens of one expression."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._expression(0)
        if self._token.kind != "end":
            raise self._unexpected()
        return tree

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._token
        self._next += 1
        return token

    def _accept(self, sign: str) -> bool:
        if self._token.kind == "sign" and self._token.text == sign:
            self._next += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            raise self._unexpected()

    def _unexpected(self) -> ExpressionError:
        kind, text, position = self._token
        if kind == "end":
            return ExpressionError("unexpected-end", position)
        return ExpressionError("unexpected", position, found=text)

    def _expression(self, strength: int) -> Tree:
        """An operand and every operation on it that binds more strongly than ``strength``."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError("too-deep", self._token.position, limit=MAX_DEPTH)
        tree = self._negation() if self._at("-") else self._operand()
        while (bound := self._operator_strength()) > strength:
            tree = self._operation(tree, bound)
        self._depth -= 1
        return tree

    def _at(self, sign: str) -> bool:
        return self._token.kind == "sign" and self._token.text == sign

    def _operator_strength(self) -> int:
        kind, text, _ = self._token
        return _STRENGTH.get(text, 0) if kind in ("sign", "name") else 0

    def _operation(self, left: Tree, bound: int) -> Tree:
        """``left`` with the operator that comes next; a chain of one operator stays flat."""
        _, operator, position = self._take()
        operands = [left, self._expression(bound)]
        while operator in _ASSOCIATIVE and self._token.text == operator:
            self._take()
            operands.append(self._expression(bound))
        return Operation(operator, tuple(operands), position)

    def _negation(self) -> Tree:
        position = self._take().position
        return Operation("-", (self._expression(_NEGATION),), position)

    def _operand(self) -> Tree:
        kind, text, position = self._token
        if kind == "number":
            return self._number()
        if kind == "text":
            self._take()
            return Literal(text[1:-1])
        if self._accept("("):
            inner = self._expression(0)
            self._expect(")")
            return self._continued(inner, position)
        if kind == "name" and self._is_call():
            return self._continued(self._call(), position)
        if kind == "sign" and text == "$":
            raise ExpressionError("unsupported", position, found=text)
        return self._path()

    def _number(self) -> Tree:
        token = self._take()
        number = float(token.text)
        if math.isinf(number):
            raise ExpressionError("number-too-large", token.position)
        return Literal(number)

    def _is_call(self) -> bool:
        follows = self._tokens[self._next + 1]
        return follows.text == "(" and self._token.text not in _NODE_TYPES

    def _call(self) -> Tree:
        _, name, position = self._take()
        self._expect("(")
        arguments = []
        if not self._accept(")"):
            arguments.append(self._expression(0))
            while self._accept(","):
                arguments.append(self._expression(0))
            self._expect(")")
        return Call(name, tuple(arguments), position)

    def _continued(self, base: Tree, position: int) -> Tree:
        """``base`` with the predicates and steps that follow it."""
        predicates = self._predicates()
        tree = Filter(base, predicates, position) if predicates else base
        if not (self._at("/") or self._at("//")):
            return tree
        if isinstance(tree, Literal):
            raise self._unexpected()
        return Path(self._steps(), start=tree, position=position)

    def _path(self) -> Tree:
        position = self._token.position
        if self._accept("/"):
            first = (self._step(),) if self._starts_step() else ()
            return Path(first + self._steps() if first else (), absolute=True, position=position)
        if self._at("//"):
            return Path(self._steps(), absolute=True, position=position)
        return Path((self._step(), *self._steps()), position=position)

    def _starts_step(self) -> bool:
        kind, text, _ = self._token
        return kind == "name" or (kind == "sign" and text in (SELF, PARENT, ANY, "@"))

    def _steps(self) -> tuple[Step, ...]:
        """Steps that each come after a ``/`` or ``//``."""
        steps: list[Step] = []
        while self._at("/") or self._at("//"):
            _, sign, position = self._take()
            if sign == "//":
                steps.append(Step(DESCENDANTS, position=position))
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        if not self._starts_step():
            raise self._unexpected()
        kind, text, position = self._take()
        if kind == "name":
            return self._named_step(text, position)
        if text == ANY:
            return Step(ANY, self._predicates(), position)
        if text == "@":
            raise ExpressionError("unsupported", position, found=text)
        return Step(text, position=position)

    def _named_step(self, name: str, position: int) -> Step:
        if self._accept("::"):
            return self._step_on_axis(name, position)
        if self._at("("):
            return self._node_test(name, position)
        return Step(name.rpartition(":")[2], self._predicates(), position)

    def _step_on_axis(self, axis: str, position: int) -> Step:
        step = self._step()
        if axis == "child" and step.name not in (SELF, PARENT):
            return step
        if axis in _AXES and step == Step(ANY):
            return Step(_AXES[axis], position=position)
        raise ExpressionError("unsupported", position, found=f"{axis}::")

    def _node_test(self, name: str, position: int) -> Step:
        if name != "node":
            raise ExpressionError("unsupported", position, found=f"{name}()")
        self._expect("(")
        self._expect(")")
        return Step(ANY, self._predicates(), position)

    def _predicates(self) -> tuple[Tree, ...]:
        predicates = []
        while self._accept("["):
            predicates.append(self._expression(0))
            self._expect("]")
        return tuple(predicates)
