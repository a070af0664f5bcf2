"""Nodes: refs and paths, building from data and XML, and rows that come and go."""

from __future__ import annotations

import pytest

from app.questionnaire.instance import Node


def names(node: Node) -> list[str]:
    return [child.name for child in node.children]


def test_refs_and_paths(data: Node) -> None:
    toy = data.find("/data/kid[1]/toy[2]/t")
    assert toy is not None
    assert toy.ref == "/data/kid/toy/t"
    assert toy.path == "/data/kid[1]/toy[2]/t"
    assert toy.value == "boneka"
    assert repr(toy) == "<Node /data/kid[1]/toy[2]/t>"
    assert [node.value for node in data.find_all("/data/kid/toy/t")] == ["bola", "boneka", "sepeda"]
    assert data.single("/data/group/inner") is data.find("/data/group/inner")
    assert data.single("/data/kid") is None
    assert toy.single("/data/name") is data.find("/data/name")


@pytest.mark.parametrize(
    "path", ["", "/", "data", "/data/kid[0]", "/data/kid[3]", "/x", "/data//kid"]
)
def test_paths_to_nothing(data: Node, path: str) -> None:
    assert data.find(path) is None
    assert data.find_all(path) == []


def test_a_single_row_is_a_row_all_the_same() -> None:
    data = Node.from_data("data", {"kid": [{"age": "1"}]})
    assert data.children[0].path == "/data/kid[1]"
    assert data.single("/data/kid/age") is None


def test_from_xml() -> None:
    node = Node.from_xml(
        '<data xmlns="a" xmlns:orx="b" id="x"><!-- no --><?no no?>'
        "<orx:meta><orx:instanceID>1</orx:instanceID></orx:meta>"
        "<kid><age> 1 </age></kid><kid/><pet/></data>",
        repeats=frozenset({"/data/pet"}),
    )
    assert [child.path for child in node.children] == [
        "/data/meta",
        "/data/kid[1]",
        "/data/kid[2]",
        "/data/pet[1]",
    ]
    assert node.find("/data/meta/instanceID") is not None
    assert node.find_all("/data/kid/age")[0].value == " 1 "


@pytest.mark.parametrize("xml", ["", "<a>", "a", "<a>&b;</a>", "<a/>\ud800"])
def test_what_is_no_xml_is_refused(xml: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Node.from_xml(xml)


def test_entities_are_not_expanded() -> None:
    node = Node.from_xml(
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "long">]>'
        "<a><b>&x;</b><c>&y;</c></a>"
    )
    assert [child.value for child in node.children] == ["", ""]


def test_a_root_is_no_list() -> None:
    with pytest.raises(TypeError):
        Node.from_data("data", [{"a": "1"}])


def test_a_row_goes_after_its_last_sibling_or_where_the_first_had_been() -> None:
    data = Node.from_data("data", {"a": "", "kid": [], "pet": [{}], "z": ""})
    data.add_row(Node("kid", "1"))
    data.add_row(Node("pet"))
    data.add_row(Node("kid", "2"))
    assert names(data) == ["a", "kid", "kid", "pet", "pet", "z"]
    for kid in data.named("kid"):
        data.remove(kid)
    assert names(data) == ["a", "pet", "pet", "z"]
    data.add_row(Node("kid", "3"))
    data.add_row(Node("new"))
    assert names(data) == ["a", "kid", "pet", "pet", "z", "new"]
    assert [kid.path for kid in data.named("kid")] == ["/data/kid[1]"]


def test_a_first_row_may_go_before_everything() -> None:
    data = Node("data")
    data.reserve("kid")
    data.append(Node("z"))
    data.add_row(Node("kid"))
    assert names(data) == ["kid", "z"]


def test_what_is_taken_out_stands_alone(data: Node) -> None:
    kid = data.named("kid")[0]
    data.remove(kid)
    assert kid.parent is None
    toy = kid.named("toy")[0]
    assert toy.root is kid
    assert data.find("/data/kid[1]/name") is not kid.named("name")[0]
    data.add_row(kid)
    assert toy.root is data
    assert toy.path == "/data/kid[2]/toy[1]"


def test_a_copy_shares_nothing(data: Node) -> None:
    data.named("kid")[0].relevant = False
    copy = data.copy()
    assert [node.path for node in copy.walk()] == [node.path for node in data.walk()]
    assert [node.relevant for node in copy.walk()] == [node.relevant for node in data.walk()]
    assert not set(copy.walk()) & set(data.walk())
    copy.named("name")[0].value = "Tri"
    assert data.named("name")[0].value == "Sri"


def test_relevance_is_inherited(data: Node) -> None:
    inner = data.find("/data/group/inner")
    assert inner is not None
    assert inner.text == "5"
    data.named("group")[0].relevant = False
    assert inner.text == ""
    assert inner.value == "5"
