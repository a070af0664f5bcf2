"""The path through a form: which pages there are for the answers given so far.

A group with appearance ``field-list`` is one page, any other question is a page of its own, as in
ODK Collect. A repeat whose number of rows is not fixed ends in a page on which rows are added,
changed and removed (its *hub*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

from app.questionnaire.answers import matched
from app.questionnaire.instance import Node
from app.questionnaire.model import Form, Group, Question, Repeat

FIELD_LIST = "field-list"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked now, in one place of the instance."""

    question: Question
    node: Node
    field: str
    """Name of its HTML control: the question's name where that is unique in the form."""
    required: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat: its number from 1, and the page on which it begins."""

    number: int
    first_page: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once; its id is the last part of its address."""

    id: str
    asked: tuple[Asked, ...]
    group: Group | None = None
    repeat: Repeat | None = None
    rows: tuple[Row, ...] = ()
    place: Node | None = None
    """The node that a heading's piped answers are read from."""
    part: int = 1

    @property
    def takes_answers(self) -> bool:
        """Whether there is anything to fill in; a page of notes is only read."""
        return self.repeat is not None or any(a.question.kind.takes_answer for a in self.asked)


class Paths:
    """The names of pages and fields of one form, and its parts for telling progress."""

    def __init__(self, form: Form) -> None:
        self._root = form.root
        names = Counter(element.name for element in form.elements())
        self._unique = {name for name, times in names.items() if times == 1}
        self.parts = _parts(form.root)
        self._part_of = {
            ref: number for number, part in enumerate(self.parts, start=1) for ref in _refs(part)
        }

    def pages(self, root: Node, deciding: Deciding) -> Iterator[Page]:
        """The pages of the instance ``root``, in order."""
        yield from self._inside(self._root, root, "", deciding)

    def field(self, question: Question) -> str:
        """The name of a question's HTML control."""
        if question.name in self._unique:
            return question.name
        return question.ref.removeprefix(self._root.ref + "/").replace("/", ".")

    def _inside(
        self, group: Group | Repeat, node: Node, prefix: str, deciding: Deciding
    ) -> Iterator[Page]:
        for child, nodes in matched(group, node):
            if isinstance(child, Repeat):
                yield from self._repeat(child, node, nodes, prefix, deciding)
            elif not nodes or not nodes[0].relevant:
                continue
            elif isinstance(child, Question):
                if child.kind.asked:
                    asked = self._ask(child, nodes[0], deciding)
                    yield self._page(child.ref, self._id(child, prefix), (asked,), nodes[0])
            elif FIELD_LIST in child.appearances:
                yield from self._field_list(child, nodes[0], prefix, deciding)
            else:
                yield from self._inside(child, nodes[0], self._below(child, prefix), deciding)

    def _field_list(
        self, group: Group, node: Node, prefix: str, deciding: Deciding
    ) -> Iterator[Page]:
        asked = tuple(self._asked_in(group, node, deciding))
        if asked:
            yield self._page(group.ref, self._id(group, prefix), asked, node, group)
        for repeat, parent, below in self._repeats_in(group, node, self._below(group, prefix)):
            yield from self._repeat(repeat, parent, parent.named(repeat.name), below, deciding)

    def _asked_in(self, group: Group, node: Node, deciding: Deciding) -> Iterator[Asked]:
        for child, nodes in matched(group, node):
            if isinstance(child, Repeat) or not nodes or not nodes[0].relevant:
                continue
            if isinstance(child, Group):
                yield from self._asked_in(child, nodes[0], deciding)
            elif child.kind.asked:
                yield self._ask(child, nodes[0], deciding)

    def _repeats_in(
        self, group: Group, node: Node, prefix: str
    ) -> Iterator[tuple[Repeat, Node, str]]:
        for child, nodes in matched(group, node):
            if isinstance(child, Repeat):
                yield child, node, prefix
            elif isinstance(child, Group) and nodes and nodes[0].relevant:
                yield from self._repeats_in(child, nodes[0], self._below(child, prefix))

    def _repeat(
        self,
        repeat: Repeat,
        parent: Node,
        nodes: list[Node],
        prefix: str,
        deciding: Deciding,
    ) -> Iterator[Page]:
        if repeat.relevant is not None and not deciding.shown(repeat, parent):
            return
        rows: list[Row] = []
        for number, node in enumerate(nodes, start=1):
            below = f"{prefix}{repeat.name}/{number}/"
            pages = list(self._row(repeat, node, below, deciding))
            rows.extend([Row(number, pages[0].id)] if pages else [])
            yield from pages
        if repeat.count is None:
            yield Page(
                id=f"{prefix}{repeat.name}",
                asked=(),
                repeat=repeat,
                rows=tuple(rows),
                place=parent,
                part=self._part_of.get(repeat.ref, 1),
            )

    def _row(self, repeat: Repeat, node: Node, prefix: str, deciding: Deciding) -> Iterator[Page]:
        if FIELD_LIST not in repeat.appearances:
            yield from self._inside(repeat, node, prefix, deciding)
            return
        whole = Group(repeat.ref, repeat.children, repeat.label, appearances=repeat.appearances)
        if asked := tuple(self._asked_in(whole, node, deciding)):
            yield self._page(repeat.ref, prefix.rstrip("/"), asked, node, whole)

    def _ask(self, question: Question, node: Node, deciding: Deciding) -> Asked:
        return Asked(question, node, self.field(question), deciding.required(question, node))

    def _page(
        self,
        ref: str,
        page_id: str,
        asked: tuple[Asked, ...],
        node: Node,
        group: Group | None = None,
    ) -> Page:
        return Page(page_id, asked, group, place=node, part=self._part_of.get(ref, 1))

    def _id(self, element: Question | Group, prefix: str) -> str:
        in_row = any(part.isdigit() for part in prefix.split("/"))
        unique = element.name in self._unique and not in_row
        return element.name if unique else prefix + element.name

    def _below(self, group: Group, prefix: str) -> str:
        return f"{prefix}{group.name}/"


class Deciding(Protocol):
    """What ``Paths`` must ask the interview while it walks."""

    def required(self, question: Question, node: Node) -> bool:
        """Whether ``question`` must be answered now."""

    def shown(self, repeat: Repeat, parent: Node) -> bool:
        """Whether a repeat is relevant, though it may have no row to ask."""


_paths: WeakKeyDictionary[Form, Paths] = WeakKeyDictionary()


def paths_of(form: Form) -> Paths:
    """The paths of ``form``, kept as long as the form itself."""
    if form not in _paths:
        _paths[form] = Paths(form)
    return _paths[form]


def _parts(root: Group) -> tuple[Question | Group | Repeat, ...]:
    """The form's parts: its outermost elements that ask something, looking into a lone group."""
    asking = [child for child in root.children if _asks(child)]
    if len(asking) == 1 and isinstance(asking[0], Group) and _plain(asking[0]):
        return _parts(asking[0])
    return tuple(asking)


def _plain(group: Group) -> bool:
    return FIELD_LIST not in group.appearances


def _asks(element: Question | Group | Repeat) -> bool:
    if isinstance(element, Question):
        return element.kind.asked
    return any(_asks(child) for child in element.children)


def _refs(element: Question | Group | Repeat) -> Iterator[str]:
    yield element.ref
    if not isinstance(element, Question):
        for child in element.children:
            yield from _refs(child)
