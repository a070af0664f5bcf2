"""A page of questions as a WTForms form: one field class for each sort of question.

A field's ``data`` is the XForms lexical value of the answer, its ``typed`` what stands in its
boxes, and its ``errors`` are ``Wrong`` values: codes, not sentences, since no language is known
here. What a rule of the form says is asked of the interview.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, cast

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.questionnaire import local
from app.questionnaire.interview import Interview
from app.questionnaire.local import Unclear
from app.questionnaire.model import Choice, Kind
from app.questionnaire.pages import Asked, Page
from app.questionnaire.review import Reviewed
from app.questionnaire.texts import Rendered

LONGEST = 10_000
"""Letters in one text answer."""
MOST_STEPS = 11
"""A range with more values than this is typed, not chosen."""

Typed = Mapping[str, list[str]]
"""What stands in a page's boxes: HTML name → texts, as a browser posts them."""


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


class AnswerField(Field):  # type: ignore[misc]
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
        if formdata is None:
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


class TextField(AnswerField):
    """A line or several lines of text; a phone number when the browser may fill one in."""

    code = "too_long"

    @property
    def long(self) -> bool:
        """Whether to offer several lines."""
        return "multiline" in self.question.appearances or "rows" in self.question.parameters

    @property
    def telephone(self) -> bool:
        return self.question.autocomplete.split()[-1:] == ["tel"]

    def read(self) -> str:
        text = self.text() if self.long else " ".join(self.text().split())
        if len(text) > LONGEST:
            raise Unclear
        return text


class PhoneField(TextField):
    """A phone number in any usual spelling, kept in international form."""

    code = "phone"

    def read(self) -> str:
        return local.phone(self.text()) if self.text() else ""


class WholeNumberField(AnswerField):
    component = "number"
    code = "whole_number"

    def read(self) -> str:
        return local.whole_number(self.text()) if self.text() else ""


class NumberField(AnswerField):
    component = "number"
    code = "number"

    def show(self, value: str) -> dict[str, list[str]]:
        return {"": [local.number_shown(value, self.language)]}

    def read(self) -> str:
        return local.number(self.text(), self.language) if self.text() else ""


class RangeField(NumberField):
    """A number between two bounds: chosen when there are few, typed when there are many."""

    code = "range"

    @property
    def bounds(self) -> tuple[Decimal, Decimal, Decimal]:
        """Start, end and step, as in XLSForm's parameters."""
        given = self.question.parameters
        try:
            low, high, step = (Decimal(given.get(n, d)) for n, d in _RANGE_DEFAULTS)
        except InvalidOperation:
            return Decimal(0), Decimal(10), Decimal(1)
        return low, high, abs(step) or Decimal(1)

    @property
    def steps(self) -> tuple[str, ...]:
        """The values to choose from; none when there are too many."""
        low, high, step = self.bounds
        count = int(abs(high - low) / step) + 1
        sign = 1 if high >= low else -1
        if count > MOST_STEPS:
            return ()
        return tuple(f"{(low + sign * n * step).normalize():f}" for n in range(count))

    def step_shown(self, step: str) -> str:
        """One of ``steps`` as this language writes it."""
        return local.number_shown(step, self.language)

    def read(self) -> str:
        value = super().read()
        if not value:
            return value
        low, high, step = self.bounds
        inside = min(low, high) <= Decimal(value) <= max(low, high)
        if not inside or (Decimal(value) - low) % step:
            raise Unclear
        return value


_RANGE_DEFAULTS = (("start", "0"), ("end", "10"), ("step", "1"))


class ChoiceField(AnswerField):
    """One choice of a list: radio buttons, or a select where the form asks for a short page."""

    @property
    def component(self) -> str:  # type: ignore[override]
        return "select" if self.question.appearances & {"minimal", "autocomplete"} else "choices"

    @property
    def offered(self) -> tuple[Choice, ...]:
        return self.interview.choices(self.asked)

    def words(self, choice: Choice) -> Rendered:
        """A choice's words, or its value where nobody wrote any."""
        written = self.interview.text(choice.label, self.asked.node)
        return written or Rendered("", choice.value)

    def _chosen(self) -> tuple[Rendered, ...]:
        values = self.data.split()
        return tuple(self.words(choice) for choice in self.offered if choice.value in values)


