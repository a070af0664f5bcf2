"""Editions as PDF: what a reader's software finds in them, in normal and in large print."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pytest
from flask import Flask

from app.summaries.editions import INTERNAL, NETWORK, PUBLIC, Edition
from app.summaries.pdf import edition_pdf
from app.summaries.tagged import POINTS
from tests.pdf.tags import faults, marked, read
from tests.summaries.test_editions import report

A, B = "needs-assessment", "activity-feedback"
CASES = [
    *((B, edition, tag, large) for edition in (INTERNAL, NETWORK, PUBLIC) for tag in ("id", "en")
      for large in (False, True)),
    (A, PUBLIC, "id", False),
    (A, NETWORK, "en", True),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "edition", "tag", "large"), CASES)
def test_a_checker_of_pdf_ua_finds_nothing(
    app: Flask, name: str, edition: Edition, tag: str, large: bool
) -> None:
    with app.app_context():
        data = edition_pdf(report(name, edition, tag), large=large)
    assert faults(data) == []
    tree = read(data)
    assert set(tree.content()) == marked(data), "everything is read or an artifact"
    headings = [int(tag.type[1]) for tag in tree.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert tree.all("Figure") == [], "the tables say what pictures show"
    for table in tree.all("Table"):
        assert {cell.attributes["Scope"] for cell in table.all("TH")} == {"/Column", "/Row"}
    assert smallest(data) >= (18 if large else 12) / POINTS


def smallest(data: bytes) -> float:
    """The smallest letters that are read, in the units of the content."""
    found = []
    for page in pikepdf.open(io.BytesIO(data)).pages:
        size, artifact = 0.0, False
        for part in pikepdf.parse_content_stream(page):
            match str(part.operator):
                case "BMC" | "BDC":
                    artifact = str(part.operands[0]) == "/Artifact"
                case "Tf":
                    size = abs(float(part.operands[1]))
                case "Tj" | "TJ" if not artifact:
                    found.append(size)
    return min(found)
