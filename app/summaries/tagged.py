"""Mends what WeasyPrint 70 gets wrong in a tagged PDF: one function a fault.

Validators let all of these pass, and somebody who listens stumbles over them. ``mend`` is a
*finisher* of ``write_pdf``: it works on WeasyPrint's own objects before they are written, because
only there is it known which HTML element a tag comes from. That part of WeasyPrint is private, so
its version is pinned, and ``tests/pdf/test_tagged.py`` has a test for each function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

Element = Any
"""A structure element: a ``pydyf.Dictionary``, with the ``box`` that it was made for."""

REPEATED = ("/THead", "/TFoot")
POINTS = 0.75
"""Of one CSS pixel."""


def mend(document: Any, pdf: Any) -> None:
    """All of the repairs below; give it to ``write_pdf`` as ``finisher``."""
    tree = Tree(pdf)
    drop_decoration(tree)
    drop_doubles(tree)
    join_pages(tree)
    join_lines(tree)
    scope_headers(tree)
    number_lists(tree)
    tie_links(tree)
    name_links(tree)
    place_figures(tree, [page.height for page in document.pages])
    mark_languages(tree)
    set_apart(tree)


def _remembering(build: Callable[..., Iterator[Element]]) -> Callable[..., Iterator[Element]]:
    def build_box_tree(box: Any, *arguments: Any) -> Iterator[Element]:
        for element in build(box, *arguments):
            if not hasattr(element, "box"):
                element.box = box
            yield element

    return build_box_tree


# WeasyPrint forgets which box an element is for. Its function calls itself by this name, so every
# element with a box passes here.
tags._build_box_tree = _remembering(tags._build_box_tree)


class Tree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: Any) -> None:
        self._objects = pdf.objects
        self.pages = {reference: number for number, reference in enumerate(pdf.page_references)}
        root = self.get(pdf.catalog["StructTreeRoot"])
        self.top: Element = self.get(root["K"][0])
        self.parents: Any = self.get(root["ParentTree"])["Nums"]
        """Page by page, then annotation by annotation: a number, and the elements it belongs to."""

    def get(self, reference: bytes) -> Any:
        """The object that a reference like ``b"12 0 R"`` means."""
        return self._objects[int(reference.split()[0])]

    def inside(self, element: Element) -> list[Element]:
        """The structure elements directly inside one."""
        found = [self.get(kid) for kid in element["K"] if isinstance(kid, bytes)]
        return [kid for kid in found if kid["Type"] == "/StructElem"]

    def annotations(self, element: Element) -> list[Any]:
        """The references to annotations directly inside an element."""
        found = [self.get(kid) for kid in element["K"] if isinstance(kid, bytes)]
        return [kid for kid in found if kid["Type"] == "/OBJR"]

    def walk(self, element: Element | None = None) -> Iterator[Element]:
        """Every element of the tree, each before what it holds."""
        start = self.top if element is None else element
        yield start
        for kid in self.inside(start):
            yield from self.walk(kid)


def drop_decoration(tree: Tree) -> None:
    """What is ``aria-hidden`` leaves the tree; ``set_apart`` then makes it an artifact."""
    for element in list(tree.walk()):
        for kid in tree.inside(element):
            if _attribute(kid, "aria-hidden") == "true":
                element["K"].remove(kid.reference)


def drop_doubles(tree: Tree) -> None:
    """A box that layout puts inside an element's own (a column, say) is not that element again."""
    for element in tree.walk():
        while any(_same(element, kid) for kid in tree.inside(element)):
            kids, element["K"] = element["K"], pydyf.Array()
            for kid in kids:
                inner = tree.get(kid) if isinstance(kid, bytes) else None
                if inner is not None and _same(element, inner):
                    _join(tree, element, inner)
                else:
                    element["K"].append(kid)


def join_pages(tree: Tree) -> None:
    """What page breaks cut becomes one again; a table is one table, with one header."""
    joined: list[Element] = []
    for element in tree.inside(tree.top):
        if joined and _continues(joined[-1], element):
            _join(tree, joined[-1], element)
        else:
            joined.append(element)
    tree.top["K"] = pydyf.Array([element.reference for element in joined])


def _join(tree: Tree, first: Element, second: Element) -> None:
    """Move what is in ``second`` to the end of ``first``, of which it is the continuation."""
    first.last_page = second["Pg"]
    if first["S"] == "/TR":
        for cell, continued in zip(tree.inside(first), tree.inside(second), strict=True):
            _join(tree, cell, continued)
        return
    for kid in second["K"]:
        if isinstance(kid, bytes):
            _move_kid(tree, first, tree.get(kid))
        elif isinstance(kid, int):
            _move_content(tree, first, second["Pg"], kid)
        else:
            _move_content(tree, first, kid["Pg"], kid["MCID"])


def _move_kid(tree: Tree, first: Element, kid: Any) -> None:
    if kid["Type"] == "/OBJR":
        _move_annotation(tree, first, kid)
        return
    before = tree.inside(first)
    if kid["S"] in REPEATED and any(_same(one, kid) for one in before):
        return
    if before and _continues(before[-1], kid):
        _join(tree, before[-1], kid)
        return
    kid["P"] = first.reference
    first["K"].append(kid.reference)


