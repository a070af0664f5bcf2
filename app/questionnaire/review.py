"""An interview to be read again: by the respondent before sending, and in one's own copy after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.questionnaire.instance import Node
from app.questionnaire.live import LiveInstance
from app.questionnaire.model import Form, Kind, Question
from app.questionnaire.texts import Rendered


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One question with its answer.

    ``value`` is lexical ('' when not answered), ``chosen`` the labels of a select in the order
    chosen. ``page`` is None for a question that was not asked.
    """

    section: Rendered | None
    page: str | None
    question: Question
    label: Rendered | None
    value: str
    chosen: tuple[Rendered, ...]


def chosen(live: LiveInstance, question: Question, node: Node) -> tuple[Rendered, ...]:
    """The labels of the choices in an answer to a select."""
    if not question.kind.selects:
        return ()
    known = (*reversed(live.listed(question)), *live.offered(question, node))
    by_value = {choice.value: choice for choice in known}
    values = [node.value] if question.kind is Kind.SELECT_ONE else node.value.split()
    labels = (live.text(by_value[v].label, node) for v in values if v in by_value)
    return tuple(label for label in labels if label is not None)


def with_unasked(form: Form, live: LiveInstance, shown: list[Reviewed]) -> Iterator[Reviewed]:
    """``shown`` and, in their places, the questions that were not asked."""
    asked: dict[str, list[Reviewed]] = {}
    for one in shown:
        asked.setdefault(one.question.ref, []).append(one)
    for question in form.questions():
        if question.kind.takes_answer:
            label = live.text(question.label, live.root)
            yield from asked.get(question.ref, [Reviewed(None, None, question, label, "", ())])
