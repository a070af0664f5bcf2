"""Responses as CSV files in a zip: one a sheet, the code book, and what to read first.

UTF-8 with a byte order mark, or Excel reads it as something else. A text that Excel would take for
a formula gets an apostrophe before it (OWASP, "CSV Injection"); numbers are numbers and have none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from app.exchange import codebook
from app.exchange.cells import Cell
from app.exchange.columns import CODEBOOK, Document, sheets_of
from app.questionnaire.model import Form

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(
    form: Form,
    documents: Iterable[Document],
    output: BinaryIO,
    *,
    made: datetime,
    earlier: Iterable[Form] = (),
    free_text: bool = False,
    language: str = "",
) -> None:
    """Write a zip archive; see ``sheets_of`` for ``earlier``, ``free_text`` and ``language``.

    ``output`` is written from its beginning. Needs an application context.
    """
    sheets = sheets_of(form, earlier=earlier, free_text=free_text, language=language)
    with ZipFile(output, "w", ZIP_DEFLATED) as archive, ExitStack() as files:
        # A zip is written one file at a time, and one response has rows in several of them.
        tables = [_Table(files.enter_context(TemporaryFile())) for _ in sheets]
        for sheet, table in zip(sheets, tables, strict=True):
            table.append(sheet.headers)
        for document in documents:
            for sheet, table in zip(sheets, tables, strict=True):
                for row in sheet.rows(document):
                    table.append(row)
        for sheet, table in zip(sheets, tables, strict=True):
            table.store(archive, sheet.name)
        book = _Table(files.enter_context(TemporaryFile()))
        book.append(codebook.headers(form))
        for line in codebook.rows(form, sheets):
            book.append(line)
        book.store(archive, CODEBOOK)
        archive.writestr("read-first.txt", _note(form, made, free_text))


class _Table:
    """A CSV file in the making."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
        self._writer = csv.writer(self._text)

    def append(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([written(cell) for cell in row])

    def store(self, archive: ZipFile, name: str) -> None:
        """Put the file into the archive."""
        self._text.flush()
        self._file.seek(0)
        with archive.open(f"{name}.csv", "w", force_zip64=True) as entry:
            copyfileobj(self._file, entry)


def written(cell: Cell) -> str | int | float:
    """A cell as it stands in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, int | float):
        return cell
    text = cell if isinstance(cell, str) else cell.isoformat()
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _note(form: Form, made: datetime, free_text: bool) -> bytes:
    return "\r\n".join(codebook.read_first(form, made, free_text)).encode("utf-8-sig")
