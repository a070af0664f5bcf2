"""What pyxform says in English, as problems of ours: located, and with a sentence of their own.

pyxform's codes are no interface and most of its messages have none, so what counts is the text. A
message that is not known here is passed on as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.questionnaire.problems import SENTENCES, Problem, problem
from app.questionnaire.workbook import Workbook

_ROW = re.compile(r"\[row : (\d+)\] ?")
_SHEET = re.compile(r"On the '(\w+)' sheet")
_COLUMN = re.compile(r"the '(\w+)' value")

_NOISE = re.compile(
    r"max-pixels|or_other|missing the (survey|choices)|machine-readable codes"
    r"|Choices should have a label|'disabled' column|Group has no label|Loop has no label"
    r"|Row without name, text, or label|select one external is only meant"
    r"|form_id and id_string column headers are both"
)
"""Warnings that our own checks say better, or that are about other tools."""

_KNOWN = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (r"names for the same column were found: '(?P<one>.*)', '(?P<other>.*)'", "column_twice"),
        (r"parameter keys .*? '(?P<accepted>.*?)'.*: '(?P<name>.*)'", "parameter_unknown"),
        (r"Parameters must be in the form", "parameters_shape"),
        (r"parameter '(?P<name>(?:start|end|step))' must", "range_invalid"),
        (r"tick_|'placeholder'", "range_ticks"),
        (r"'parameters' value|[Pp]arameters? |must be (?:set to|a number)", "parameters"),
        (r"Repeat names must|case-insensitive match|must be unique within", "name_alike"),
        (r"Choice filter not supported (?:with|for) (?P<name>[\w-]+)", "choice_filter_with"),
        (r"supported file extensions", "list_file_type"),
        (r"big-image", "big_image"),
        (r"'(?:save_to|entities)'|entity|entities", "entities"),
        (r"similar names were found: (?P<names>.*?)\.?(?:\s|$)", "sheet_misspelt"),
        (r"^(?P<type>\w+) is no longer supported on most devices", "never_recorded"),
        (r"Repeat has no label", "repeat_unlabelled"),
    )
)


def from_pyxform(text: str, workbook: Workbook, code: str) -> Problem | None:
    """The problem that a message tells; None for a warning that says nothing new.

    ``code`` is that of a message that is not known: ``converter`` or ``converter_warning``.
    """
    if code == "converter_warning" and _NOISE.search(text):
        return None
    reason = _ROW.sub("", text).strip()
    found = _known(reason) or problem(code, reason=reason)
    sheet, row = _place(text, workbook)
    column = _COLUMN.search(text)
    weight, _sentence = SENTENCES[code]
    return replace(found, severity=weight, sheet=sheet, row=row, column=column[1] if column else "")


def _known(reason: str) -> Problem | None:
    for pattern, code in _KNOWN:
        if said := pattern.search(reason):
            params = {name: value or "" for name, value in said.groupdict().items()}
            return replace(problem(code), params=params)
    return None


def _place(text: str, workbook: Workbook) -> tuple[str, int | None]:
    """Sheet and row; pyxform counts rows from 2 however a sheet was written."""
    row, sheet = _ROW.search(text), _SHEET.search(text)
    name = sheet[1] if sheet else "survey" if row else ""
    rows = workbook.sheet(name).rows
    index = int(row[1]) - 2 if row else -1
    return name, rows[index].number if 0 <= index < len(rows) else None