class ChoicesField(ChoiceField):
    """Any number of choices of a list, as checkboxes."""

    component = "choices"

    def show(self, value: str) -> dict[str, list[str]]:
        return {"": value.split()}

    def read(self) -> str:
        picked = {value for text in self.typed[""] for value in text.split()}
        ordered = [choice.value for choice in self.offered if choice.value in picked]
        return " ".join([*ordered, *sorted(picked.difference(ordered))])


class RankField(ChoiceField):
    """Every choice is given its place by number."""

    component = "rank"
    code = "rank"

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(choice.value for choice in self.offered)

    def show(self, value: str) -> dict[str, list[str]]:
        return {choice: [str(place)] for place, choice in enumerate(value.split(), start=1)}

    def read(self) -> str:
        if not any(self.text(part) for part in self.parts):
            return ""
        places: dict[int, str] = {}
        for part in self.parts:
            place = _place(self.text(part), len(self.parts), part)
            if place in places:
                raise Unclear(part)
            places[place] = part
        return " ".join(places[place] for place in sorted(places))


def _place(text: str, most: int, part: str) -> int:
    try:
        place = int(local.whole_number(text))
    except Unclear:
        raise Unclear(part) from None
    if not 1 <= place <= most:
        raise Unclear(part)
    return place


class AcknowledgeField(AnswerField):
    """One box to tick; XForms calls its value OK."""

    component = "acknowledge"

    def read(self) -> str:
        return "OK" if self.text() else ""


class DateField(AnswerField):
    """Day, month and year in plain boxes, fewer where the form asks for less."""

    component = "date"
    code = "date"

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        if "year" in self.question.appearances:
            return ("year",)
        return ("month", "year") if "month-year" in self.question.appearances else _DATE_PARTS

    def show(self, value: str) -> dict[str, list[str]]:
        year, month, day = [*value.partition("T")[0].split("-"), "", ""][:3]
        return {"day": [day.lstrip("0")], "month": [month.lstrip("0")], "year": [year]}

    def read(self) -> str:
        if not any(self.text(part) for part in self.parts):
            return ""
        day, month, year = (self.text(p) if p in self.parts else "1" for p in _DATE_PARTS)
        languages = dict.fromkeys((self.language, *self.interview.form.languages, "id", "en"))
        return local.calendar_date(day, month, year, languages)


_DATE_PARTS = ("day", "month", "year")


class TimeField(AnswerField):
    component = "time"
    code = "time"

    def show(self, value: str) -> dict[str, list[str]]:
        return {"": [value[:5]]}

    def read(self) -> str:
        return local.clock_time(self.text()) if self.text() else ""


class DateTimeField(DateField):
    """A date and a time of day, taken to be in the survey's time zone."""

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*_DATE_PARTS, "time")

    def show(self, value: str) -> dict[str, list[str]]:
        return {**super().show(value), "time": [value.partition("T")[2][:5]]}

    def read(self) -> str:
        if not any(self.text(part) for part in self.parts):
            return ""
        day = super().read()
        try:
            return f"{day}T{local.clock_time(self.text('time'))}"
        except Unclear:
            raise Unclear("time") from None


class PositionField(AnswerField):
    """Latitude and longitude, typed."""

    component = "position"
    code = "position"

    def show(self, value: str) -> dict[str, list[str]]:
        return {"": [", ".join(value.split()[:2])]}

    def read(self) -> str:
        return local.position(self.text()) if self.text() else ""


class FileField(AnswerField):
    """A photo, recording or file: it can be given in a collecting app, and is kept as it is."""

    component = "elsewhere"

    def process(self, formdata: Any, data: Any = "", extra_filters: Any = None) -> None:
        super().process(None, self.interview.value(self.asked))


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


class PageForm(BaseForm):  # type: ignore[misc]
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
            if now.asked == form.page.asked:
                break
            form = cls(interview, now, typed)
        if shown is not None:
            seen = set(shown)
            form.added = tuple(a.field for a in form.page.asked if a.field not in seen)
        return form

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

    def _page_now(self) -> Page:
        pages = self.interview.pages()
        return next((page for page in pages if page.id == self.page.id), self.page)


_MOST_TURNS = 5
"""A page on which each answer brings up another question is longer than that only by intent."""


def _obeys_the_form(form: PageForm, field: AnswerField) -> None:
    problem = form.problems.get(str(field.name))
    if problem is not None and not field.process_errors:
        raise ValidationError(Wrong(problem.code, problem.message))
