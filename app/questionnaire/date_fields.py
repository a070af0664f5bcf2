"""Answers that are dates and times, in plain boxes."""

from __future__ import annotations

from app.questionnaire import local
from app.questionnaire.answer_field import AnswerField
from app.questionnaire.local import Unclear


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
