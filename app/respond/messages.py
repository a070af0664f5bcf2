"""What is wrong with an answer, in words that say what to do (WCAG 2.2, 3.3.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from app import languages
from app.markup import plain
from app.questionnaire.fields import AnswerField, PageForm, RangeField, RankField, Wrong
from app.questionnaire.local import number_shown
from app.questionnaire.texts import Rendered
from app.responses.attachments import LARGEST_FILE


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: where it leads, what it says, in which language."""

    target: str
    message: str
    language: str | None
    label: Rendered | None = None


def problems_of(form: PageForm) -> list[Problem]:
    """The problems of a page in the order of its questions."""
    return [
        Problem(target(field, wrong), *sentence(field, wrong), form.interview.label(field.asked))
        for field in form.fields().values()
        if (wrong := field.wrong)
    ]


def target(field: AnswerField, wrong: Wrong) -> str:
    """The id of the control to mend: the wrong box, or the first one."""
    parts = field.parts or ("",)
    return control_id(field, wrong.part if wrong.part in parts else parts[0])


def control_id(field: AnswerField, part: str = "") -> str:
    """The id of a control; the prefix keeps a question's name from meeting an id of the page."""
    return f"q-{field.box(part)}"


def sentence(field: AnswerField, wrong: Wrong) -> tuple[str, str | None]:
    """The message, and the language it is in: the form's own words come first."""
    if wrong.message:
        return plain(wrong.message.markup), wrong.message.language
    return _default(field, wrong.code), languages.current().tag


def _default(field: AnswerField, code: str) -> str:
    if isinstance(field, RangeField) and code == "range":
        low, high, _step = (number_shown(f"{n:f}", field.language) for n in field.bounds)
        return _("Write a number from %(low)s to %(high)s.", low=low, high=high)
    if isinstance(field, RankField) and code == "rank":
        count = len(field.parts)
        return _("Give each one a different number from 1 to %(count)s.", count=count)
    return _SENTENCES[code]()


def default_sentences() -> dict[str, str]:
    """Every sentence of ours that names no number, by the code of what is wrong."""
    return {code: say() for code, say in _SENTENCES.items()}


_SENTENCES: dict[str, Callable[[], str]] = {
    "required": lambda: _("Please answer this question."),
    "required_way_out": lambda: _(
        "Please answer this question. If you would rather not, choose “Prefer not to answer”."
    ),
    "constraint": lambda: _("This answer does not fit the question yet. Please change it."),
    "choice": lambda: _("Choose an answer from the list."),
    "type": lambda: _("This answer cannot be read. Please write it again."),
    "whole_number": lambda: _("Write a whole number. Example: 25."),
    "number": lambda: _("Write a number. Example: 25."),
    "range": lambda: _("Choose one of the numbers."),
    "date": lambda: _("The date is not correct yet. Example: 17 August 2026."),
    "time": lambda: _("The time is not correct yet. Example: 14:30."),
    "position": lambda: _(
        "Write latitude and longitude, with a comma between them. Example: -7.7063, 114.0095."
    ),
    "phone": lambda: _("The mobile number is not correct yet. Example: 0812 3456 7890."),
    "rank": lambda: _("Give each one a different number."),
    "file_image": lambda: _("This is not a picture. Choose a photo (JPEG, PNG or WebP)."),
    "file_audio": lambda: _("This is not a sound recording. Choose another file."),
    "file_video": lambda: _("This is not a film. Choose another file."),
    "file_file": lambda: _(
        "This kind of file cannot be sent. Choose a document (PDF, Word, text), a photo, a sound"
        " recording or a film."
    ),
    "file_empty": lambda: _("There is nothing in this file. Choose another one."),
    "file_size": lambda: _(
        "This file is too large. Choose one of at most %(limit)s MB.",
        limit=LARGEST_FILE // 1_000_000,
    ),
    "files_many": lambda: _("These files are too many or too large. Send fewer of them."),
    "file_not_yet": lambda: _("A file can be added only after you have agreed. Agree first."),
    "too_long": lambda: _("This text is too long. Please shorten it to 10,000 letters."),
}
