"""How much a form may hold, so that converting it takes a second or two and not a server's memory.

The largest form met in the field, the WHO verbal autopsy, has 592 rows, 1,217 references and
130,000 characters. A workbook of 100 KB can ask for a thousand times that.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import Workbook
from app.questionnaire.xlsform_choices import lists_of
from app.questionnaire.xlsform_outline import kind_of, plain_cells

MAX_REFERENCES = 8_000
"""``${name}`` in all cells together; pyxform copies a part of the form for each."""
MAX_OFFERED = 200_000
"""Choices of all questions together: a list counts as often as it is used."""


def check_limits(workbook: Workbook) -> Iterator[Problem]:
    """What a form has too much of; nothing else of it may be looked at then."""
    references = sum(text.count("${") for _sheet, _row, _column, text in workbook.cells())
    if references > MAX_REFERENCES:
        yield problem("too_many_references", limit=MAX_REFERENCES)
    if _offered(workbook) > MAX_OFFERED:
        yield problem("too_many_choices", limit=MAX_OFFERED)


def _offered(workbook: Workbook) -> int:
    sizes = {name: len(rows) for name, rows in lists_of(workbook).items()}
    types = (plain_cells(row).get("type", "") for row in workbook.sheet("survey").rows)
    return sum(sizes.get(kind_of(cell).list_name, 0) for cell in types)
