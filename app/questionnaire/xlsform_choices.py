"""What is wrong with the choices sheet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import Row, Workbook
from app.questionnaire.xlsform_outline import Outline, plain_cells

_LABELS = ("label", "image", "audio", "video", "big-image")


def lists_of(workbook: Workbook) -> dict[str, list[Row]]:
    """The rows of each list of the choices sheet."""
    lists: dict[str, list[Row]] = {}
    for row in workbook.sheet("choices").rows:
        lists.setdefault(plain_cells(row).get("list_name", ""), []).append(row)
    lists.pop("", None)
    return lists


def check_choices(workbook: Workbook, outline: Outline) -> Iterator[Problem]:
    """Choices without a list, a name or a label, and names that several answers would break."""
    used = {entry.kind.list_name for entry in outline.entries}
    several = {
        entry.kind.list_name
        for entry in outline.entries
        if entry.kind.name in ("select_multiple", "rank")
    }
    for row in workbook.sheet("choices").rows:
        cells = plain_cells(row)
        at = partial(problem, sheet="choices", row=row.number)
        list_name, name = cells.get("list_name", ""), cells.get("name", "")
        if not list_name:
            yield at("choice_list_missing", column="list_name")
        elif not name:
            yield at("choice_name_missing", column="name")
        elif " " in name and list_name in several:
            yield at("choice_name_space", column="name", question=name, name=name)
        elif list_name in used and not any(column in cells for column in _LABELS):
            yield at("choice_label_missing", column="label", question=name)
