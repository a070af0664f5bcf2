"""Text → tree, tree → plain data → tree, and what is refused where."""

from __future__ import annotations

import json

import pytest

from app.questionnaire.expressions import ExpressionError, from_data, parse, to_data
from app.questionnaire.expressions.syntax import MAX_DEPTH, MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("1", 1),
        (".5", 0.5),
        ("1.", 1),
        ("'it\"s'", 'it"s'),
        ('"it\'s"', "it's"),
        ("1 + 2 * 3", ["+", 1, ["*", 2, 3]]),
        ("(1 + 2) * 3", ["*", ["+", 1, 2], 3]),
        ("1 - 2 - 3", ["-", ["-", 1, 2], 3]),
        ("1 + 2 + 3", ["+", 1, 2, 3]),
        ("1 + 2 - 3 + 4", ["+", ["-", ["+", 1, 2], 3], 4]),
        ("-2 * 3", ["*", ["-", 2], 3]),
        ("--2", ["-", ["-", 2]]),
        ("- a | b", ["-", ["|", ["/", 0, "a"], ["/", 0, "b"]]]),
        ("1 < 2 = 3 and 4 or 5", ["or", ["and", ["=", ["<", 1, 2], 3], 4], 5]),
        ("/", ["/", 1]),
        ("/data/a-b.c", ["/", 1, "data", "a-b.c"]),
        (".", ["/", 0, "."]),
        ("../x", ["/", 0, "..", "x"]),
        ("//x", ["/", 1, "//", "x"]),
        ("a//b/*", ["/", 0, "a", "//", "b", "*"]),
        ("child::a/parent::node()/self::node()", ["/", 0, "a", "..", "."]),
        ("node()", ["/", 0, "*"]),
        ("orx:meta/orx:instanceID", ["/", 0, "meta", "instanceID"]),
        ("a[1][b = 2]/c", ["/", 0, ["a", 1, ["=", ["/", 0, "b"], 2]], "c"]),
        ("f()", ["f", "f"]),
        ("jr:itext('x')", ["f", "jr:itext", "x"]),
        ("f(1, 'a')/b[1]", ["/", ["f", "f", 1, "a"], ["b", 1]]),
        ("(a)[1]", ["[", ["/", 0, "a"], 1]),
        ("(a)[1]/b", ["/", ["[", ["/", 0, "a"], 1], "b"]),
        ("or or or", ["or", ["/", 0, "or"], ["/", 0, "or"]]),
        ("div div mod", ["div", ["/", 0, "div"], ["/", 0, "mod"]]),
        ("* * *", ["*", ["/", 0, "*"], ["/", 0, "*"]]),
        ("today()-1", ["-", ["f", "today"], 1]),
        ("today-1", ["/", 0, "today-1"]),
        (".>=0 and .<=30", ["and", [">=", ["/", 0, "."], 0], ["<=", ["/", 0, "."], 30]]),
        (" umur_désa ", ["/", 0, "umur_désa"]),
    ],
)
def test_trees(text: str, data: object) -> None:
    tree = parse(text)
    assert to_data(tree) == data
    assert from_data(json.loads(json.dumps(to_data(tree)))) == tree


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "empty", 0),
        (" \n", "empty", 0),
        ("1 +", "unexpected-end", 3),
        ("(1", "unexpected-end", 2),
        ("f(1,", "unexpected-end", 4),
        ("1 2", "unexpected", 2),
        ("f(,)", "unexpected", 2),
        ("a[]", "unexpected", 2),
        (". [1]", "unexpected", 2),
        ("'a'/b", "unexpected", 3),
        ("a = 'b", "unclosed-string", 4),
        ("a = ‘b’", "unexpected-character", 4),
        ("a & b", "unexpected-character", 2),
        ("${a}", "unexpected-character", 1),
        ("$a", "unsupported", 0),
        ("@a", "unsupported", 0),
        ("/data/@version", "unsupported", 6),
        ("ancestor::a", "unsupported", 0),
        ("child::..", "unsupported", 0),
        ("a/text()", "unsupported", 2),
        ("9" * 400, "number-too-large", 0),
        ("a" * (MAX_LENGTH + 1), "too-long", 0),
        ("(" * (MAX_DEPTH + 1) + "1", "too-deep", MAX_DEPTH),
    ],
)
def test_what_is_refused_and_where(text: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert (raised.value.code, raised.value.position) == (code, position)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "-" * 50_000 + "1",
        "1" + "-1" * 40_000,
        "a[" * 40_000,
        "f(" * 40_000,
        "if(a,1," * MAX_DEPTH + "2" + ")" * MAX_DEPTH,
        "/a" * 40_000 + "[",
    ],
)
def test_depth_has_a_limit_and_no_input_overflows(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_what_people_write_is_not_too_deep() -> None:
    parse("if(a = 1, 1, " * 100 + "2" + ")" * 100)
    parse(" or ".join(["selected(/data/a, 'b')"] * 3_000))
    parse(" + ".join(["/data/a"] * 5_000))


def test_plain_data_that_is_no_expression_is_refused() -> None:
    for data in ([], [1, 2], ["/", 0, [1]]):
        with pytest.raises(ValueError, match="not a"):
            from_data(data)  # type: ignore[arg-type]


def test_an_error_says_everything_in_its_text() -> None:
    error = ExpressionError("unknown-path", 3, path="/data/x")
    assert str(error) == "unknown-path at 3 (path='/data/x')"
    assert str(ExpressionError("empty")) == "empty at 0"
