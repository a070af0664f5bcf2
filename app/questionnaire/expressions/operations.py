"""Operators, made of the compiled code of their operands."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, ge, gt, le, lt, mul, sub

from app.questionnaire.expressions.comparisons import equal, ordered, unequal
from app.questionnaire.expressions.conversions import (
    Code,
    Run,
    as_nodes,
    as_number,
    as_truth,
    operand,
)
from app.questionnaire.expressions.environment import Scope
from app.questionnaire.expressions.numbers import divide, modulo
from app.questionnaire.expressions.paths import union
from app.questionnaire.expressions.values import Kind, to_number

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": add, "-": sub, "*": mul, "div": divide, "mod": modulo,
}  # fmt: skip
_ORDERS: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def operation(operator: str, codes: list[Code], position: int) -> Code:
    """The code of an operation. Raises ``ExpressionError`` for a union of what is no nodes."""
    if operator in ("and", "or"):
        join = _any_of if operator == "or" else _all_of
        return Code(join([as_truth(code) for code in codes]), Kind.TRUTH)
    if operator == "|":
        return Code(_union([as_nodes(code, "|", position) for code in codes]), Kind.NODES)
    if len(codes) == 1:
        return Code(_negation(as_number(codes[0])), Kind.NUMBER)
    if operator in _ARITHMETIC:
        return Code(_arithmetic([as_number(code) for code in codes], operator), Kind.NUMBER)
    left, right = map(operand, codes)
    if operator in _ORDERS:
        return Code(_order(left, right, operator), Kind.TRUTH)
    return Code(_equality(left, right, operator == "="), Kind.TRUTH)


def _any_of(truths: list[Run]) -> Run:
    def run(scope: Scope) -> bool:
        for truth in truths:  # noqa: SIM110 (any() would add a frame to every level)
            if truth(scope):
                return True
        return False

    return run


def _all_of(truths: list[Run]) -> Run:
    def run(scope: Scope) -> bool:
        for truth in truths:  # noqa: SIM110
            if not truth(scope):
                return False
        return True

    return run


def _equality(left: Run, right: Run, wanted: bool) -> Run:
    compare = equal if wanted else unequal

    def run(scope: Scope) -> bool:
        one, other = left(scope), right(scope)
        if type(one) is str and type(other) is str:
            return (one == other) is wanted
        return compare(one, other, scope.environment.timezone)

    return run


def _order(left: Run, right: Run, operator: str) -> Run:
    order = _ORDERS[operator]
    rising = operator in ("<", "<=")

    def run(scope: Scope) -> bool:
        one, other = left(scope), right(scope)
        zone = scope.environment.timezone
        if type(one) is list or type(other) is list:
            return ordered(order, one, other, zone, rising=rising)
        return order(to_number(one, zone), to_number(other, zone))

    return run


def _union(parts: list[Run]) -> Run:
    return lambda scope: union([part(scope) for part in parts], scope)


def _negation(number: Run) -> Run:
    return lambda scope: -number(scope)


def _arithmetic(numbers: list[Run], operator: str) -> Run:
    first, *rest = numbers
    combine = _ARITHMETIC[operator]

    def run(scope: Scope) -> float:
        result: float = first(scope)
        for number in rest:
            result = combine(result, number(scope))
        return result

    return run
