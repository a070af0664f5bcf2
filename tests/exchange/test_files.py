"""The files themselves, read again with other people's tools."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import Any

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.csvs import FORMULA_STARTS, write_csv, written
from app.exchange.xlsx import LONGEST_TEXT, TooManyRowsError, write_xlsx
from tests.summaries.sample import LAW, document, sample_form

FORM = sample_form()
MADE = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
DOCUMENTS = [
    document(
        {
            "about": {"sex": "f", "age": 41, "since": "2020-02-29"},
            "needs": ["ramp"],
            "house": [{"member_age": 3}, {"member_age": 70}],
            "story": '=HYPERLINK("https://example.org";"klik")',
        },
        1,
    ),
    document({"about": {"sex": "m", "since": "1850-01-01"}, "story": "baris 1\nbaris 2"}, 2),
]
EVIL = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    st.sampled_from(FORMULA_STARTS).map(lambda start: f"{start}1+1"),
)


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def xlsx(documents: list[dict[str, Any]], **more: Any) -> openpyxl.Workbook:
    output = io.BytesIO()
    write_xlsx(FORM, documents, output, made=MADE, **more)
    return openpyxl.load_workbook(output)


def table(book: openpyxl.Workbook, name: str) -> list[dict[str, Any]]:
    headers, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def csvs(documents: list[dict[str, Any]], **more: Any) -> dict[str, str]:
    output = io.BytesIO()
    write_csv(FORM, documents, output, made=MADE, **more)
    with zipfile.ZipFile(output) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())
    return {name: content.decode("utf-8-sig") for name, content in files.items()}


def test_a_workbook_has_answers_repeats_a_code_book_and_a_warning() -> None:
    book = xlsx(DOCUMENTS)
    assert book.sheetnames == ["answers", "house", "codebook", "read first"]
    first, second = table(book, "answers")
    assert (first["sex"], first["age"], first["needs/ramp"]) == ("f", 41, 1)
    assert first["since"] == datetime(2020, 2, 29)
    assert second["since"] == "1850-01-01", "Excel cannot count back that far"
    assert first["_submitted"] == datetime(2026, 8, 1, 15)
    assert [row["member_age"] for row in table(book, "house")] == [3, 70]
    notes = [str(row[0]) for row in book["read first"].iter_rows(values_only=True)]
    assert any("Every row is what one person said" in note for note in notes)
    assert any("17 Agustus 2026" in note for note in notes)


def test_the_code_book_has_every_column_and_choice_in_both_languages() -> None:
    book = xlsx(DOCUMENTS)
    rows = table(book, "codebook")
    for sheet in ("answers", "house"):
        headers = next(book[sheet].iter_rows(values_only=True))
        assert set(headers) == {row["column"] for row in rows if row["sheet"] == sheet}
    (female,) = (row for row in rows if row["column"] == "sex" and row["value"] == "f")
    assert (female["label (id)"], female["label (en)"]) == ("Perempuan", "Female")
    assert female["question (id)"] == "Jenis kelamin (id)?"
    (identity,) = (row for row in rows if row["column"] == "_id" and row["sheet"] == "answers")
    assert identity["question (en)"].startswith("The response.")


def test_a_formula_stays_a_text() -> None:
    book = xlsx(DOCUMENTS, free_text=True)
    story = next(cell for row in book["answers"] for cell in row if "HYPERLINK" in str(cell.value))
    assert story.data_type == "s"
    assert story.quotePrefix
    assert csvs(DOCUMENTS, free_text=True)["answers.csv"].count("'=HYPERLINK") == 1


@LAW
@given(st.lists(EVIL, max_size=4))
def test_whatever_people_write_is_a_text_in_a_workbook(stories: list[str]) -> None:
    documents = [document({"story": story}, n) for n, story in enumerate(stories)]
    book = xlsx(documents, free_text=True)
    column = [cell.value for cell in book["answers"][1]].index("story")
    for cells, story in zip(list(book["answers"])[1:], stories, strict=True):
        cell = cells[column]
        assert cell.data_type in ("s", "n", "inlineStr")
        assert cell.data_type != "f"
        if story:
            assert isinstance(cell.value, str)


@LAW
@given(st.lists(EVIL, max_size=4))
def test_whatever_people_write_comes_back_from_csv(stories: list[str]) -> None:
    documents = [document({"story": story}, n) for n, story in enumerate(stories)]
    text = csvs(documents, free_text=True)["answers.csv"]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["story"] for row in rows] == [written(story) for story in stories]
    assert all(not row["story"].startswith(FORMULA_STARTS) for row in rows)


def test_negative_numbers_stay_numbers() -> None:
    assert written(-5) == -5
    assert written(-2.5) == -2.5
    assert written("-5") == "'-5"


def test_a_csv_export_has_the_same_parts() -> None:
    files = csvs(DOCUMENTS)
    assert list(files) == ["answers.csv", "house.csv", "codebook.csv", "read-first.txt"]
    rows = list(csv.DictReader(io.StringIO(files["answers.csv"], newline="")))
    assert [row["_submitted"] for row in rows] == ["2026-08-01 15:00", "2026-08-01 20:00"]
    assert rows[0]["since"] == "2020-02-29"
    assert "story" not in rows[0]


def test_a_text_longer_than_a_cell_is_cut() -> None:
    long = "😀" * LONGEST_TEXT
    (row,) = table(xlsx([document({"story": long})], free_text=True), "answers")
    assert len(row["story"].encode("utf-16-le")) <= 2 * LONGEST_TEXT
    assert set(row["story"]) == {"😀"}


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.xlsx.MOST_ROWS", 3)
    with pytest.raises(TooManyRowsError):
        xlsx([document({}, n) for n in range(3)])


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_memory_does_not_grow_with_the_number_of_responses(write: Callable[..., None]) -> None:
    def peak(many: int) -> int:
        documents = (
            document({"about": {"age": n % 90}, "needs": ["ramp"]}, n) for n in range(many)
        )
        tracemalloc.start()
        with TemporaryFile() as output:
            write(FORM, documents, output, made=MADE)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(4000) < 2 * peak(400)
