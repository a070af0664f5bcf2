"""Paths: relative, absolute, in a row's own rows, with predicates, and what is not relevant."""

from __future__ import annotations

import pytest

from app.questionnaire.expressions import ExpressionError, evaluate, parse
from app.questionnaire.instance import Node
from tests.expressions.conftest import Run, make_environment


def paths(run: Run, text: str, at: str = "/data") -> list[str]:
    nodes = run(text, at=at)
    assert isinstance(nodes, list)
    return [node.path for node in nodes]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("/", "/data", ["/"]),
        ("/data", "/data/kid[2]/age", ["/data"]),
        ("/other/name", "/data", []),
        ("/data/group/inner", "/data", ["/data/group/inner"]),
        (".", "/data/kid[2]/age", ["/data/kid[2]/age"]),
        ("..", "/data", []),
        ("../name", "/data/kid[2]/age", ["/data/kid[2]/name"]),
        ("../../kid/age", "/data/kid[2]/age", ["/data/kid[1]/age", "/data/kid[2]/age"]),
        ("group/*", "/data", ["/data/group/inner"]),
        ("./group/./inner", "/data", ["/data/group/inner"]),
        ("//inner", "/data/kid[2]/age", ["/data/group/inner"]),
        ("//kid/name/..", "/data", ["/data/kid[1]", "/data/kid[2]"]),
        ("kid[1]//t", "/data", ["/data/kid[1]/toy[1]/t", "/data/kid[1]/toy[2]/t"]),
        ("group | name", "/data", ["/data/name", "/data/group"]),
        ("name | name", "/data", ["/data/name"]),
        ("/*/name", "/data/kid[1]/age", ["/data/name"]),
        ("current()/../name", "/data/kid[2]/age", ["/data/kid[2]/name"]),
        ("current()", "/data/kid[2]/age", ["/data/kid[2]/age"]),
    ],
)  # fmt: skip
def test_where_paths_lead(run: Run, text: str, at: str, expected: list[str]) -> None:
    assert paths(run, text, at) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data/kid/name", ["/data/kid[2]/name"]),
        ("/data/kid", ["/data/kid[2]"]),
        ("/data/kid/toy/t", ["/data/kid[2]/toy[1]/t"]),
        ("/data/kid/toy", ["/data/kid[2]/toy[1]"]),
        ("/data/kid[true()]/name", ["/data/kid[1]/name", "/data/kid[2]/name"]),
        ("/data/kid[1]/name", ["/data/kid[1]/name"]),
        ("/data/name", ["/data/name"]),
    ],
)
def test_an_absolute_path_stays_in_its_own_row(run: Run, text: str, expected: list[str]) -> None:
    """ODK XForms, "A Big Deviation with XForms"; JavaRosa, TreeReference.contextualize."""
    assert paths(run, text, at="/data/kid[2]/age") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data/kid[age > 5]", ["/data/kid[2]"]),
        ("/data/kid[./age > 5]", ["/data/kid[2]"]),
        ("/data/kid[2]", ["/data/kid[2]"]),
        ("/data/kid[position() = 1]", ["/data/kid[1]"]),
        ("/data/kid[age > 5][1]", ["/data/kid[2]"]),
        ("/data/kid[kind]", ["/data/kid[1]"]),
        ("/data/kid['a']", ["/data/kid[1]", "/data/kid[2]"]),
        ("/data/kid/toy[1]", ["/data/kid[1]/toy[1]", "/data/kid[2]/toy[1]"]),
        ("(/data/kid/toy)[3]", ["/data/kid[2]/toy[1]"]),
        ("/data/kid[if(age > 5, true(), 0)]", ["/data/kid[2]"]),
        ("/data/kid[age = /data/group/inner - 1]", ["/data/kid[1]"]),
        ("/data/kid[age = current()/age]", []),
    ],
)
def test_predicates(run: Run, text: str, expected: list[str]) -> None:
    assert paths(run, text) == expected


def test_a_predicate_on_a_list_reads_the_form(run: Run, data: Node, places: Node) -> None:
    data.append(Node("prov", "jb"))
    for text in (
        "instance('places')/root/item[prov = /data/prov]/name",
        "instance('places')/root/item[prov = current()/prov]/name",
        "instance('places')//item[prov = current()/prov]/name",
    ):
        nodes = run(text)
        assert isinstance(nodes, list)
        assert [node.value for node in nodes] == ["bdg"]


