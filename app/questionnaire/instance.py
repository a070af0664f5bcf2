"""The nodes of an XForm instance: what an expression reads and an interview changes.

A *ref* is an absolute path of names (``/data/kid/age``); a *path* also says which row of a repeat
(``/data/kid[2]/age``). Namespaces and attributes are not kept: ODK XForms expressions cannot see
them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

Plain = str | None | Mapping[str, "Plain"] | Sequence["Plain"]
"""Nested answers: a group is a mapping, a repeat a list of its rows, an answer a str."""

_STEP = re.compile(r"/([^/\[\]]+)(?:\[([1-9][0-9]*)\])?")


class Node:
    """One element of an instance. ``value`` is what was answered, ``text`` what others may read.

    ``repeats`` marks a row of a repeat. Children are changed only through the methods, which keep
    ``parent`` and ``root`` right.
    """

    __slots__ = (
        "_order",
        "_single",
        "children",
        "name",
        "parent",
        "relevant",
        "repeats",
        "root",
        "value",
    )

    def __init__(self, name: str, value: str = "", *, repeats: bool = False) -> None:
        self.name = name
        self.value = value
        self.repeats = repeats
        self.relevant = True
        self.parent: Node | None = None
        self.root: Node = self
        self.children: list[Node] = []
        self._order: tuple[str, ...] = ()
        self._single: dict[str, Node] | None = None

    def __repr__(self) -> str:
        return f"<Node {self.path}>"

    @classmethod
    def from_data(cls, name: str, data: Plain) -> Node:
        """A tree from nested answers (see :data:`Plain`); an empty list keeps its place."""
        if data is None or isinstance(data, str):
            return cls(name, data or "")
        node = cls(name)
        if not isinstance(data, Mapping):
            raise TypeError("a root or a row is a mapping or an answer, not a list")
        for child, inner in data.items():
            if isinstance(inner, Sequence) and not isinstance(inner, str):
                node.reserve(child)
                for row in inner:
                    node.append(cls.from_data(child, row)).repeats = True
            else:
                node.append(cls.from_data(child, inner))
        return node

    @classmethod
    def from_xml(cls, xml: str | bytes, *, repeats: frozenset[str] = frozenset()) -> Node:
        """A tree from XML text, namespaces and attributes dropped.

        Elements whose ref is in ``repeats``, or that have a sibling of their name, become rows.
        Entities are not expanded and nothing is fetched. Raises ``ValueError`` for text that is
        not XML.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        source = xml.encode() if isinstance(xml, str) else xml
        try:
            element = etree.fromstring(source, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from error
        return cls._from_element(element, f"/{_local(element)}", repeats)

    @classmethod
    def _from_element(cls, element: etree._Element, ref: str, repeats: frozenset[str]) -> Node:
        inner = [child for child in element if isinstance(child.tag, str)]
        node = cls(_local(element), "" if inner else (element.text or ""), repeats=ref in repeats)
        for child in inner:
            node.append(cls._from_element(child, f"{ref}/{_local(child)}", repeats))
        seen = Counter(child.name for child in node.children)
        for made in node.children:
            made.repeats = made.repeats or seen[made.name] > 1
        return node

    @property
    def text(self) -> str:
        """The value, or '' when this node or one that holds it is not relevant."""
        return self.value if self.is_relevant() else ""

    def is_relevant(self) -> bool:
        """Whether this node and everything that holds it are relevant."""
        node: Node | None = self
        while node is not None:
            if not node.relevant:
                return False
            node = node.parent
        return True

    def ancestors(self) -> list[Node]:
        """What holds this node, the root first, and itself."""
        found = []
        node: Node | None = self
        while node is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    @property
    def ref(self) -> str:
        """The absolute path of names."""
        return "".join(f"/{node.name}" for node in self.ancestors())

    @property
    def path(self) -> str:
        """The ref with the position of every row, from 1."""
        return "".join(
            f"/{node.name}[{node.position}]" if node.repeats else f"/{node.name}"
            for node in self.ancestors()
        )

    @property
    def position(self) -> int:
        """The place among the siblings of the same name, from 1."""
        if self.parent is None:
            return 1
        rows = (child for child in self.parent.children if child.name == self.name)
        return next(place for place, row in enumerate(rows, 1) if row is self)

    def named(self, name: str) -> list[Node]:
        """The children of this name, in order."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Node]:
        """The node and everything in it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def find(self, path: str) -> Node | None:
        """The first node at a ref or path of this node's instance."""
        return next(iter(self.find_all(path)), None)

    def find_all(self, path: str) -> list[Node]:
        """Every node at a ref or path of this node's instance, in document order."""
        steps = _STEP.findall(path)
        if not steps or "".join(f"/{n}[{p}]" if p else f"/{n}" for n, p in steps) != path:
            return []
        (name, _), *rest = steps
        found = [self.root] if self.root.name == name else []
        for name, place in rest:
            found = [child for node in found for child in _at(node.named(name), place)]
        return found

    def single(self, ref: str) -> Node | None:
        """The one node at a ref outside every repeat: a lookup, not a search."""
        return self.root.singles().get(ref)

    def singles(self) -> dict[str, Node]:
        """Of a root: every node that is neither a row of a repeat nor inside one, by ref."""
        if self._single is None:
            self._single = dict(_outside_repeats(self))
        return self._single

    def append(self, child: Node) -> Node:
        """Put a node (and what it holds) at the end; returns it."""
        return self._insert(len(self.children), child)

    def adopt(self, children: list[Node], order: tuple[str, ...]) -> None:
        """Give an empty node all its children at once, themselves still empty.

        ``order`` has the names of the children and of the repeats that have no rows yet.
        """
        self._order = order
        self.children = children
        for child in children:
            child.parent = self
            child.root = self.root
        self._changed()

    def reserve(self, name: str) -> None:
        """Remember that a repeat without rows belongs at this place among the children."""
        if name not in self._order:
            self._order += (name,)

    def add_row(self, row: Node) -> Node:
        """Put a row of a repeat after its last sibling, or where the first had been."""
        row.repeats = True
        self.reserve(row.name)
        place = self._order.index(row.name)
        after = [
            index
            for index, child in enumerate(self.children)
            if self._order.index(child.name) <= place
        ]
        return self._insert(after[-1] + 1 if after else 0, row)

    def remove(self, child: Node) -> None:
        """Take a node out; a repeat keeps its place even when its last row goes."""
        self.children.remove(child)
        self._changed()
        child.parent = None
        for node in child.walk():
            node.root = child

    def copy(self) -> Node:
        """A copy of this node and all it holds, on its own."""
        made = Node(self.name, self.value, repeats=self.repeats)
        made.relevant = self.relevant
        made._order = self._order
        for child in self.children:
            made.append(child.copy())
        return made

    def _insert(self, index: int, child: Node) -> Node:
        self.reserve(child.name)
        self.children.insert(index, child)
        child.parent = self
        for node in child.walk() if child.children else (child,):
            node.root = self.root
        self._changed()
        return child

    def _changed(self) -> None:
        self.root._single = None


def _at(rows: list[Node], place: str) -> list[Node]:
    return rows[int(place) - 1 : int(place)] if place else rows


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _outside_repeats(root: Node) -> Iterable[tuple[str, Node]]:
    waiting = [(f"/{root.name}", root)]
    while waiting:
        ref, node = waiting.pop()
        yield ref, node
        if not node.children:
            continue
        seen = Counter([child.name for child in node.children])
        for child in node.children:
            if not child.repeats and seen[child.name] == 1:
                waiting.append((f"{ref}/{child.name}", child))
