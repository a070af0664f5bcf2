"""XLSForms written by spreadsheet programs: .xlsx (and .xlsm) and .xls."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Any

import openpyxl
import xlrd

from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.workbook import SHEETS
from app.questionnaire.xlsform_text import Grid

MAX_UNPACKED = 30 * 1024 * 1024
MAX_PARTS = 2_000
"""Files inside a workbook; one with every sheet, picture and comment has some hundred."""
_PIECE = 64 * 1024
_FILTERS = Lock()
"""What is done with warnings is one thing for all threads of a process."""

BLANK_ROWS, BLANK_COLUMNS = 60, 20
"""After a run of so many blank ones a sheet has ended, as in pyxform."""


def read_xlsx(
    source: bytes, max_rows: Mapping[str, int], max_other_rows: int
) -> list[tuple[str, Grid]]:
    """Every sheet as text, formulas as their last value, no more rows than allowed (plus one)."""
    try:
        with _FILTERS, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and properties, which are not read
            book = openpyxl.load_workbook(
                _unpacked(source), read_only=True, data_only=True, keep_links=False
            )
            return list(_sheets(book, max_rows, max_other_rows))
    except FormErrors:
        raise
    except Exception as error:  # zipfile and openpyxl raise whatever their parts raise
        raise FormErrors([problem("unreadable")]) from error


def _sheets(
    book: openpyxl.Workbook, max_rows: Mapping[str, int], max_other_rows: int
) -> Iterator[tuple[str, Grid]]:
    for sheet in book.worksheets:
        name = sheet.title.strip().lower()
        if name not in SHEETS and len(book.worksheets) > 1:
            yield sheet.title, []
            continue
        sheet.reset_dimensions()  # the file's own claim may be wrong, or a billion rows
        limit = max_rows.get(name, max_other_rows)
        yield sheet.title, _grid(sheet.iter_rows(values_only=True), limit)


def read_xls(source: bytes) -> list[tuple[str, Grid]]:
    """Every sheet of the older binary format as text."""
    try:
        book = xlrd.open_workbook(file_contents=source, logfile=io.StringIO())
        return [(sheet.name, _grid(_xls_rows(book, sheet), sheet.nrows)) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        code = "encrypted" if "encrypt" in str(error).lower() else "unreadable"
        raise FormErrors([problem(code)]) from error
    except Exception as error:  # xlrd trusts the file: struct, index, decoding and assertion errors
        raise FormErrors([problem("unreadable")]) from error


def _unpacked(source: bytes) -> io.BytesIO:
    """The XML parts of a workbook in an archive that is not packed.

    A packed part can say that it is small and not be, and ``ZipFile.read``, which openpyxl uses,
    believes it. So each part is unpacked in pieces here, and no further than the limit.
    """
    plain = io.BytesIO()
    room = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(source)) as packed, zipfile.ZipFile(plain, "w") as made:
        if len(packed.namelist()) > MAX_PARTS:
            raise FormErrors([problem("zip_bomb", limit=MAX_UNPACKED // 2**20)])
        if "xl/workbook.xml" not in packed.namelist():
            raise FormErrors([problem("not_a_form")])
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                content = _part(packed, name, room)
                room -= len(content)
                made.writestr(name, content)
    return plain


def _part(packed: zipfile.ZipFile, name: str, room: int) -> bytes:
    content = bytearray()
    with packed.open(name) as part:
        while piece := part.read(_PIECE):
            content += piece
            if len(content) > room:
                raise FormErrors([problem("zip_bomb", limit=MAX_UNPACKED // 2**20)])
    if b"<!DOCTYPE" in content:
        raise FormErrors([problem("doctype")])
    return bytes(content)


def _grid(rows: Iterable[tuple[Any, ...]], limit: int) -> Grid:
    grid: Grid = []
    width = 0
    blank = 0
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in (row[:width] if grid else _header(row))]
        if not grid:
            width = len(cells)
        blank = 0 if any(cells) else blank + 1
        if blank > BLANK_ROWS or len(grid) > limit + 1:
            break
        if any(cells) or not grid:
            grid.append((number, cells))
    return grid


def _header(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The first row up to where a long run of blank columns begins."""
    end = 0
    for index, value in enumerate(row):
        if _text(value):
            end = index + 1
        elif index - end >= BLANK_COLUMNS:
            break
    return row[:end]


def _text(value: object) -> str:
    """A cell as XLSForm reads it: whole numbers without a point, booleans in capitals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u00a0", " ").strip()


def _xls_rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[Any, ...]]:
    for index in range(sheet.nrows):
        yield tuple(_xls_value(book, cell) for cell in sheet.row(index))


def _xls_value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
    return moment.time() if cell.value < 1 else moment
