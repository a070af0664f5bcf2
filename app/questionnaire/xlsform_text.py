"""XLSForms written as text: CSV, Markdown tables and our own YAML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import yaml

from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.workbook import Row, Sheet

Grid = list[tuple[int, list[str]]]
"""Rows of one sheet: row number, cells. The first row holds the column names."""

LANGUAGES = {
    "id": "Bahasa Indonesia (id)",
    "en": "English (en)",
    "jv": "Basa Jawa (jv)",
    "mad": "Bhâsa Madhurâ (mad)",
    "osi": "Basa Osing (osi)",
}
"""How a language tag that is a key in YAML is written as the language of a column."""

_DEEPEST = 4
"""A cell with languages: sheets, rows, columns, languages."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def looks_like_yaml(text: str) -> bool:
    """Whether a line of the text is nothing but the name of a sheet and a colon."""
    return re.search(r"^(survey|choices|settings):\s*(#.*)?$", text, re.MULTILINE) is not None


def read_yaml(text: str) -> list[tuple[str, Sheet]]:
    """Sheets as keys, rows as lists, columns as keys; every scalar is text, as it is written.

    A cell that holds keys of its own is one column a language: ``label: {id: …, en: …}`` is
    ``label::Bahasa Indonesia (id)`` and ``label::English (en)``. The row number is the line.
    """
    try:
        _refuse_depth(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or type(error).__name__
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise FormErrors([problem("yaml", row=line, reason=reason)]) from error
    if not isinstance(root, yaml.MappingNode):
        raise FormErrors([problem("not_a_form")])
    return [(str(key.value), _yaml_sheet(str(key.value), node)) for key, node in root.value]


def _refuse_depth(text: str) -> None:
    """Look at the depth before composing, which is recursive: in C it ends the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            line = event.start_mark.line + 1
            raise FormErrors([problem("sheet_shape", row=line)])


def _yaml_sheet(name: str, node: yaml.Node) -> Sheet:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    rows = []
    for item in items:
        line = item.start_mark.line + 1
        if not isinstance(item, yaml.MappingNode):
            raise FormErrors([problem("sheet_shape", sheet=name, row=line)])
        rows.append(Row(line, dict(_yaml_cells(name, item))))
    columns = dict.fromkeys(column for row in rows for column in row.cells)
    return Sheet(tuple(columns), tuple(rows))


def _yaml_cells(sheet: str, row: yaml.MappingNode) -> Iterator[tuple[str, str]]:
    seen = set()
    for key, value in row.value:
        line = key.start_mark.line + 1
        if key.value in seen:
            name = str(key.value)
            raise FormErrors([problem("duplicate_column", sheet=sheet, row=line, name=name)])
        seen.add(key.value)
        if isinstance(value, yaml.ScalarNode) and isinstance(key, yaml.ScalarNode):
            if value.value.strip():
                yield key.value, value.value.strip()
        elif isinstance(value, yaml.MappingNode):
            yield from _yaml_languages(sheet, key.value, value)
        else:
            raise FormErrors([problem("sheet_shape", sheet=sheet, row=line)])


def _yaml_languages(sheet: str, column: str, cell: yaml.MappingNode) -> Iterator[tuple[str, str]]:
    for key, value in cell.value:
        if not isinstance(value, yaml.ScalarNode):
            line = key.start_mark.line + 1
            raise FormErrors([problem("sheet_shape", sheet=sheet, row=line)])
        if value.value.strip():
            yield f"{column}::{LANGUAGES.get(key.value, key.value)}", value.value.strip()


def read_csv(text: str) -> Iterator[tuple[str, Grid]]:
    """The XLSForm CSV layout: a sheet's name alone in the first column, its rows indented by one.

    Excel writes ``;`` between the columns where the comma is the decimal sign, as in Indonesia.
    """
    head = text[:5000]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error as error:
        raise FormErrors([problem("unreadable")]) from error
    if not any(len(row) > 1 for _, row in rows):
        raise FormErrors([problem("not_a_form")])
    return _by_first_column(rows)


def read_markdown(text: str) -> Iterator[tuple[str, Grid]]:
    """The table layout of the XLSForm documentation; ``#`` begins a comment line."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        inner = re.fullmatch(r"\s*\|(.*)\|\s*(#[^|]*)?", line)
        if inner and not ("-" in inner[1] and re.fullmatch(r"[|:\s-]*", inner[1])):
            cells = re.split(r"(?<!\\)\|", inner[1])
            rows.append((number, [cell.strip().replace(r"\|", "|") for cell in cells]))
    return _by_first_column(rows)


def _by_first_column(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[str, Grid]]:
    """Split rows into sheets: a filled first column begins the sheet of that name."""
    name = ""
    grid: Grid = []
    for number, row in rows:
        if row and row[0]:
            if name:
                yield name, grid
            name, grid = row[0], []
        if any(row[1:]):
            grid.append((number, row[1:]))
    if name:
        yield name, grid
