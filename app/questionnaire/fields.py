"""A page of questions as a WTForms form: one field class for each sort of question.

A field's ``data`` is the XForms lexical value of the answer, its ``typed`` what stands in its
boxes, and its ``errors`` are ``Wrong`` values: codes, not sentences, since no language is known
here. What a rule of the form says is asked of the interview.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from wtforms.form import BaseForm

from app.questionnaire.answer_field import AnswerField, Wrong
from app.questionnaire.choice_fields import ChoiceField, ChoicesField, RankField
from app.questionnaire.date_fields import DateField, DateTimeField, TimeField
from app.questionnaire.interview import Interview
from app.questionnaire.model import Kind
from app.questionnaire.pages import Asked, Page
from app.questionnaire.typed_fields import (
    AcknowledgeField,
    FileField,
    NumberField,
    PhoneField,
    PositionField,
    RangeField,
    TextField,
    WholeNumberField,
)

__all__ = ["FIELDS", "AnswerField", "PageForm", "RangeField", "RankField", "Wrong", "field_class"]

FIELDS: dict[Kind, type[AnswerField]] = {
    Kind.TEXT: TextField,
    Kind.BARCODE: TextField,
    Kind.INTEGER: WholeNumberField,
    Kind.DECIMAL: NumberField,
    Kind.RANGE: RangeField,
    Kind.SELECT_ONE: ChoiceField,
    Kind.SELECT_MULTIPLE: ChoicesField,
    Kind.RANK: RankField,
    Kind.ACKNOWLEDGE: AcknowledgeField,
    Kind.DATE: DateField,
    Kind.TIME: TimeField,
    Kind.DATETIME: DateTimeField,
    Kind.GEOPOINT: PositionField,
    Kind.IMAGE: FileField,
    Kind.AUDIO: FileField,
    Kind.VIDEO: FileField,
    Kind.FILE: FileField,
}
"""The field of each kind of question that takes an answer."""


def field_class(asked: Asked) -> type[AnswerField]:
    """The field for a question; a text that a browser may fill in as ``tel`` is a phone number."""
    question = asked.question
    if question.kind is Kind.TEXT and question.autocomplete.split()[-1:] == ["tel"]:
        return PhoneField
    return FIELDS[question.kind]


class PageForm(BaseForm):
    """The questions of one page.

    ``give`` and ``validate`` give the answers to the interview; throw the interview away (its last
    ``state()`` is still good) when something is wrong.
    """

    def __init__(self, interview: Interview, page: Page, typed: Any = None) -> None:
        """``typed``: a MultiDict as posted or as kept; without it the answers are shown."""
        self.interview = interview
        self.page = page
        self.added: tuple[str, ...] = ()
        answerable = [asked for asked in page.asked if asked.question.kind.takes_answer]
        super().__init__(
            {asked.field: field_class(asked)(asked, interview) for asked in answerable}
        )
        values = {asked.field: interview.value(asked) for asked in answerable}
        self.process(typed, data=values)

    @classmethod
    def posted(
        cls, interview: Interview, page: Page, typed: Any, shown: Iterable[str] | None = None
    ) -> PageForm:
        """The page after these boxes are filled in: what they make relevant is on it too.

        ``shown`` names what the person has seen of the page; ``added`` is what they have not.
        """
        form = cls(interview, page, typed)
        for _ in range(_MOST_TURNS):
            form.give()
            now = form._page_now()
            if now.asked == form.page.asked and not form._turned():
                break
            form = cls(interview, now, typed)
        if shown is not None:
            seen = set(shown)
            form.added = tuple(a.field for a in form.page.asked if a.field not in seen)
        return form

    @property
    def takes_files(self) -> bool:
        """Whether a file can be given on it."""
        return any(
            field.question.kind.uploads and not field.readonly for field in self.fields().values()
        )

    def fields(self) -> dict[str, AnswerField]:
        """The fields by HTML name, in order."""
        return cast("dict[str, AnswerField]", self._fields)

    def give(self) -> None:
        """Give the interview every answer that can be read."""
        for field in self.fields().values():
            if not field.process_errors:
                self.interview.answer(field.asked, field.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer may stay as it is; what nobody has seen yet is not found wrong."""
        self.give()
        found = self.interview.problems(self._page_now())
        self.problems = {problem.field: problem for problem in found}
        super().validate(extra_validators)
        for name in self.added:
            if name in self._fields:
                self._fields[name].errors = []
        return not any(field.errors for field in self.fields().values())

    def typed(self) -> dict[str, list[str]]:
        """What stands in the boxes, by HTML name: what to keep of a page that is not done."""
        return {
            field.box(part): texts
            for field in self.fields().values()
            for part, texts in field.typed.items()
        }

    def _turned(self) -> bool:
        """Whether these answers make one that was typed one that is only shown, or back."""
        return any(field.only_shown != field.readonly for field in self.fields().values())

    def _page_now(self) -> Page:
        pages = self.interview.pages()
        return next((page for page in pages if page.id == self.page.id), self.page)


_MOST_TURNS = 5
"""A page on which each answer brings up another question is longer than that only by intent."""
