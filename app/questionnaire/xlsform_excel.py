"""XLSForms written by spreadsheet programs: .xlsx (and .xlsm) and .xls."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import openpyxl
import xlrd

from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.workbook import SHEETS
from app.questionnaire.xlsform_text import Grid

MAX_UNPACKED = 30 * 1024 * 1024
BLANK_ROWS, BLANK_COLUMNS = 60, 20
"""After a run of so many blank ones a sheet has ended, as in pyxform."""


def read_xlsx(
    source: bytes, max_rows: Mapping[str, int], max_other_rows: int
) -> list[tuple[str, Grid]]:
    """Every sheet as text, formulas as their last value, no more rows than allowed (plus one)."""
    _refuse_bomb(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and properties, which are not read
            book = openpyxl.load_workbook(
                io.BytesIO(source), read_only=True, data_only=True, keep_links=False
            )
            return list(_sheets(book, max_rows, max_other_rows))
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
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


def _refuse_bomb(source: bytes) -> None:
    """Look at what a workbook would unpack to, and for entities, before anything parses it."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 2**20
                raise FormErrors([problem("zip_bomb", limit=limit)])
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise FormErrors([problem("not_a_form")])
            for name in names:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name):
                    raise FormErrors([problem("doctype")])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FormErrors([problem("unreadable")]) from error


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
