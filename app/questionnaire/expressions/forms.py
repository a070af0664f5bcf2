"""Functions that do not always evaluate every argument, or that need one as a path."""

from __future__ import annotations

from collections.abc import Callable

from app.questionnaire.expressions.conversions import Code, as_number, as_truth
from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.nodesets import indexed
from app.questionnaire.expressions.paths import absolute_ref
from app.questionnaire.expressions.tree import ANY, DESCENDANTS, Call, Path, Tree
from app.questionnaire.expressions.values import Kind, Value, display
from app.questionnaire.instance import Node

Compile = Callable[[Tree], Code]


def choose(call: Call, compile_tree: Compile) -> Code:
    """``if``: the second argument when the first is true, else the third, each of its own kind."""
    condition, then, otherwise = map(compile_tree, call.arguments)
    truth, yes, no = as_truth(condition), then.run, otherwise.run
    kind = then.kind if then.kind is otherwise.kind else Kind.ANY
    return Code(lambda scope: yes(scope) if truth(scope) else no(scope), kind)


def coalesce(call: Call, compile_tree: Compile) -> Code:
    """The first argument unless it is '' or no number, else the second."""
    first, second = (compile_tree(argument).run for argument in call.arguments)

    def run(scope: Scope) -> Value:
        value: Value = first(scope)
        return value if display(value) else second(scope)

    return Code(run, Kind.ANY)


def once(call: Call, compile_tree: Compile) -> Code:
    """What the current node already holds, else the argument."""
    calculated = compile_tree(call.arguments[0]).run

    def run(scope: Scope) -> Value:
        return scope.current.value or calculated(scope)

    return Code(run, Kind.ANY)


def indexed_repeat(call: Call, compile_tree: Compile) -> Code:
    """A question in the rows that are given for the repeats around it."""
    target, *rest = call.arguments
    path = named_path(target, call)
    groups = [named_path(group, call) for group in rest[::2]]
    rows = [as_number(compile_tree(row)) for row in rest[1::2]]

    def run(scope: Scope) -> list[Node]:
        ref = absolute_ref(path, scope.current.ref)
        wanted: dict[int, float] = {}
        for group, row in zip(groups, rows, strict=True):
            level = _level(absolute_ref(group, scope.current.ref), ref, call)
            wanted[level] = row(scope)
        return indexed(scope, ref.split("/")[1:], wanted)

    return Code(run, Kind.NODES)


def named_path(tree: Tree, call: Call) -> str:
    """The text of a path of names, ``.`` and ``..``; raises ExpressionError for another."""
    if isinstance(tree, Path) and tree.start in (None, Call("current", ())):
        names = [step.name for step in tree.steps]
        if ANY not in names and DESCENDANTS not in names:
            return str(tree)
    raise ExpressionError("not-a-path", call.position, name=call.name)


def _level(group: str, target: str, call: Call) -> int:
    """How deep a group lies, the root being 0."""
    if not target.startswith(f"{group}/"):
        raise ExpressionError("not-an-ancestor", call.position, name=call.name, path=group)
    return group.count("/") - 1


FORMS: dict[str, Callable[[Call, Compile], Code]] = {
    "if": choose,
    "coalesce": coalesce,
    "once": once,
    "indexed-repeat": indexed_repeat,
}
