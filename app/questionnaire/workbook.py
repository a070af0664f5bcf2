"""An XLSForm as read from any kind of file: sheets, rows and columns of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that XLSForm knows; others are notes of the author."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the author sees it, and the text of each filled cell by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, with its columns in order; blank rows are not kept."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets by their lower-case XLSForm name, and the names of sheets that were not read."""

    sheets: Mapping[str, Sheet]
    ignored: tuple[str, ...] = field(default=())

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name, empty when there is none."""
        return self.sheets.get(name, Sheet())

    @property
    def settings(self) -> Mapping[str, str]:
        """The cells of the settings sheet's only row."""
        rows = self.sheet("settings").rows
        return rows[0].cells if rows else {}

    def cells(self) -> Iterator[tuple[str, Row, str, str]]:
        """Every filled cell: sheet, row, column, text."""
        for name, sheet in self.sheets.items():
            for row in sheet.rows:
                for column, text in row.cells.items():
                    yield name, row, column, text

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON; the sheets that were not read are not kept."""
        return {
            name: {
                "columns": list(sheet.columns),
                "rows": [[row.number, dict(row.cells)] for row in sheet.rows],
            }
            for name, sheet in self.sheets.items()
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Workbook:
        """What ``as_data`` gave."""
        return cls(
            {
                name: Sheet(tuple(sheet["columns"]), tuple(Row(*row) for row in sheet["rows"]))
                for name, sheet in data.items()
            }
        )

    def changed(self, change: Callable[[str, str, str], str]) -> Workbook:
        """A copy in which each cell is ``change(sheet, column, text)``."""
        return replace(
            self,
            sheets={name: _changed(name, sheet, change) for name, sheet in self.sheets.items()},
        )


def _changed(name: str, sheet: Sheet, change: Callable[[str, str, str], str]) -> Sheet:
    rows = tuple(
        Row(row.number, {column: change(name, column, text) for column, text in row.cells.items()})
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


TEXT_COLUMNS = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "form_title",
    "easy_read",
    "alt_text",
)
"""Columns whose cells people read (not names, expressions or files)."""


MEDIA_COLUMNS = ("image", "big-image", "audio", "video", "sign_video")
"""Columns whose cells name a file, in each language."""

SURVEY_COLUMNS = (
    *("type", "name", "required", "relevant", "constraint", "calculation", "readonly", "default"),
    *("appearance", "parameters", "trigger", "choice_filter", "repeat_count", "disabled"),
    *("autoplay", "rows", "intent", "save_to", "class", "autocomplete"),
)
"""The other columns of the survey sheet that mean something."""


def is_survey_column(column: str) -> bool:
    """Whether a column of the survey sheet means something; authors add columns for notes."""
    parts = column.split("::" if "::" in column else ":")
    if parts[0].strip().lower() in ("bind", "body", "control", "instance") and len(parts) > 1:
        return re.fullmatch(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?", parts[-1].strip()) is not None
    name, language = split_column(column)
    if name in TEXT_COLUMNS or name in MEDIA_COLUMNS:
        return len(parts) <= (3 if parts[0].strip().lower() == "media" else 2)
    return name in SURVEY_COLUMNS and not language


def split_column(column: str) -> tuple[str, str]:
    """A column's name and language: ``("label", "English (en)")``; the language may be empty.

    ``media::image::English (en)`` is the column ``image``. A single colon is the older spelling.
    """
    parts = [part.strip() for part in column.split("::" if "::" in column else ":")]
    while len(parts) > 1 and parts[0].lower() in ("media", "bind", "control", "body", "jr"):
        parts = parts[1:]
    name = "_".join(parts[0].lower().split())
    return ALIASES.get(name, name), parts[1] if len(parts) > 1 else ""


ALIASES: Mapping[str, str] = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "command": "type",
    "tag": "name",
    "value": "name",
    "read_only": "readonly",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "title": "form_title",
    "set_form_title": "form_title",
}
"""Other spellings of column names that pyxform takes (its ``aliases.py``), to our one."""
