"""The answers of one interview as plain data: raw while it goes on, typed once it is sent.

An instance node holds the XForms lexical value of its answer. ``raw`` keeps exactly that, for a
draft; ``typed`` makes it what a person with ordinary tools expects to find in a file: numbers,
lists of codes, lists of rows. Repeats are lists in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from app.questionnaire.instance import Node
from app.questionnaire.model import Element, Group, Kind, Question, Repeat

Data = dict[str, Any]

_GEOPOINT = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?){1,3}")


def raw(group: Group | Repeat, node: Node) -> Data:
    """Every answer below ``node`` as text, relevant or not; empty ones are left out."""
    return _collect(group, node, lambda question, leaf: leaf.value or None)


def typed(group: Group | Repeat, node: Node, wanted: Callable[[Question], bool]) -> Data:
    """The relevant answers to ``wanted`` questions below ``node``, as JSON values of their kind."""

    def value(question: Question, leaf: Node) -> Any:
        return typed_value(question, leaf.text) if wanted(question) else None

    return _collect(group, node, value)


def _collect(group: Group | Repeat, node: Node, value: Callable[[Question, Node], Any]) -> Data:
    data: Data = {}
    for child, nodes in matched(group, node):
        found: Any = None
        if isinstance(child, Repeat):
            found = [_collect(child, row, value) for row in nodes] or None
        elif nodes and isinstance(child, Question):
            found = value(child, nodes[0])
        elif nodes and isinstance(child, Group):
            found = _collect(child, nodes[0], value) or None
        if found is not None:
            data[child.name] = found
    return data


def holds_any(data: Any) -> bool:
    """Whether there is any answer in ``data``; the rows of a repeat are there even when empty."""
    if isinstance(data, dict):
        return any(holds_any(value) for value in data.values())
    return any(holds_any(row) for row in data) if isinstance(data, list) else True


def matched(group: Group | Repeat, node: Node) -> Iterator[tuple[Element, list[Node]]]:
    """Each child of ``group`` with its nodes below ``node``: one, or the rows of a repeat."""
    by_name: dict[str, list[Node]] = {}
    for inner in node.children:
        by_name.setdefault(inner.name, []).append(inner)
    for child in group.children:
        yield child, by_name.get(child.name, [])


def typed_value(question: Question, lexical: str) -> Any:
    """The JSON value of one answer, None when empty; text that does not fit its kind stays text."""
    if lexical == "":
        return None
    try:
        if question.kind is Kind.INTEGER:
            return int(lexical)
        if question.kind in (Kind.DECIMAL, Kind.RANGE):
            return float(lexical)
    except ValueError:
        return lexical
    if question.kind in (Kind.SELECT_MULTIPLE, Kind.RANK):
        return lexical.split()
    return lexical


def lexical_value(value: Any) -> str:
    """The XForms text of a JSON value: the inverse of ``typed_value``."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def fill(group: Group | Repeat, node: Node, data: Data) -> None:
    """Put raw or typed ``data`` into the instance below ``node``; unknown names are passed over."""
    for child, nodes in matched(group, node):
        value = data.get(child.name)
        if isinstance(child, Repeat):
            _fill_rows(child, node, nodes, value if isinstance(value, list) else [])
        elif isinstance(child, Group):
            if nodes and isinstance(value, dict):
                fill(child, nodes[0], value)
        elif nodes and value is not None and not isinstance(value, dict):
            nodes[0].value = lexical_value(value)


def _fill_rows(repeat: Repeat, node: Node, present: list[Node], rows: list[Any]) -> None:
    for number, row in enumerate(rows):
        target = present[number] if number < len(present) else add_row(repeat, node, False)
        if isinstance(row, dict):
            fill(repeat, target, row)


def build(element: Element, defaults: bool = True) -> Node:
    """An instance of ``element`` with its defaults, or empty; repeats begin without rows."""
    node = Node(element.name, _initial(element, defaults))
    if not isinstance(element, Question):
        _grow(element, node, defaults)
    return node


def _grow(group: Group | Repeat, node: Node, defaults: bool) -> None:
    # From the root down: a node that is put in its place empty is cheap to put there.
    single = [child for child in group.children if not isinstance(child, Repeat)]
    inner = [Node(child.name, _initial(child, defaults)) for child in single]
    node.adopt(inner, tuple(child.name for child in group.children))
    for child, below in zip(single, inner, strict=True):
        if isinstance(child, Group):
            _grow(child, below, defaults)


def _initial(element: Element, defaults: bool) -> str:
    return element.default if defaults and isinstance(element, Question) else ""


def add_row(repeat: Repeat, parent: Node, defaults: bool = True) -> Node:
    """A new row of ``repeat``, after its last row."""
    return parent.add_row(build(repeat, defaults))


def fits(kind: Kind, lexical: str) -> bool:
    """Whether ``lexical`` is a value of this kind, as the ODK XForms data types define it."""
    check = _CHECKS.get(kind)
    if check is None or lexical == "":
        return True
    try:
        return check(lexical)
    except ValueError:
        return False


def _whole(lexical: str) -> bool:
    return re.fullmatch(r"[+-]?\d{1,18}", lexical) is not None


def _decimal(lexical: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", lexical) is not None


_CHECKS: dict[Kind, Callable[[str], bool]] = {
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _decimal,
    Kind.RANGE: _decimal,
    Kind.DATE: lambda text: bool(date.fromisoformat(text)),
    Kind.TIME: lambda text: bool(time.fromisoformat(text)),
    Kind.DATETIME: lambda text: bool(datetime.fromisoformat(text)),
    Kind.GEOPOINT: lambda text: _GEOPOINT.fullmatch(text) is not None,
}


def leaves(group: Group | Repeat, node: Node) -> Iterator[tuple[Question, Node]]:
    """Every question below ``node`` with its node, row by row, in the order of the form."""
    for child, nodes in matched(group, node):
        for inner in nodes:
            if isinstance(child, Question):
                yield child, inner
            else:
                yield from leaves(child, inner)


def index(group: Group | Repeat, node: Node, found: dict[str, list[Node]]) -> None:
    """Add every node below ``node`` to ``found``, by its ref."""
    for child, nodes in matched(group, node):
        found.setdefault(child.ref, []).extend(nodes)
        if not isinstance(child, Question):
            for inner in nodes:
                index(child, inner, found)
