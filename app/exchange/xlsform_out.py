"""A form as a spreadsheet again: an XLSForm that Excel, KoboToolbox, ODK and we ourselves read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.questionnaire.workbook import SHEETS, Row, Sheet, Workbook, split_column

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_CREATED = datetime(2000, 1, 1)
"""Said by every file, so that the same form gives the same bytes."""
_NARROWEST, _WIDEST = 8, 60
"""Characters."""


def workbook_xlsx(workbook: Workbook) -> bytes:
    """The form as it was written, our own columns too, as .xlsx; every cell is text.

    Nothing is a formula and no link is made, whatever a cell begins with.
    """
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Book(file, {"in_memory": True, **options}) as book:
        book.set_properties({"created": _CREATED})
        heading = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name in SHEETS:
            if name in workbook.sheets:
                _write(book.add_worksheet(name), workbook.sheets[name], heading, text)
    return file.getvalue()


def with_form_id(workbook: Workbook, form_id: str) -> Workbook:
    """A copy of the form under another id; what the settings sheet called it is replaced."""
    settings = workbook.sheet("settings")
    kept = {
        column: text
        for column, text in workbook.settings.items()
        if split_column(column)[0] != "form_id"
    }
    number = settings.rows[0].number if settings.rows else 2
    row = Row(number, {"form_id": form_id, **kept})
    changed = Sheet(tuple(row.cells), (row, *settings.rows[1:]))
    return Workbook({**workbook.sheets, "settings": changed}, workbook.ignored)


def _write(worksheet: Worksheet, sheet: Sheet, heading: Format, text: Format) -> None:
    for number, column in enumerate(sheet.columns):
        cells = [row.cells.get(column, "") for row in sheet.rows]
        worksheet.set_column(number, number, _width([column, *cells]), text)
        worksheet.write_string(0, number, column, heading)
        for line, cell in enumerate(cells, start=1):
            if cell:
                worksheet.write_string(line, number, cell, text)
    worksheet.freeze_panes(1, 0)


def _width(cells: Iterable[str]) -> int:
    longest = max(len(line) for cell in cells for line in cell.splitlines() or [""])
    return min(max(longest + 2, _NARROWEST), _WIDEST)
