"""Reads the tag tree of a PDF, as a screen reader's software does."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import page
import pikepdf


@dataclass(frozen=True)
class Tag:
    """A structure element; a piece of marked content is a page and a number."""

    type: str
    attributes: dict[str, Any]
    parts: tuple[Tag | tuple[int, int], ...]
    alt: str
    language: str

    @property
    def kids(self) -> list[Tag]:
        return [part for part in self.parts if isinstance(part, Tag)]

    def content(self) -> Iterator[tuple[int, int]]:
        """Every piece of marked content, in the order in which it is read."""
        for part in self.parts:
            if isinstance(part, Tag):
                yield from part.content()
            else:
                yield part

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *types: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.type in types]


def read(data: bytes) -> Tag:
    """The ``Document`` element."""
    pdf = pikepdf.open(io.BytesIO(data))
    pages = {one.obj.objgen: number for number, one in enumerate(pdf.pages)}
    return _tag(pdf.Root.StructTreeRoot.K[0], pages, None)


def _tag(element: Any, pages: dict[Any, int], above: int | None) -> Tag:
    here = pages[element.Pg.objgen] if "/Pg" in element else above
    parts: list[Tag | tuple[int, int]] = []
    found = element.get("/K", [])
    for kid in found if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(kid, int):
            assert here is not None
            parts.append((here, kid))
        elif kid.get("/Type") == "/MCR":
            parts.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/StructElem":
            assert kid.P.objgen == element.objgen, "a tag does not know what holds it"
            parts.append(_tag(kid, pages, here))
    attributes = {str(k)[1:]: v for k, v in element.get("/A", {}).items()}
    return Tag(
        str(element.S)[1:],
        {name: _plain(value) for name, value in attributes.items()},
        tuple(parts),
        str(element.get("/Alt", "")),
        str(element.get("/Lang", "")),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [str(part) if isinstance(part, pikepdf.String) else float(part) for part in value]
    return str(value) if isinstance(value, pikepdf.Name | pikepdf.String) else value


def links(data: bytes) -> list[tuple[str, Any]]:
    """What each link annotation is called, and the type of the element that it belongs to."""
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    return [
        (str(annotation.Contents), str(parents[int(annotation.StructParent)].S))
        for one in pdf.pages
        for annotation in one.get("/Annots", [])
    ]


def artifacts(data: bytes) -> list[list[str]]:
    """For each page, the types of its artifacts."""
    pdf = pikepdf.open(io.BytesIO(data))
    return [
        [
            str(part.operands[1].get("/Type", "")) if len(part.operands) > 1 else ""
            for part in pikepdf.parse_content_stream(one)
            if str(part.operator) in ("BMC", "BDC") and str(part.operands[0]) == "/Artifact"
        ]
        for one in pdf.pages
    ]


def marked(data: bytes) -> set[tuple[int, int]]:
    """Page and number of every piece of marked content that is not an artifact."""
    pdf = pikepdf.open(io.BytesIO(data))
    return {
        (number, int(part.operands[1].MCID))
        for number, one in enumerate(pdf.pages)
        for part in pikepdf.parse_content_stream(one)
        if str(part.operator) == "BDC" and "/MCID" in part.operands[1]
    }


def faults(data: bytes) -> list[str]:
    """What page-validation finds against PDF/UA-1."""
    limits = page.SafetyLimits(max_reference_depth=10_000)
    report = page.validate_pdf_bytes(data, profile="ua1", limits=limits)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def text(data: bytes, *options: str) -> str:
    """What poppler's pdftotext reads."""
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode()
