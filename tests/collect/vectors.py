"""Expressions evaluated here, and sent to the browser to be evaluated there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from babel import Locale

from app.questionnaire.expressions import (
    ExpressionError,
    Tree,
    Value,
    compile_expression,
    to_data,
    to_string,
)
from app.questionnaire.instance import Node
from tests.collect.javascript import Modules
from tests.expressions.conftest import LABELS, NOW, make_environment

TEXTS = {"greeting": "Selamat datang"}


@dataclass
class Case:
    """One expression at a node; ``language`` names months and days."""

    tree: Tree
    node: Node
    instances: dict[str, Node] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        nodes = list(self.node.root.walk())
        return {
            "tree": to_data(self.tree),
            "root": as_tree(self.node.root),
            "at": next(place for place, node in enumerate(nodes) if node is self.node),
            "relevant": [place for place, node in enumerate(nodes) if not node.relevant],
            "instances": {name: as_tree(root) for name, root in self.instances.items()},
            "labels": {f"{value} {ref}": label for (value, ref), label in LABELS.items()},
            "texts": TEXTS,
        }

    def here(self) -> list[Any] | None:
        """What Python makes of it; None when it never could be published."""
        try:
            compiled = compile_expression(self.tree)
        except ExpressionError:
            return None
        try:
            return encoded(compiled(self.node, make_environment(**self.instances)))
        except ExpressionError as error:
            return ["error", error.code]


def as_tree(node: Node) -> list[Any]:
    """The node as instance.js reads it."""
    inner = [as_tree(child) for child in node.children]
    return [node.name, inner or node.value, 1] if node.repeats else [node.name, inner or node.value]


def encoded(value: Value) -> list[Any]:
    """As scripts/evaluate.js encodes a value."""
    if isinstance(value, list):
        return ["nodes", [[node.ref, node.value] for node in value]]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, str):
        return ["string", value]
    return ["number", repr(value), to_string(value)]


def there(modules: Modules, cases: Iterable[Case]) -> list[list[Any]]:
    """What the browser makes of the cases."""
    found: list[list[Any]] = modules.run(
        "evaluate",
        {
            "now": NOW.timestamp() * 1000,
            "zone": str(NOW.tzinfo),
            "random": 7,
            "names": names("id"),
            "cases": [case.data() for case in cases],
        },
    )
    return found


def names(language: str) -> dict[str, list[str]]:
    locale = Locale.parse(language)
    months, days = locale.months["format"]["abbreviated"], locale.days["format"]["abbreviated"]
    return {"months": [months[n] for n in range(1, 13)], "days": [days[n] for n in range(7)]}


def agree(one: list[Any], other: list[Any]) -> bool:
    """The same; the last bit of a sine may differ, and so may the text of such a number."""
    if one[0] == other[0] == "error":
        return True
    if one[0] == other[0] == "number":
        a, b = float(one[1]), float(other[1].replace("Infinity", "inf"))
        return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return one == other
