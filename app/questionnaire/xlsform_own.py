"""Our own columns and settings, taken out before pyxform sees the form (docs/xlsform.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from app.questionnaire.extras import (
    EXPRESSION_SETTINGS,
    SETTINGS,
    SURVEY_COLUMNS,
    TEXT_COLUMNS,
    Extras,
    Words,
)
from app.questionnaire.workbook import Row, Sheet, Workbook, split_column
from app.questionnaire.xlsform_outline import Outline, plain_cells
from app.questionnaire.xlsform_references import REFERENCE


def take_out(workbook: Workbook, outline: Outline) -> tuple[Workbook, Extras]:
    """The workbook as any XLSForm tool knows it, and what was in our own columns."""
    extras = Extras(
        settings=dict(_settings(workbook, outline)),
        titles=_titles(workbook),
        questions=dict(_questions(outline)),
        texts=dict(_question_texts(outline)),
        choices=_choice_texts(workbook),
    )
    return _without(workbook, _is_own), extras


def path_of(outline: Outline, name: str) -> str:
    """The path of the question ``name``; the name itself when there is none.

    Inside a repeat an absolute path stays in the row where it is used (ODK XForms, "A Big
    Deviation with XForms"), so it is right there too.
    """
    found = outline.by_name.get(name)
    return found[0].ref if found else name


def _settings(workbook: Workbook, outline: Outline) -> Iterator[tuple[str, str]]:
    cells = {split_column(column)[0]: text for column, text in workbook.settings.items()}
    for name in SETTINGS:
        if name not in cells:
            continue
        text = cells[name]
        if name in EXPRESSION_SETTINGS:
            text = REFERENCE.sub(lambda found: path_of(outline, found[2]), text)
        yield name, text
    if language := cells.get("default_language"):
        yield "default_language", language


def _titles(workbook: Workbook) -> dict[str, str]:
    columns = ((split_column(column), text) for column, text in workbook.settings.items())
    return {language: text for (name, language), text in columns if name == "form_title"}


def _questions(outline: Outline) -> Iterator[tuple[str, Mapping[str, str]]]:
    for entry in outline.by_ref.values():
        own = {column: entry.cells[column] for column in SURVEY_COLUMNS if column in entry.cells}
        if own:
            yield entry.ref, own


def _question_texts(outline: Outline) -> Iterator[tuple[str, Words]]:
    def resolve(text: str) -> str:
        return REFERENCE.sub(lambda found: f"${{{path_of(outline, found[2])}}}", text)

    for entry in outline.by_ref.values():
        if words := _words(entry.row, resolve):
            yield entry.ref, words


def _choice_texts(workbook: Workbook) -> dict[str, dict[str, Words]]:
    lists: dict[str, dict[str, Words]] = {}
    for row in workbook.sheet("choices").rows:
        cells = plain_cells(row)
        if words := _words(row, str):
            lists.setdefault(cells.get("list_name", ""), {})[cells.get("name", "")] = words
    return lists


def _words(row: Row, resolve: Callable[[str], str]) -> Words:
    words: dict[str, dict[str, str]] = {}
    for column, text in row.cells.items():
        form, language = split_column(column)
        if form in TEXT_COLUMNS:
            words.setdefault(form, {})[language] = resolve(text)
    return words


def _is_own(sheet: str, column: str) -> bool:
    name, language = split_column(column)
    if sheet == "survey":
        return name in SURVEY_COLUMNS or name in TEXT_COLUMNS
    if sheet == "choices":
        return name in TEXT_COLUMNS
    if sheet == "settings":
        return name in SETTINGS or (name == "form_title" and language != "")
    return False


def _without(workbook: Workbook, unwanted: Callable[[str, str], bool]) -> Workbook:
    def keep(name: str, sheet: Sheet) -> Sheet:
        columns = tuple(column for column in sheet.columns if not unwanted(name, column))
        rows = tuple(
            Row(row.number, {key: text for key, text in row.cells.items() if key in columns})
            for row in sheet.rows
        )
        return Sheet(columns, rows)

    return replace(workbook, sheets={name: keep(name, s) for name, s in workbook.sheets.items()})
