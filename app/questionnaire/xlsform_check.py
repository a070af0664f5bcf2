"""What is wrong with an XLSForm, found before pyxform sees it and all at once."""

from __future__ import annotations

from collections.abc import Iterator

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import Workbook


def check(workbook: Workbook) -> Iterator[Problem]:
    """Every problem of the sheets, errors and warnings."""
    for name in workbook.ignored:
        yield problem("sheet_ignored", name=name)
    if not workbook.sheet("survey").rows:
        yield problem("sheet_missing", name="survey")
