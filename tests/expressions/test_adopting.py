"""A node that gets its children at once is the same as one that got them one by one."""

from app.questionnaire.instance import Node


def test_adopted_children_stand_as_if_they_had_been_appended() -> None:
    one_by_one, at_once = Node("data"), Node("data")
    for name in ("a", "b"):
        one_by_one.append(Node(name, name))
    one_by_one.reserve("kid")
    one_by_one.append(Node("c"))
    at_once.adopt([Node("a", "a"), Node("b", "b"), Node("c")], ("a", "b", "kid", "c"))
    for root in (one_by_one, at_once):
        root.add_row(Node("kid"))
        paths = [child.path for child in root.children]
        assert paths == ["/data/a", "/data/b", "/data/kid[1]", "/data/c"]
        assert all(child.root is root for child in root.children)
        assert set(root.singles()) == {"/data", "/data/a", "/data/b", "/data/c"}
