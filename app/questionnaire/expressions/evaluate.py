"""Syntax tree → closures: an expression is compiled once and run often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.questionnaire.expressions.conversions import (
    Code,
    Run,
    as_nodes,
    as_number,
    as_test,
    as_text,
    as_truth,
)
from app.questionnaire.expressions.environment import Environment, Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.forms import FORMS
from app.questionnaire.expressions.functions import FUNCTIONS, Function
from app.questionnaire.expressions.operations import operation
from app.questionnaire.expressions.paths import any_path, keep, plain_path, short_way
from app.questionnaire.expressions.syntax import MAX_DEPTH
from app.questionnaire.expressions.tree import Call, Filter, Literal, Operation, Path, Tree
from app.questionnaire.expressions.values import Kind, Value
from app.questionnaire.instance import Node

Compiled = Callable[[Node, Environment], Value]

_CURRENT = Call("current", ())


def compile_expression(tree: Tree) -> Compiled:
    """What evaluates an expression at a node of an instance.

    Raises :class:`ExpressionError` when the expression can never work (an unknown function, a wrong
    number of arguments); what it returns raises nothing else either.
    """
    try:
        run = _compile(tree).run
    except RecursionError:
        raise ExpressionError("too-deep", limit=MAX_DEPTH) from None

    def evaluated(node: Node, environment: Environment) -> Value:
        try:
            value: Value = run(Scope.at(node, environment))
        except RecursionError:
            raise ExpressionError("too-deep", limit=MAX_DEPTH) from None
        return value

    return evaluated


def evaluate(tree: Tree, node: Node, environment: Environment) -> Value:
    """Compile and evaluate once. To evaluate often, keep what :func:`compile_expression` gives."""
    return compile_expression(tree)(node, environment)


def _compile(tree: Tree) -> Code:
    match tree:
        case Literal(value=value):
            return Code(lambda scope: value, Kind.TEXT if isinstance(value, str) else Kind.NUMBER)
        case Operation(operator=operator, operands=operands):
            return operation(operator, [_compile(inner) for inner in operands], tree.position)
        case Call():
            return _call(tree)
        case Filter():
            return _filter(tree)
        case Path():
            return _path(tree)


def _filter(tree: Filter) -> Code:
    base = as_nodes(_compile(tree.base), "[", tree.position)
    tests = [_test(predicate) for predicate in tree.predicates]

    def run(scope: Scope) -> list[Node]:
        nodes: list[Node] = base(scope)
        for test in tests:
            nodes = keep(nodes, test, scope)
        return nodes

    return Code(run, Kind.NODES)


def _test(tree: Tree) -> Run:
    return as_test(_compile(tree))


def _path(tree: Path) -> Code:
    plain = tree.plain and tree.steps
    nodes = plain_path(tree) if plain else any_path(tree, _start(tree), _test)
    return Code(nodes, Kind.NODES, short_way(tree))


def _start(tree: Path) -> Run | None:
    """Where a path starts, when it starts with an expression."""
    if tree.start is None:
        return None
    if tree.start == _CURRENT:
        return lambda scope: [scope.current]
    nodes = as_nodes(_compile(tree.start), "/", tree.position)
    if isinstance(tree.start, Call) and tree.start.name == "instance":
        return _at_root(nodes, tree.steps[0].name)
    return nodes


def _at_root(documents: Run, first: str) -> Run:
    """``instance('x')/root/item`` as in ODK, and ``instance('x')/item`` as in XForms 1.1."""

    def run(scope: Scope) -> list[Node]:
        found: list[Node] = documents(scope)
        root = found[0].children[0]
        return [root] if first != root.name and root.named(first) else found

    return run


def _call(tree: Call) -> Code:
    function = FUNCTIONS.get(tree.name)
    if function is None:
        raise ExpressionError("unknown-function", tree.position, name=tree.name)
    check_arguments(tree, function)
    if tree.name in FORMS:
        return FORMS[tree.name](tree, _compile)
    arguments = [
        _argument(inner, function.kind_of(index), tree)
        for index, inner in enumerate(tree.arguments)
    ]
    return Code(_called(function, arguments, tree.position), function.returns)


def check_arguments(tree: Call, function: Function) -> None:
    """Raises :class:`ExpressionError` when a function does not take so many arguments."""
    given = len(tree.arguments)
    if not function.takes(given):
        raise ExpressionError(
            "wrong-number-of-arguments",
            tree.position,
            name=tree.name,
            given=given,
            minimum=function.minimum,
            maximum=function.maximum,
        )


def _argument(tree: Tree, kind: Kind, call: Call) -> Run:
    code = _compile(tree)
    if kind is Kind.TEXT:
        return as_text(code)
    if kind is Kind.NUMBER:
        return as_number(code)
    if kind is Kind.TRUTH:
        return as_truth(code)
    return as_nodes(code, call.name, call.position) if kind is Kind.NODES else code.run


def _called(function: Function, arguments: list[Run], position: int) -> Run:
    implementation: Any = function.implementation
    scoped = function.scoped

    def run(scope: Scope) -> Any:
        values: list[Any] = [scope] if scoped else []
        for argument in arguments:
            values.append(argument(scope))
        try:
            return implementation(*values)
        except ExpressionError as error:
            raise error.at(position) from None

    return run
