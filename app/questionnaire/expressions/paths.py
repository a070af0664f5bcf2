"""Paths at work: from where an expression stands to the nodes that it names.

Two rules are not XPath's. Nodes that are not relevant are left out of every result, as in JavaRosa
(``XPathPathExprEval``). And an absolute path inside a repeat stays in the row that it is in, as far
as it shares that row's path and has no predicate there (ODK XForms, "A Big Deviation with XForms"):
in ``/data/kid[2]/age``, ``/data/kid/name`` is the name of the second kid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.tree import ANY, DESCENDANTS, PARENT, SELF, Path, Step
from app.questionnaire.expressions.values import to_boolean
from app.questionnaire.instance import Node

Nodes = Callable[[Scope], list[Node]]
Test = Callable[[Scope], Any]
_Walk = Callable[[list[Node], Scope], list[Node]]
_NOT_NAMES = (ANY, DESCENDANTS, PARENT, SELF)


def absolute_ref(path: str, context: str) -> str:
    """The ref that a path of names, ``.`` and ``..`` leads to from a context ref."""
    path = path.strip().removeprefix("current()/")
    names = [] if path.startswith("/") else context.split("/")[1:]
    for name in path.split("/"):
        if name == PARENT:
            names = names[:-1]
        elif name not in ("", SELF):
            names.append(name)
    return "".join(f"/{name}" for name in names)


def plain_path(path: Path) -> Nodes:
    """An absolute path of names alone: outside repeats one lookup."""
    names = [step.name for step in path.steps]
    ref = str(path)

    def run(scope: Scope) -> list[Node]:
        node = scope.singles.get(ref)
        if node is None:
            return relevant(_in_own_row(names, scope))
        return [node] if node.is_relevant() else []

    return run


def short_way(path: Path) -> Callable[[Scope], str | None] | None:
    """What gives the text of a path that leads to one node, without collecting nodes.

    There is one for an absolute path of names, for ``.``, and for a child's name. It gives None
    when there is no such node after all, or more than one.
    """
    if path.plain and path.steps:
        return _single_text(str(path))
    if path.absolute or path.start is not None or len(path.steps) != 1 or path.steps[0].predicates:
        return None
    name = path.steps[0].name
    if name == SELF:
        return lambda scope: scope.node.text
    return None if name in _NOT_NAMES else _child_text(name)


def _single_text(ref: str) -> Callable[[Scope], str | None]:

    def run(scope: Scope) -> str | None:
        node = scope.singles.get(ref)
        return None if node is None else node.text

    return run


def _child_text(name: str) -> Callable[[Scope], str | None]:
    def run(scope: Scope) -> str | None:
        found = None
        for child in scope.node.children:
            if child.name == name:
                if found is not None:
                    return None
                found = child
        return None if found is None else found.text

    return run


def any_path(path: Path, start: Nodes | None, compile_test: Callable[[Any], Test]) -> Nodes:
    """A path of any sort; ``start`` gives the nodes that it starts from, if it has an expression.

    ``compile_test`` makes a predicate's tree into what tells whether a node is wanted.
    """
    leading = _leading_names(path)
    walks = [_walk(step, compile_test) for step in path.steps[len(leading) :]]
    everywhere = any(step.name == DESCENDANTS for step in path.steps)

    def run(scope: Scope) -> list[Node]:
        if start is not None:
            nodes = start(scope)
        elif path.absolute:
            nodes = _in_own_row(leading, scope) if leading else [document(scope.current.root)]
        else:
            nodes = [scope.node]
        for walk in walks:
            nodes = walk(nodes, scope)
        return relevant(_in_order(nodes, scope) if everywhere else nodes)

    return run


def relevant(nodes: list[Node]) -> list[Node]:
    """Those nodes that are relevant."""
    return [node for node in nodes if node.is_relevant()]


def document(root: Node) -> Node:
    """What ``/`` stands for: a nameless node that holds the root."""
    above = Node("")
    above.children.append(root)
    return above


def keep(nodes: list[Node], test: Test, scope: Scope) -> list[Node]:
    """The nodes for which a predicate holds; a number is the place of the one node wanted."""
    scope.budget.spend(len(nodes))
    kept = []
    for place, node in enumerate(nodes, 1):
        found = test(scope.inside(node, place))
        if found is True or (found is not False and _wanted(found, place)):
            kept.append(node)
    return kept


def union(sets: list[list[Node]], scope: Scope) -> list[Node]:
    """The nodes of several sets, each once, in document order."""
    scope.budget.spend(sum(map(len, sets)))
    return _in_order([node for nodes in sets for node in nodes], scope)


def descend(nodes: Sequence[Node], names: Sequence[str], scope: Scope) -> list[Node]:
    """From nodes down by names, to every row."""
    found = list(nodes)
    for name in names:
        scope.budget.spend(sum(len(node.children) for node in found))
        found = [child for node in found for child in node.children if child.name == name]
    return found


def _wanted(found: Any, place: int) -> bool:
    return found == place if isinstance(found, float) else to_boolean(found)


def _leading_names(path: Path) -> list[str]:
    names: list[str] = []
    for step in path.steps if path.absolute else ():
        if step.name in _NOT_NAMES or step.predicates:
            break
        names.append(step.name)
    return names


def _in_own_row(names: Sequence[str], scope: Scope) -> list[Node]:
    """An absolute path of names, along the current node's own rows as far as they agree."""
    own = scope.current.ancestors()
    shared = 0
    while shared < min(len(own), len(names)) and own[shared].name == names[shared]:
        shared += 1
    return descend([own[shared - 1]], names[shared:], scope) if shared else []


def _walk(step: Step, compile_test: Callable[[Any], Test]) -> _Walk:
    if step.name == SELF:
        return lambda nodes, scope: nodes
    if step.name == PARENT:
        return lambda nodes, scope: _parents(nodes)
    if step.name == DESCENDANTS:
        return _everything
    tests = [compile_test(predicate) for predicate in step.predicates]
    return _to_children(None if step.name == ANY else step.name, tests)


def _to_children(name: str | None, tests: list[Test]) -> _Walk:
    """To the children of a name (or all), predicates counting within each parent."""

    def walk(nodes: list[Node], scope: Scope) -> list[Node]:
        found = []
        for node in nodes:
            scope.budget.spend(len(node.children))
            rows = [child for child in node.children if name is None or child.name == name]
            for test in tests:
                rows = keep(rows, test, scope)
            found += rows
        return found

    return walk


def _parents(nodes: list[Node]) -> list[Node]:
    return list(dict.fromkeys(node.parent for node in nodes if node.parent is not None))


def _everything(nodes: list[Node], scope: Scope) -> list[Node]:
    found: dict[Node, None] = {}
    for node in nodes:
        for inner in node.walk():
            scope.budget.spend(1)
            found[inner] = None
    return list(found)


def _in_order(nodes: list[Node], scope: Scope) -> list[Node]:
    """Nodes in document order, each once, without the nameless one above a root."""
    wanted = {node for node in nodes if node.name}
    found = []
    for root in dict.fromkeys(node.root for node in nodes if node.name):
        for node in root.walk():
            scope.budget.spend(1)
            if node in wanted:
                found.append(node)
    return found
