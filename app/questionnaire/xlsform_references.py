"""References of an XLSForm, ``${name}``: closed, and to one question that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.questionnaire.expressions import ExpressionError, parse
from app.questionnaire.extras import EXPRESSION_SETTINGS
from app.questionnaire.problems import Problem, located, problem
from app.questionnaire.workbook import TEXT_COLUMNS, Row, Workbook, split_column
from app.questionnaire.xform_check import expression_problem
from app.questionnaire.xlsform_outline import Outline

REFERENCE = re.compile(
    r"\$\{(\s*+(?:last-saved#)?+([^${}\s]*+(?:\s++[^${}\s]++)*+)\s*+)\}"
)  # possessive: a cell of "${" and ten thousand spaces must not take minutes
_OPEN = re.compile(r"\$\{(?![^${}]*\})")
_EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
"""What pyxform does to quotation marks in expressions."""

_NOT_REFERRING = ("type", "name", "trigger")


def check_references(workbook: Workbook, outline: Outline) -> Iterator[Problem]:
    """Every reference that is not closed or leads to no question, or to more than one."""
    for sheet, row, column, text in workbook.cells():
        if "${" not in text or not _may_refer(sheet, split_column(column)[0]):
            continue
        place = {"sheet": sheet, "column": column, "question": row.cells.get("name", "")}
        for found in _in_cell(text, outline):
            yield located(found, row=row.number, **place)


def _may_refer(sheet: str, column: str) -> bool:
    if sheet == "survey":
        return column not in _NOT_REFERRING
    if sheet == "settings":
        return column in EXPRESSION_SETTINGS or column == "instance_name"
    return sheet == "choices" and column in TEXT_COLUMNS


def _in_cell(text: str, outline: Outline) -> Iterator[Problem]:
    if _OPEN.search(text):
        yield problem("reference_malformed")
    for name in dict.fromkeys(found[2] for found in REFERENCE.finditer(text)):
        targets = outline.by_name.get(name, ())
        if len(targets) != 1:
            code = "reference_ambiguous" if targets else "reference_unknown"
            yield located(problem(code), params={"name": name})


def check_syntax(workbook: Workbook) -> Iterator[Problem]:
    """Expressions that cannot be read.

    For a form that cannot be converted for other reasons: these are told together with them. In a
    form that can be converted ``xform_check`` finds more.
    """
    for row in workbook.sheet("survey").rows:
        yield from _unreadable(row)


def _unreadable(row: Row) -> Iterator[Problem]:
    for column, text in row.cells.items():
        name = split_column(column)[0]
        if name not in _EXPRESSIONS or _OPEN.search(text):
            continue
        written = REFERENCE.sub(r"/\2", text).translate(_STRAIGHT)
        try:
            parse(written)
        except ExpressionError as error:
            found = expression_problem(error, written, row.cells.get("name", ""), name)
            yield located(found, sheet="survey", row=row.number)
