"""Nobody's text makes the engine raise anything but ExpressionError, or run for long."""

from __future__ import annotations

import inspect
import json
import string
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.questionnaire.expressions import (
    ExpressionError,
    check,
    compile_expression,
    display,
    from_data,
    parse,
    references,
    to_boolean,
    to_data,
    to_number,
    to_string,
)
from app.questionnaire.expressions.environment import MAX_TEXT
from app.questionnaire.expressions.functions import FUNCTIONS
from app.questionnaire.expressions.tree import Call, Filter, Literal, Operation, Path, Step, Tree
from app.questionnaire.instance import Node
from tests.expressions.conftest import make_environment

NAMES = ["data", "name", "age", "kid", "toy", "t", "empty", "born", "group", "inner", "x"]
TOKENS = [
    *NAMES, *FUNCTIONS, "/", "//", ".", "..", "*", "[", "]", "(", ")", ",", "|", "+", "-", "=",
    "!=", "<", "<=", " and ", " or ", " div ", " mod ", "1", "0", "2.5", "9" * 30, "''", "'a'",
    "'2020-01-01'", "'%Y%'", "/data/kid", "/data/kid/age", "instance('places')/root/item",
    "current()", "::", "@", "$", ":",
]  # fmt: skip
TEXTS = ["", "a", "1", "-1", "1e9", "2020-01-01", "2020-02-30T10:00Z", "24:00", "[", "(a*)*", "%Q",
         "places", "label", "/data/kind", "../..", "MD5", "hex", " x ", "\ud800", "é"]  # fmt: skip
NUMBERS = [0.0, 1.0, 2.0, 0.5, 1e9, 1e308, 2.0**53, 1e-320]
OPERATORS = ["and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"]

leaves = st.one_of(
    st.sampled_from([*TEXTS, *NUMBERS]).map(Literal),
    st.text(max_size=5).map(Literal),
    st.floats(min_value=0, allow_nan=False, allow_infinity=False).map(Literal),
)


def _paths(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    named = st.builds(Step, st.sampled_from([*NAMES, "*"]), st.lists(inner, max_size=2).map(tuple))
    plain = st.sampled_from([".", ".."]).map(Step)
    everywhere = named.map(lambda step: (Step("//"), step))
    steps = st.lists(
        st.one_of(named.map(lambda step: (step,)), plain.map(lambda step: (step,)), everywhere),
        min_size=1,
        max_size=3,
    ).map(lambda groups: tuple(step for group in groups for step in group))
    starts = inner.filter(lambda tree: not isinstance(tree, Literal))
    return st.one_of(
        st.builds(Path, steps, absolute=st.booleans()), st.builds(Path, steps, start=starts)
    )


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.builds(
            Call, st.sampled_from([*FUNCTIONS, "nothing"]), st.lists(inner, max_size=5).map(tuple)
        ),
        st.builds(Operation, st.sampled_from(OPERATORS), st.tuples(inner, inner)),
        st.builds(Operation, st.just("-"), st.tuples(inner)),
        st.builds(Filter, inner, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        _paths(inner),
    )


trees = st.recursive(leaves, _larger, max_leaves=12)


def family() -> Node:
    return Node.from_data(
        "data",
        {
            "name": "Sri",
            "age": "40",
            "empty": "",
            "born": "2020-01-01T10:00:00.000+07:00",
            "group": {"inner": "NaN"},
            "kid": [{"name": "Adi", "age": "4", "toy": [{"t": "x"}, {"t": ""}]}, {"age": "-0,5"}],
        },
    )


PLACES = Node.from_data("root", {"item": [{"name": "a", "label": "A"}, {"name": "b"}]})
DATA = family()
AT = list(DATA.walk())
KNOWN = frozenset(node.ref for node in AT)


def parsed(text: str) -> Tree | None:
    """The tree of a text, after a look at its plain data; None when it is refused."""
    try:
        tree = parse(text)
    except ExpressionError as error:
        refused = error
    else:
        assert from_data(json.loads(json.dumps(to_data(tree)))) == tree
        return tree
    assert 0 <= refused.position <= len(text)
    return None


def exercise(tree: Tree, node: Node) -> None:
    """Everything that is ever done with a tree."""
    environment = make_environment(places=PLACES)
    assert all(ref.startswith("/") for ref in references(tree, node.ref, KNOWN))
    problems = check(tree, node.ref, KNOWN, {"places"})
    try:
        value = compile_expression(tree)(node, environment)
    except ExpressionError as error:
        str(error)
        return
    assert type(value) in (str, float, bool, list)
    assert type(to_string(value)) is str
    assert type(to_number(value, environment.timezone)) is float
    assert type(to_boolean(value)) is bool
    assert display(value) != "NaN" or to_string(value) == "NaN"
    assert all(problem.code not in ("unknown-function", "not-nodes") for problem in problems)


@given(st.text() | st.text(string.printable, max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    parsed(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(TOKENS), max_size=14).map("".join), st.sampled_from(AT))
def test_any_tokens_are_evaluated_or_refused(text: str, node: Node) -> None:
    if (tree := parsed(text)) is not None:
        exercise(tree, node)


@settings(max_examples=500, deadline=2_000)
@given(trees, st.sampled_from(AT))
def test_any_tree_is_evaluated_or_refused(tree: Tree, node: Node) -> None:
    exercise(tree, node)


@given(trees)
def test_any_tree_is_the_same_after_json(tree: Tree) -> None:
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree


LONG = "1" * MAX_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "pow(pow(10, 300), 300)",
        "-pow(-9, 99999999)",
        "uuid(1000000)",
        "uuid(1 div 0)",
        "round(pow(10, 308), 30)",
        "round(1, 1000000000)",
        "round(1, -1 div 0)",
        "substr(/data/long, -1 div 0, 1 div 0)",
        "concat(" + ",".join(["/data/long"] * 5_000) + ")",
        "join(/data/long, 1, 2, 3)",
        "number(concat(substr(/data/long, 1), 'x'))",
        "number(/data/long) = number(/data/long)",
        "date(/data/long)",
        "date(pow(10, 300))",
        "format-date(today(), /data/long)",
        "format-date-time(-pow(10, 18), '%Y')",
        "regex(/data/long, '((1*)*)*x')",
        "regex(/data/long, '(((1{1,100}){1,10})*)*x')",
        "regex('a', /data/long)",
        "regex(/data/long, '(1?){1000}1{1000}')",
        "selected-at(/data/long, pow(10, 300))",
        "translate(/data/long, '1', '2')",
        "normalize-space(/data/long)",
        "randomize(/data/kid, pow(10, 300))",
        "randomize(/data/kid, -1 div 0)",
        "position(/data/kid[pow(10, 300)])",
        "indexed-repeat(/data/kid/age, /data/kid, 1 div 0)",
        "indexed-repeat(/data/kid/age, /data/kid, -pow(10, 300))",
        "string(pow(10, 300) div 3)",
        "/data/kid[1 div 0]",
        "int(pow(10, 300))",
        "pow(10, 300) mod 0.1",
        "count(//*[count(//*[count(//*[count(//*) > 1]) > 1]) > 1])",
    ],
)
def test_no_value_is_too_large_to_end_soon(text: str) -> None:
    data = family()
    data.append(Node("long", LONG))
    began = time.perf_counter()
    exercise_text(text, data)
    assert time.perf_counter() - began < 5


