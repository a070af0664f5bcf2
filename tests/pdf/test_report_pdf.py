"""The summary as a PDF: what a reader's software finds in it, and what a printer gets."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pikepdf
import pytest
from flask import Flask

from app.questionnaire.model import Text
from app.summaries.pdf import pdf
from app.summaries.plan import plan_of
from app.summaries.press import press
from app.summaries.report import Report, summarise
from app.summaries.tagged import POINTS
from app.summaries.tally import tally
from app.summaries.typeset import NothingFetched, style, typeset
from tests.pdf.tags import Tag, artifacts, faults, marked, read, text
from tests.summaries.sample import document, sample_form

FORM = sample_form()
PLAN = plan_of(FORM)
DOCUMENTS = [
    document(
        {
            "about": {"sex": "fm"[number % 2], "age": number % 90, "town": "k3512"},
            "needs": ["ramp", "sign"][: 1 + number % 2],
            "house": [{"member_age": number % 70}],
            "story": "Kata-kata saya sendiri",
            "wg_status": ["with", "without"][number % 2],
        },
        number,
    )
    for number in range(200)
]


def report(language: str) -> Report:
    now = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
    return summarise(FORM, PLAN, tally(PLAN, DOCUMENTS), language=language, now=now)


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {}


@pytest.fixture(params=["id", "en"])
def data(app: Flask, printed: dict[str, bytes], request: pytest.FixtureRequest) -> bytes:
    """Made once for each language: a PDF takes half a second."""
    language: str = request.param
    if language not in printed:
        with app.app_context():
            printed[language] = pdf(report(language))
    return printed[language]


def test_a_checker_of_pdf_ua_finds_nothing(data: bytes) -> None:
    assert faults(data) == []


def test_title_language_and_bookmarks(data: bytes, printed: dict[str, bytes]) -> None:
    file = pikepdf.open(io.BytesIO(data))
    language = next(tag for tag, one in printed.items() if one is data)
    title = {"id": "Suara Warga", "en": "Community Voices"}[language]
    assert str(file.Root.Lang) == language
    assert str(file.docinfo["/Title"]) == title
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == [title]
        assert len(outline.root[0].children) == len(report_sections(data)) > 3


def report_sections(data: bytes) -> list[Tag]:
    return read(data).all("H2")


def test_one_h1_and_headings_in_order(data: bytes) -> None:
    headings = [int(tag.type[1]) for tag in read(data).all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_every_table_has_headers_for_its_rows_and_columns(data: bytes) -> None:
    tables = read(data).all("Table")
    assert len(tables) > 5
    for table in tables:
        assert {tag.attributes["Scope"] for tag in table.all("TH")} == {"/Column", "/Row"}
        for row in table.all("TR"):
            assert len(row.kids) == 3
            assert row.kids[0].type == "TH"


def test_bars_are_not_read(data: bytes) -> None:
    assert read(data).all("Figure") == []


def test_what_stands_on_every_page_is_read_on_none(data: bytes) -> None:
    pages = text(data).split("\f")[:-1]
    running = {"id": "Internal – bukan untuk disebarkan", "en": "Internal – not for distribution"}
    for number, words in enumerate(pages, start=1):
        assert any(note in words for note in running.values())
        assert f"{number} " in words
        assert f" {len(pages)}" in words
    told = list(read(data).content())
    assert set(told) == marked(data)
    assert all(found.count("/Pagination") >= 3 for found in artifacts(data))


def test_it_is_read_in_the_order_of_the_page(data: bytes) -> None:
    told = list(read(data).content())
    assert told == sorted(told), "the tree is not in the order of the content"
    drawn, seen = text(data, "-raw").split(), text(data, "-layout").split()
    assert sorted(drawn) == sorted(seen)


def test_pages_are_a4(data: bytes) -> None:
    file = pikepdf.open(io.BytesIO(data))
    for one in file.pages:
        assert [round(float(edge)) for edge in one.MediaBox] == [0, 0, 595, 842]


def test_nothing_that_is_read_is_smaller_than_12_points(data: bytes) -> None:
    """Only the running lines are; they are artifacts."""
    file = pikepdf.open(io.BytesIO(data))
    for one in file.pages:
        size, artifact = 0.0, False
        for part in pikepdf.parse_content_stream(one):
            match str(part.operator):
                case "BMC" | "BDC":
                    artifact = str(part.operands[0]) == "/Artifact"
                case "Tf":
                    size = abs(float(part.operands[1]))
                case "Tj" | "TJ":
                    assert artifact or size >= 12 / POINTS


def test_fonts_are_embedded_and_can_be_copied_as_text(data: bytes) -> None:
    file = pikepdf.open(io.BytesIO(data))
    fonts = [font for one in file.pages for font in one.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        described = font.DescendantFonts[0].FontDescriptor
        assert any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_what_people_wrote_is_not_printed(data: bytes) -> None:
    assert "Kata-kata saya" not in text(data)


def test_nothing_is_fetched_whatever_a_label_says(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(NothingFetched, "fetch", lambda self, url, headers=None: asked.append(url))
    monkeypatch.setattr(press, "pdf", lambda html: typeset(html, style()))
    title = "![a](https://example.org/a.png) <img src='https://example.org/b.png'> file:///etc/x"
    form = replace(FORM, title=Text({"": {"id": (title,), "en": (title,)}}))
    counted = tally(PLAN, DOCUMENTS[:2])
    now = datetime(2026, 8, 17, tzinfo=UTC)
    with app.app_context():
        made = pdf(summarise(form, PLAN, counted, language="en", now=now))
    assert asked == []
    assert "file:///etc/" in text(made)


def test_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        NothingFetched().fetch("https://example.org/a.png")
