"""The bytes of an XLSForm, of whatever file type, to a workbook of text.

The content decides the type, never the file's name: forms in the field often carry the wrong
extension. Everything here may come from a stranger, so sizes are looked at before anything is
unpacked or parsed, and a file that cannot be read is one located problem, never another exception.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from app.questionnaire.problems import FormErrors, Problem, problem
from app.questionnaire.workbook import SHEETS, Row, Sheet, Workbook
from app.questionnaire.xlsform_excel import read_xls, read_xlsx
from app.questionnaire.xlsform_text import Grid, looks_like_yaml, read_csv, read_markdown, read_yaml

MAX_BYTES = 10 * 1024 * 1024
MAX_PLAIN = {"xls": 4.0, "text": 1.0, "yaml": 0.5}
"""Megabytes of what is not packed: it takes up to a hundred times as much memory."""
MAX_SHEETS = 100
MAX_ROWS = {"survey": 2_000, "settings": 20}
MAX_OTHER_ROWS = 10_000
MAX_COLUMNS = 300
MAX_CELLS = 40_000
"""Filled cells of all sheets: what pyxform converts in about two seconds."""
MAX_CHARACTERS = 2_000_000
MAX_CELL = 32_767
"""As much as a cell of Excel can hold."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids (its section 2.2)."""


def read_workbook(source: bytes) -> Workbook:
    """Read .xlsx, .xls, .csv, .md or .yaml. Raises FormErrors when it is none of these."""
    if len(source) > MAX_BYTES:
        raise FormErrors([problem("too_large", limit=MAX_BYTES // 2**20)])
    if source.startswith(ZIP):
        return _from_grids(read_xlsx(source, MAX_ROWS, MAX_OTHER_ROWS))
    if source.startswith(OLE):
        _refuse_large(source, "xls")
        return _from_grids(read_xls(source))
    _refuse_large(source, "text")
    text = _decode(source)
    if looks_like_yaml(text):
        _refuse_large(source, "yaml")
        return _within_limits(_named(read_yaml(text)))
    if text.lstrip().startswith("<"):
        raise FormErrors([problem("not_a_form")])
    reader: Callable[[str], Iterable[tuple[str, Grid]]] = (
        read_markdown if text.lstrip().startswith(("|", "#")) else read_csv
    )
    return _from_grids(reader(text))


def _refuse_large(source: bytes, kind: str) -> None:
    if len(source) > MAX_PLAIN[kind] * 2**20:
        raise FormErrors([problem("too_large", limit=f"{MAX_PLAIN[kind]:g}")])


def _decode(source: bytes) -> str:
    encoding = "utf-16" if source.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormErrors([problem("encoding")]) from error


def _from_grids(grids: Iterable[tuple[str, Grid]]) -> Workbook:
    found = list(grids)
    return _within_limits(_named([(name, _sheet(name, grid)) for name, grid in found]))


def _named(sheets: Iterable[tuple[str, Sheet]]) -> Workbook:
    """Keep the sheets that XLSForm knows; a lone sheet of any name is the survey, as in pyxform."""
    found = [(name.strip(), sheet) for name, sheet in sheets]
    if len(found) > MAX_SHEETS:
        raise FormErrors([problem("too_many_sheets", limit=MAX_SHEETS)])
    known = {name.lower(): sheet for name, sheet in found if name.lower() in SHEETS}
    ignored = tuple(name for name, _ in found if name.lower() not in SHEETS)
    if not known and len(found) == 1:
        return Workbook({"survey": found[0][1]})
    return Workbook(known, ignored)


def _sheet(name: str, grid: Grid) -> Sheet:
    """The first row of a grid names the columns; blank rows and columns are left out."""
    if not grid:
        return Sheet()
    columns = [" ".join(cell.split()) for cell in grid[0][1]]
    filled = [column for column in columns if column]
    for column, times in Counter(filled).items():
        if times > 1:
            raise FormErrors([problem("duplicate_column", sheet=name, row=1, name=column)])
    rows = []
    for number, cells in grid[1:]:
        named = zip(columns, cells, strict=False)
        kept = {column: text.strip() for column, text in named if column and text.strip()}
        if kept:
            rows.append(Row(number, kept))
    return Sheet(tuple(filled), tuple(rows))


def _within_limits(workbook: Workbook) -> Workbook:
    problems = []
    if sum(len(row.cells) for sheet in workbook.sheets.values() for row in sheet.rows) > MAX_CELLS:
        problems.append(problem("too_many_cells", limit=MAX_CELLS))
    if sum(len(text) for _sheet, _row, _column, text in workbook.cells()) > MAX_CHARACTERS:
        problems.append(problem("too_much_text", limit=MAX_CHARACTERS))
    for name, sheet in workbook.sheets.items():
        limit = MAX_ROWS.get(name, MAX_OTHER_ROWS)
        if len(sheet.rows) > limit:
            problems.append(problem("too_many_rows", sheet=name, limit=limit))
        if len(sheet.columns) > MAX_COLUMNS:
            problems.append(problem("too_many_columns", sheet=name, limit=MAX_COLUMNS))
        problems += [found for row in sheet.rows for found in _cell_problems(name, row)]
    if problems:
        raise FormErrors(problems)
    return workbook


def _cell_problems(sheet: str, row: Row) -> Iterable[Problem]:
    for column, text in row.cells.items():
        place = partial(problem, sheet=sheet, row=row.number, column=column)
        if len(text) > MAX_CELL:
            yield place("cell_too_long", limit=MAX_CELL)
        if UNPRINTABLE.search(text):
            yield place("control_character")
