"""What the fields of all kinds of questions have in common (see ``fields.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from wtforms import Field
from wtforms.validators import ValidationError

from app.questionnaire import local
from app.questionnaire.interview import Interview, Problem
from app.questionnaire.local import Unclear
from app.questionnaire.pages import Asked
from app.questionnaire.review import Reviewed
from app.questionnaire.texts import Rendered


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why an answer cannot be taken.

    ``code`` is one of ``Problem``'s or ``whole_number``, ``number``, ``range``, ``date``, ``time``,
    ``position``, ``phone``, ``rank``, ``too_long``; ``message`` is the form's own, where it has
    one; ``part`` is the box at fault.
    """

    code: str
    message: Rendered | None = None
    part: str = ""


class AnswerField(Field):
    """One question on a page. Each subclass says which boxes it has and how they are read."""

    component: ClassVar[str] = "text"
    """Name of the macro that draws it."""
    parts: tuple[str, ...] = ("",)
    """Its boxes: suffixes of the HTML name; the first one is where an error link leads."""
    code: ClassVar[str] = "type"
    """What is wrong when the boxes cannot be read."""

    def __init__(self, asked: Asked, interview: Interview, **kwargs: Any) -> None:
        super().__init__(validators=[_obeys_the_form], **kwargs)
        self.asked = asked
        self.question = asked.question
        self.interview = interview
        self.language = interview.circumstances.language
        self.typed: dict[str, list[str]] = {}
        self.only_shown = False

    def box(self, part: str = "") -> str:
        """The HTML name of one of its boxes."""
        return f"{self.name}-{part}" if part else str(self.name)

    def text(self, part: str = "") -> str:
        """What stands in a box."""
        texts = self.typed.get(part) or [""]
        return texts[0]

    def process(self, formdata: Any, data: Any = "", extra_filters: Any = None) -> None:
        """Take what was posted, or show the value ``data`` when nothing was."""
        self.process_errors = []
        self.only_shown = self.readonly
        if formdata is None or self.only_shown:
            self.data = data or ""
            self.typed = self.show(self.data)
            return
        self.typed = {
            part: [local.clean(text) for text in formdata.getlist(self.box(part))]
            for part in self.parts
        }
        self.data = ""
        try:
            self.data = self.read()
        except Unclear as unclear:
            self.process_errors = [Wrong(self.code, part=unclear.part)]

    def show(self, value: str) -> dict[str, list[str]]:
        """What stands in the boxes for a lexical value."""
        return {"": [value]}

    def read(self) -> str:
        """The lexical value of what was posted, ``''`` for no answer. Raises Unclear."""
        return self.text()

    @property
    def readonly(self) -> bool:
        """Whether it is only shown now."""
        return self.interview.readonly(self.asked)

    @property
    def label_text(self) -> Rendered | None:
        return self.interview.label(self.asked)

    @property
    def hint_text(self) -> Rendered | None:
        return self.interview.hint(self.asked)

    @property
    def reviewed(self) -> Reviewed:
        """The answer to be read: what a question that is only shown consists of."""
        return Reviewed(None, None, self.question, self.label_text, self.data, self._chosen())

    def _chosen(self) -> tuple[Rendered, ...]:
        return ()

    @property
    def wrong(self) -> Wrong | None:
        """What is wrong with it, after validation."""
        return next(iter(self.errors), None)


class Judged(Protocol):
    """A form that has asked the interview what is wrong, by HTML name."""

    problems: dict[str, Problem]


def _obeys_the_form(form: Judged, field: AnswerField) -> None:
    problem = form.problems.get(str(field.name))
    if problem is not None and not field.process_errors:
        raise ValidationError(Wrong(problem.code, problem.message))
