"""A form written as .xlsx and read again is the same form."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exchange.xlsform_out import with_form_id, workbook_xlsx
from app.questionnaire.problems import FormErrors
from app.questionnaire.workbook import Row, Sheet, Workbook
from app.questionnaire.xlsform import convert, convert_workbook
from app.questionnaire.xlsform_read import read_workbook

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "xlsforms"
OURS = [
    *sorted(path for path in (ROOT / "forms").glob("*-*.yaml") if ".summary" not in path.name),
    *sorted((ROOT / "tests/forms").glob("*.yaml")),
]
OTHERS = sorted(SHARED.glob("*.[xcm]*")) if SHARED.is_dir() else []


def cells(workbook: Workbook) -> dict[str, list[dict[str, str]]]:
    """What every sheet says, whatever the numbers of its rows."""
    return {
        name: [dict(row.cells) for row in sheet.rows] for name, sheet in workbook.sheets.items()
    }


def canonical(xml: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n"))


@pytest.mark.parametrize("path", OURS + OTHERS, ids=lambda path: path.stem)
def test_a_form_survives_the_way_through_excel(path: Path) -> None:
    workbook = read_workbook(path.read_bytes())
    again = read_workbook(workbook_xlsx(workbook))
    assert cells(again) == cells(workbook)
    try:
        converted = convert_workbook(workbook, name=path.name)
    except FormErrors:
        return
    same = convert(workbook_xlsx(workbook), name=path.name)
    # The order of attributes follows that of the cells of a row.
    assert canonical(same.xml) == canonical(converted.xml)
    assert same.extras == converted.extras


def test_the_forms_of_others_are_there() -> None:
    if not OTHERS:
        pytest.skip("../shared/xlsforms is not on this machine")
    assert len(OTHERS) > 20


def one_cell(text: str) -> Workbook:
    return Workbook(
        {"survey": Sheet(("type", "label"), (Row(2, {"type": "note", "label": text}),))}
    )


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\xa0\ufffe\uffff"))
)
def test_any_text_comes_back(text: str) -> None:
    workbook = one_cell(text.strip() or "x")
    assert cells(read_workbook(workbook_xlsx(workbook))) == cells(workbook)


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "@x", "https://contoh.id", "007", "1e5", "_x000D_"]
)
def test_a_cell_is_text_whatever_it_begins_with(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_xlsx(one_cell(text))))
    cell = book["survey"]["B2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cells(read_workbook(workbook_xlsx(one_cell(text)))) == cells(one_cell(text))


def test_the_same_form_gives_the_same_bytes() -> None:
    workbook = read_workbook(OURS[0].read_bytes())
    assert workbook_xlsx(workbook) == workbook_xlsx(workbook)


def test_a_copy_has_another_id_and_says_the_same() -> None:
    workbook = read_workbook(OURS[0].read_bytes())
    copied = convert_workbook(with_form_id(workbook, "copy"))
    assert copied.form.id == "copy"
    assert len(list(copied.form.questions())) == len(
        list(convert_workbook(workbook).form.questions())
    )


def test_a_form_without_settings_can_be_copied() -> None:
    workbook = read_workbook(b"survey:\n  - {type: text, name: a, label: A}\n")
    assert convert_workbook(with_form_id(workbook, "copy")).form.id == "copy"
    renamed = read_workbook(
        b"survey:\n  - {type: text, name: a, label: A}\nsettings:\n  - {id_string: old}\n"
    )
    assert convert_workbook(with_form_id(renamed, "copy")).form.id == "copy"