def exercise_text(text: str, node: Node) -> None:
    try:
        value = compile_expression(parse(text))(node, make_environment(places=PLACES))
    except ExpressionError:
        return
    assert len(display(value)) <= MAX_TEXT


def test_a_value_cannot_grow_from_calculation_to_calculation() -> None:
    data = Node.from_data("data", {"text": "ab"})
    grow = compile_expression(parse("concat(., .)"))
    node = data.children[0]

    def again() -> None:
        for _ in range(64):
            node.value = to_string(grow(node, make_environment()))

    with pytest.raises(ExpressionError, match="text-too-long"):
        again()
    assert len(node.value) <= MAX_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "a[" * 59 + "1" + "]" * 59,
        "concat(" * 118 + "1" + ")" * 118,
        "not(concat(-" * 39 + "1" + "))" * 39,
        "(" * 118 + "a" + ")" * 118,
        "1" + " - 1" * 118,
        "/data[" * 59 + "1" + "]" * 59,
        "coalesce('', " * 118 + "1" + ")" * 118,
        "if(1 = 2, 3, " * 118 + "1" + ")" * 118,
        "(a)[" * 39 + "1" + "]" * 39,
    ],
)
def test_the_deepest_that_is_allowed_works(text: str) -> None:
    tree = parsed(text)
    assert tree is not None
    exercise(tree, DATA)


def test_a_caller_near_the_end_of_the_stack_gets_an_expression_error() -> None:
    text = "concat(" * 100 + "1" + ")" * 100
    tree = parse(text)
    run = compile_expression(tree)

    def deep(action: Callable[[], object], frames: int) -> object:
        return action() if frames == 0 else deep(action, frames - 1)

    left = sys.getrecursionlimit() - len(inspect.stack()) - 90
    for action in (
        lambda: parse(text),
        lambda: compile_expression(tree),
        lambda: run(DATA, make_environment()),
    ):
        with pytest.raises(ExpressionError, match="too-deep"):
            deep(action, left)