def _move_annotation(tree: Tree, first: Element, reference: Any) -> None:
    first["K"].append(reference.reference)
    annotation = tree.get(reference["Obj"])
    tree.parents[2 * annotation["StructParent"] + 1] = first.reference


def _move_content(tree: Tree, first: Element, page: bytes, content: int) -> None:
    """A bare number means content of its element's own page, which may be another one now."""
    tree.parents[2 * tree.pages[page] + 1][content] = first.reference
    if page == first["Pg"]:
        first["K"].append(content)
    else:
        first["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": content}))


def join_lines(tree: Tree) -> None:
    """A link or an emphasis that wraps is not as many as it has lines."""
    for element in tree.walk():
        for kid in tree.inside(element):
            place = element["K"].index(kid.reference)
            before = element["K"][place - 1] if place else None
            if isinstance(before, bytes) and _wraps(tree.get(before), kid):
                _join(tree, tree.get(before), kid)
                del element["K"][place]


def _wraps(first: Any, second: Element) -> bool:
    inline = isinstance(getattr(second, "box", None), boxes.InlineBox)
    return inline and first["Type"] == "/StructElem" and _same(first, second)


def _continues(first: Element, second: Element) -> bool:
    return _same(first, second) and getattr(first, "last_page", first["Pg"]) != second["Pg"]


def _same(first: Element, second: Element) -> bool:
    """Whether two elements are parts of one HTML element (or pseudo-element)."""
    ours, theirs = getattr(first, "box", None), getattr(second, "box", None)
    return (
        ours is not None
        and theirs is not None
        and ours.element is theirs.element
        and ours.element is not None
        and (ours.element_tag, first["S"]) == (theirs.element_tag, second["S"])
    )


def scope_headers(tree: Tree) -> None:
    """A ``th`` says what it is the header of; ``Headers`` of cells would only say it again."""
    for element in tree.walk():
        if element["S"] == "/TH":
            row = _attribute(element, "scope") == "row"
            element["A"]["Scope"] = "/Row" if row else "/Column"
            element.pop("ID", None)
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)


def number_lists(tree: Tree) -> None:
    """How the items of a list are numbered, so that a reader can announce it."""
    for element in tree.walk():
        if element["S"] == "/L":
            style = str(element.box.style["list_style_type"])
            numbering = _NUMBERINGS.get(style, "/None")
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


_NUMBERINGS = {
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
}


def tie_links(tree: Tree) -> None:
    """What can be clicked belongs to the link, and nothing inside it is a link of its own."""
    for link in tree.walk():
        if link["S"] != "/Link":
            continue
        for inner in list(tree.walk(link))[1:]:
            if inner["S"] == "/Link":  # a::before
                inner["S"] = "/Span"
            for reference in tree.annotations(inner):
                inner["K"].remove(reference.reference)
                _move_annotation(tree, link, reference)


def name_links(tree: Tree) -> None:
    """A link is called by its words, not by its address."""
    for link in tree.walk():
        if link["S"] == "/Link":
            name = " ".join("".join(link.box.element.itertext()).split())
            for reference in tree.annotations(link):
                tree.get(reference["Obj"])["Contents"] = pydyf.String(name)


def place_figures(tree: Tree, heights: list[float]) -> None:
    """Where a figure is: in points from the bottom of its page, not in pixels from the top."""
    for element in tree.walk():
        if element["S"] == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = heights[tree.pages[element["Pg"]]]
            corners = (left, height - bottom, right, height - top)
            element["A"]["BBox"] = pydyf.Array(round(POINTS * corner, 2) for corner in corners)


def mark_languages(tree: Tree) -> None:
    """A part in another language is spoken by another voice."""
    for element in tree.walk():
        if element is not tree.top and (language := _attribute(element, "lang")):
            element["Lang"] = pydyf.String(language)


def set_apart(tree: Tree) -> None:
    """Content in no element of the tree is an artifact: running lines, repeated table headers."""
    reached = {element.reference for element in tree.walk()}
    for page, number in tree.pages.items():
        parents = tree.parents[2 * number + 1]
        left_out = {n for n, parent in enumerate(parents) if parent not in reached}
        _make_artifacts(tree.get(tree.get(page)["Contents"]).stream, left_out)
        for content in left_out:
            parents[content] = "null"


def _make_artifacts(stream: list[Any], contents: set[int]) -> None:
    """``/Span <</MCID 3>> BDC`` becomes ``/Artifact <</Type /Pagination>> BDC``."""
    for place, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in contents:
            stream[place - 1 : place + 1] = [
                "/Artifact",
                pydyf.Dictionary({"Type": "/Pagination"}),
            ]


def _attribute(element: Element, name: str) -> str | None:
    """An attribute of the HTML element that a structure element stands for."""
    box = getattr(element, "box", None)
    if box is None or box.element is None or box.element_tag != box.element.tag:
        return None
    value: str | None = box.element.get(name)
    return value
