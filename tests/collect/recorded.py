"""An interview that writes down what was done to it, and what came of it, to be done again."""

from __future__ import annotations

from typing import Any

from app.questionnaire.interview import Asked, Interview, Page


class Recorded(Interview):
    """``steps`` has every change and, after each, what the interview then said."""

    steps: list[dict[str, Any]]

    def answer(self, asked: Asked, value: str) -> None:
        super().answer(asked, value)
        self.steps.append({"do": "answer", "at": asked.node.path, "value": value})

    def complete(self, page_id: str) -> None:
        super().complete(page_id)
        self.steps.append({"do": "complete", "page": page_id, "then": said_by(self)})

    def add_row(self, page_id: str) -> Page:
        row = super().add_row(page_id)
        self.steps.append({"do": "add", "page": page_id, "then": {"first": row.id}})
        return row

    def remove_row(self, page_id: str, number: int) -> None:
        super().remove_row(page_id, number)
        step = {"do": "remove", "page": page_id, "number": number, "then": said_by(self)}
        self.steps.append(step)


def said_by(interview: Interview) -> dict[str, Any]:
    """What the browser's interview must say too."""
    frontier = interview.frontier()
    pages = interview.pages()
    return {
        "pages": [page_of(interview, page) for page in pages],
        "problems": [[p.page, p.field, p.code] for p in interview.problems()],
        "frontier": frontier.id if frontier else None,
        "after": [after.id if (after := interview.after(p.id)) else None for p in pages],
        "storable": interview.storable,
        "ended": interview.ended,
        "state": interview.state(),
    }


def page_of(interview: Interview, page: Page) -> dict[str, Any]:
    asked = [
        [each.field, each.required, [choice.value for choice in interview.choices(each)]]
        for each in page.asked
    ]
    return {"id": page.id, "asked": asked, "rows": [[r.number, r.first_page] for r in page.rows]}
