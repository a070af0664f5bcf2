"""Answers that are choices of a list."""

from __future__ import annotations

from app.questionnaire import local
from app.questionnaire.answer_field import AnswerField
from app.questionnaire.local import Unclear
from app.questionnaire.model import Choice
from app.questionnaire.texts import Rendered


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
