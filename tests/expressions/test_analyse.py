"""What is said about an expression before it runs: what it reads, what is wrong, in what order."""

from __future__ import annotations

import pytest

from app.questionnaire.expressions import (
    ExpressionError,
    check,
    evaluation_order,
    parse,
    references,
)

KNOWN = frozenset(
    {
        "/data",
        "/data/name",
        "/data/group",
        "/data/group/inner",
        "/data/kid",
        "/data/kid/age",
        "/data/kid/total",
        "/data/kid/toy",
        "/data/kid/toy/t",
    }
)
AT = "/data/kid/total"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 'a'", set()),
        ("/data/name", {"/data/name"}),
        ("if(/data/name, ../age, 0)", {"/data/name", "/data/kid/age"}),
        (".", {"/data/kid/total"}),
        ("current()", {"/data/kid/total"}),
        ("current()/../age", {"/data/kid/age"}),
        ("position(..)", {"/data/kid"}),
        ("count(/data/kid[age > /data/name])", {"/data/kid", "/data/kid/age", "/data/name"}),
        ("(/data/kid | /data/group)[age]/inner", {
            "/data/kid", "/data/group", "/data/kid/age", "/data/group/age",
            "/data/kid/inner", "/data/group/inner",
        }),
        ("instance('x')/root/item[a = /data/name][b = current()/../age]/c",
         {"/data/name", "/data/kid/age"}),
        ("instance(/data/name)", {"/data/name"}),
        ("randomize(/data/kid)/age", {"/data/kid", "/data/kid/age"}),
        ("if(1, /data/kid, /data/group)/age",
         {"/data/kid", "/data/group", "/data/kid/age", "/data/group/age"}),
        ("//t", {"/data/kid/toy/t"}),
        ("/data/kid//t", {"/data/kid/toy/t"}),
        ("/data/group/*", {"/data/group/inner"}),
        ("../../../..", set()),
        ("../total + 1", {"/data/kid/total"}),
        ("/data/kid[position() = 1]/total", set()),
        ("indexed-repeat(/data/kid/total, /data/kid, position(..) - 1)", {"/data/kid"}),
        ("../total + indexed-repeat(/data/kid/total, /data/kid, 1)",
         {"/data/kid", "/data/kid/total"}),
        ("indexed-repeat(../age, .., /data/name)", {"/data/kid/age", "/data/kid", "/data/name"}),
        ("jr:choice-name(/data/name, '/data/group/inner')", {"/data/name"}),
    ],
)  # fmt: skip
def test_references(text: str, expected: set[str]) -> None:
    assert references(parse(text), AT, KNOWN) == expected


def test_names_are_read_without_knowing_the_form() -> None:
    assert references(parse("../age + /x/y"), AT) == {"/data/kid/age", "/x/y"}


def problems(text: str) -> list[tuple[str, int, dict[str, object]]]:
    found = check(parse(text), AT, KNOWN, {"list", "fruits"})
    return [(problem.code, problem.position, dict(problem.params)) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "selected(/data/name, 'a') and not(. > today())",
        "instance('list')/root/item[anything = current()/../age]/label",
        "pulldata('fruits', 'a', 'b', /data/name)",
        "pulldata(/data/name, 'a', 'b', 'c')",
        "jr:choice-name(/data/name, ' /data/name ')",
        "jr:choice-name(/data/name, ../age)",
        "indexed-repeat(/data/kid/toy/t, /data/kid, 1, ../toy, 2)",
        "regex(., '[\\w-\\.]+') and regex(., /data/name)",
        "format-date(., '%d %b %Y')",
        "digest(., 'MD5') = digest(., 'SHA-1', /data/name)",
        "count(/data/*) + count(//toy) + count(../..)",
        "coalesce(/data/kid[1]/total, 0)",
    ],
)
def test_what_is_right(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data/nam", [("unknown-path", 0, {"path": "/data/nam"})]),
        ("1 + agee", [("unknown-path", 4, {"path": "/data/kid/total/agee"})]),
        ("/data/kid[agee]", [("unknown-path", 10, {"path": "/data/kid/agee"})]),
        ("../../../..", [("above-root", 9, {"path": "../../../.."})]),
        ("current()/../../../../x", [
            ("above-root", 19, {"path": "current()/../../../../x"}),
        ]),
        ("foo(1, bar())", [
            ("unknown-function", 0, {"name": "foo"}),
            ("unknown-function", 7, {"name": "bar"}),
        ]),
        ("not()", [("wrong-number-of-arguments", 0,
                    {"name": "not", "given": 0, "minimum": 1, "maximum": 1})]),
        ("1 + concat(sum())", [("wrong-number-of-arguments", 11,
                                {"name": "sum", "given": 0, "minimum": 1, "maximum": 1})]),
        ("join()", [("wrong-number-of-arguments", 0,
                     {"name": "join", "given": 0, "minimum": 1, "maximum": -1})]),
        ("instance('x')/root", [("unknown-instance", 0, {"name": "x"})]),
        ("pulldata('x', 'a', 'b', 'c')", [("unknown-instance", 0, {"name": "x"})]),
        ("jr:choice-name(., '/data/x')", [("unknown-path", 0, {"path": "/data/x"})]),
        ("regex(., '(')", [("bad-pattern", 0, {"pattern": "(", "reason": "missing ): ("})]),
        ("format-date(., '%d %B')", [("bad-date-format", 0, {"found": "%B"})]),
        ("format-date-time(., '5%')", [("bad-date-format", 0, {"found": "%"})]),
        ("digest(., 'CRC')", [("unknown-algorithm", 0, {"name": "CRC"})]),
        ("digest(., 'MD5', 'octal')", [("unknown-encoding", 0, {"name": "octal"})]),
        ("indexed-repeat(1, /data/kid, 1)", [("not-a-path", 0, {"name": "indexed-repeat"})]),
        ("1 + sum(2)", [("not-nodes", 4, {"name": "sum"})]),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(text: str, expected: list[tuple[str, int, object]]) -> None:
    assert problems(text) == expected


def test_values_follow_what_they_need_and_otherwise_the_form() -> None:
    order = evaluation_order({"/d": {"/c", "/b"}, "/b": {"/x"}, "/a": (), "/c": {"/b"}})
    assert order == ["/b", "/c", "/d", "/a"]
    assert evaluation_order({}) == []


@pytest.mark.parametrize(
    ("needs", "members"),
    [
        ({"/a": {"/a"}}, ("/a",)),
        ({"/x": {"/a"}, "/a": {"/b"}, "/b": {"/c"}, "/c": {"/a"}}, ("/a", "/b", "/c")),
    ],
)
def test_a_cycle_names_its_members(needs: dict[str, set[str]], members: tuple[str, ...]) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluation_order(needs)
    assert raised.value.code == "cycle"
    assert raised.value.params == {"members": members}


def test_a_long_chain_is_no_recursion() -> None:
    needs = {f"/{number}": {f"/{number + 1}"} for number in range(5_000)}
    assert evaluation_order(needs)[0] == "/4999"
