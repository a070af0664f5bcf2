"""Answers that are typed or ticked: text, phone numbers, numbers, places."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from app.questionnaire import local
from app.questionnaire.answer_field import AnswerField
from app.questionnaire.local import Unclear

LONGEST = 10_000
"""Letters in one text answer."""
MOST_STEPS = 11
"""A range with more values than this is typed, not chosen."""


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


class AcknowledgeField(AnswerField):
    """One box to tick; XForms calls its value OK."""

    component = "acknowledge"

    def read(self) -> str:
        return "OK" if self.text() else ""


class PositionField(AnswerField):
    """Latitude and longitude, typed."""

    component = "position"
    code = "position"

    def show(self, value: str) -> dict[str, list[str]]:
        return {"": [", ".join(value.split()[:2])]}

    def read(self) -> str:
        return local.position(self.text()) if self.text() else ""


class FileField(AnswerField):
    """A photo, recording or file; its value is the name under which the file is kept.

    Whoever receives the file puts its name into the first box before the field is processed, and
    into ``refused`` why a new one was not taken: ``file_size``, ``file_empty``, ``file_image``, …
    """

    component = "file"
    parts = ("", "alt", "refused")

    @property
    def code(self) -> str:  # type: ignore[override]
        return self.text("refused") or "type"

    def read(self) -> str:
        if self.text("refused"):
            raise Unclear
        return self.text()