def test_a_list_without_items_has_none(data: Node) -> None:
    environment = make_environment(bare=Node("root"))
    assert evaluate(parse("count(instance('bare')/root/item)"), data, environment) == 0.0
    assert evaluate(parse("instance('bare')/item"), data, environment) == []


def test_what_is_not_relevant_is_left_out(run: Run, data: Node) -> None:
    """JavaRosa, XPathPathExprEval.removeIrrelevantNodesets."""
    data.named("kid")[0].relevant = False
    data.named("group")[0].relevant = False
    assert run("count(/data/kid)") == 1.0
    assert run("sum(/data/kid/age)") == 11.0
    assert run("join(',', /data/kid/toy/t)") == "sepeda"
    assert run("string(/data/group/inner)") == ""
    assert run("/data/group/inner = ''") is True
    assert run("string(.)", at="/data/group/inner") == ""
    assert run("string(current())", at="/data/group/inner") == ""
    assert run("string(name)", at="/data/kid[1]") == ""
    assert run("string(current()/name)", at="/data/kid[1]") == ""
    assert run("string(../../name)", at="/data/kid[1]/age") == "Sri"
    assert run("string(indexed-repeat(/data/kid/name, /data/kid, 1))") == ""


def test_a_running_total_reads_the_row_before(run: Run, data: Node) -> None:
    text = "indexed-repeat(/data/kid/age, /data/kid, position(..) - 1) + ../age"
    assert run(text, at="/data/kid[2]/name") == 15.0
    text = "/data/kid[position() = position(current()/..) - 1]/age + ../age"
    assert run(text, at="/data/kid[2]/name") == 15.0


def test_indexed_repeat_stays_in_its_own_row_where_it_is_not_told(run: Run) -> None:
    text = "string(indexed-repeat(/data/kid/toy/t, /data/kid/toy, 1))"
    assert run(text, at="/data/kid[2]/name") == "sepeda"
    assert run(text, at="/data/kid[1]/name") == "bola"
    assert run("count(indexed-repeat(/data/kid/toy/t, /data/kid/toy, 1))") == 1.0


def test_paths_may_start_with_a_function_that_gives_nodes(run: Run) -> None:
    assert paths(run, "if(true(), /data/kid, /data/group)[2]/name") == ["/data/kid[2]/name"]
    assert run("count(randomize(/data/kid)/toy)") == 3.0
    assert run("count(coalesce(/data/kid/age, 1))") == 2.0


def test_rows_that_come_and_go_are_seen(run: Run, data: Node) -> None:
    assert run("count(/data/kid)") == 2.0
    assert run("string(/data/extra)") == ""
    data.add_row(Node.from_data("kid", {"name": "Cici", "age": "1"}))
    data.append(Node("extra", "x"))
    assert run("sum(/data/kid/age)") == 16.0
    assert run("string(/data/extra)") == "x"
    data.remove(data.named("extra")[0])
    assert run("string(/data/extra)") == ""


@pytest.mark.parametrize(
    "text",
    [
        "count(//*[//*[//*[//*[//*]]]])",
        "count(instance('many')/root/item[count(instance('many')/root/item) > 1])",
        "count(instance('many')/root/item[position(.) > 1])",
        "count(" + "instance('many')/root/item/.." * 1 + "/item/.." * 2_000 + ")",
        "count(" + "|".join(["instance('many')//*"] * 500) + ")",
    ],
)
def test_work_has_a_limit(data: Node, text: str) -> None:
    many = Node("root")
    for index in range(2_000):
        many.append(Node("item", str(index)))
    with pytest.raises(ExpressionError) as raised:
        evaluate(parse(text), data, make_environment(many=many))
    assert raised.value.code == "too-much-work"


def test_a_filter_on_a_whole_province_is_not_too_much(data: Node) -> None:
    many = Node("root")
    for index in range(9_000):
        many.append(Node.from_data("item", {"name": str(index), "kab": str(index % 30)}))
    text = "count(instance('many')/root/item[kab = /data/kid[1]/age])"
    assert evaluate(parse(text), data, make_environment(many=many)) == 300.0
