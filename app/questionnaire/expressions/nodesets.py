"""Functions of ODK XForms on sets of nodes."""

from __future__ import annotations

import math

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.paths import descend, document, relevant
from app.questionnaire.expressions.strings import whole
from app.questionnaire.expressions.values import answers
from app.questionnaire.instance import Node

_MODULUS = 2**31 - 1
_MULTIPLIER = 16807


def count(nodes: list[Node]) -> float:
    return float(len(nodes))


def count_non_empty(nodes: list[Node]) -> float:
    """How many nodes have an answer or hold others."""
    return float(sum(1 for node in nodes if node.value or node.children))


def position(scope: Scope, nodes: list[Node] | None = None) -> float:
    """The place of the node among its siblings of the same name; in a predicate, the place there.

    As in JavaRosa, 0 when there is no such node.
    """
    if nodes is None and scope.position:
        return float(scope.position)
    if nodes == []:
        return 0.0
    node = nodes[0] if nodes else scope.node
    scope.budget.spend(len(node.parent.children) if node.parent else 1)
    return float(node.position)


def instance(scope: Scope, name: str) -> list[Node]:
    """The document of a secondary instance: ``instance('x')/root/item``."""
    root = scope.environment.instances.get(name)
    if root is None:
        raise ExpressionError("unknown-instance", name=name)
    return [document(root)]


def current(scope: Scope) -> list[Node]:
    return relevant([scope.current])


def pulldata(scope: Scope, name: str, wanted: str, column: str, key: str) -> str:
    """``instance(name)/root/item[column=key]/wanted``, of the first item that has it."""
    root = scope.environment.instances.get(name)
    if root is None:
        raise ExpressionError("unknown-instance", name=name)
    scope.budget.spend(len(root.children))
    for item in root.children:
        if key in answers(item.named(column)):
            return next(iter(answers(item.named(wanted))), "")
    return ""


def randomize(scope: Scope, nodes: list[Node], seed: float | None = None) -> list[Node]:
    """Nodes in another order: the inside-out shuffle, with Park and Miller's numbers for a seed.

    The same seed gives the same order as ODK Collect and Enketo (ODK XForms, ``randomize``).
    """
    numbers = scope.environment.random.random if seed is None else ParkMiller(seed).random
    shuffled: list[Node] = []
    for place, node in enumerate(nodes):
        other = int(numbers() * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[other] = shuffled[other], node
    return shuffled


class ParkMiller:
    """The minimal standard generator of Park and Miller (1988)."""

    def __init__(self, seed: float) -> None:
        whole_seed = int(seed) if math.isfinite(seed) else 0
        self._state = int(math.fmod(whole_seed, _MODULUS))
        if self._state <= 0:
            self._state += _MODULUS - 1

    def random(self) -> float:
        """The next number, from 0 to below 1."""
        self._state = self._state * _MULTIPLIER % _MODULUS
        return (self._state - 1) / (_MODULUS - 1)


def indexed(scope: Scope, names: list[str], rows: dict[int, float]) -> list[Node]:
    """The nodes of a path of names: at each level the row wanted, else our own, else every row.

    ``rows`` maps a level of the path (the root is 0) to the row wanted there, from 1. As in
    JavaRosa a row below 1 is taken as the first.
    """
    own = scope.current.ancestors()
    found = own[:1] if own[0].name == names[0] else []
    for level, name in enumerate(names[1:], 1):
        found = descend(found, [name], scope)
        if level in rows:
            wanted = max(1, whole(rows[level]))
            found = found[wanted - 1 : wanted]
        elif level < len(own) and own[level] in found:
            found = [own[level]]
    return relevant(found)
