"""Responses as an Excel workbook: sheets of answers, a code book, and what to read first.

Rows are written as they come, so 100,000 responses need no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.exchange import codebook
from app.exchange.cells import Cell
from app.exchange.columns import CODEBOOK, READ_FIRST, Document, sheets_of
from app.questionnaire.model import Form

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
"""Characters in one cell; Excel calls a file with more damaged."""
FIRST_DATE = date(1900, 3, 1)
"""Before it Excel counts a day that never was: earlier dates stay text."""
FORMULA_STARTS = ("=", "+", "-", "@")


class TooManyRowsError(Exception):
    """A sheet of Excel has room for 1,048,575 rows below its header."""


def write_xlsx(
    form: Form,
    documents: Iterable[Document],
    output: BinaryIO,
    *,
    made: datetime,
    earlier: Iterable[Form] = (),
    free_text: bool = False,
    language: str = "",
) -> None:
    """Write a workbook; see ``sheets_of`` for ``earlier``, ``free_text`` and ``language``.

    ``output`` is written from its beginning and must be seekable. Needs an application context.

    Raises:
        TooManyRowsError: there are more responses than a sheet holds.
    """
    sheets = sheets_of(form, earlier=earlier, free_text=free_text, language=language)
    with Workbook(output, {"constant_memory": True}) as workbook:
        formats = {name: workbook.add_format(look) for name, look in LOOKS.items()}

        def table(name: str, headers: Iterable[str] = ()) -> _Table:
            return _Table(workbook.add_worksheet(name), formats, list(headers))

        tables = [table(sheet.name, sheet.headers) for sheet in sheets]
        for document in documents:
            for sheet, rows in zip(sheets, tables, strict=True):
                for row in sheet.rows(document):
                    rows.append(row)
        book = table(CODEBOOK, codebook.headers(form))
        for line in codebook.rows(form, sheets):
            book.append(line)
        note = table(READ_FIRST)
        for sentence in codebook.read_first(form, made, free_text):
            note.append([sentence])


class _Table:
    """A sheet that rows are added to, below its headers if it has any."""

    def __init__(
        self, sheet: Worksheet, formats: Mapping[str, Format], headers: Sequence[str]
    ) -> None:
        self._sheet = sheet
        self._formats = formats
        self._next = 0
        if headers:
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(headers) - 1, 16)
            for place, header in enumerate(headers):
                sheet.write_string(0, place, header, formats["header"])
            self._next = 1
        else:
            sheet.set_column(0, 0, 100)

    def append(self, row: Sequence[Cell]) -> None:
        if self._next == MOST_ROWS:
            raise TooManyRowsError(self._sheet.get_name())
        for place, cell in enumerate(row):
            self._write(place, cell)
        self._next += 1

    def _write(self, place: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, int | float):
            self._sheet.write_number(self._next, place, cell)
            return
        name = _FORMATS.get(type(cell))
        if name and _known_to_excel(cell):
            self._sheet.write_datetime(self._next, place, cell, self._formats[name])
            return
        text = cell if isinstance(cell, str) else cell.isoformat()
        # Without the quote, editing the cell would turn "=1+1" into a formula.
        quoted = self._formats["quoted"] if text.startswith(FORMULA_STARTS) else None
        self._sheet.write_string(self._next, place, _cut(text), quoted)


LOOKS = {
    "header": {"bold": True, "bottom": 1},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "time": {"num_format": "hh:mm"},
    "quoted": {"quote_prefix": True},
}
_FORMATS: Mapping[type, str] = {datetime: "moment", date: "date", time: "time"}


def _known_to_excel(cell: Cell) -> bool:
    day = cell.date() if isinstance(cell, datetime) else cell
    return not isinstance(day, date) or day >= FIRST_DATE


def _cut(text: str) -> str:
    """Excel counts UTF-16 units, two for an emoji."""
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
