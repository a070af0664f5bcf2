"""A form to fill in on paper, as a tagged PDF in normal or large print (18 point, set anew).

Skip rules stand in words, and every question and choice with its code, so that what was written
can be typed in afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app import languages
from app.published import Published
from app.questionnaire.model import (
    Element,
    Expression,
    Form,
    Group,
    Kind,
    Question,
    Repeat,
    Text,
)
from app.questionnaire.texts import Rendered
from app.summaries import words
from app.summaries.pdf import printed
from app.summaries.skip_rules import SkipRules

MOST_CHOICES = 60
"""A longer list is not printed: the answer is written, and looked up afterwards."""
SHORT, LONG = 1, 6
"""Lines to write on."""

ON_PAPER_LATER = (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the paper: ``sort`` is part, repeat, note or question.

    ``how`` says what to do, ``rule`` when; ``boxes`` are the words before places to write;
    ``written`` is a rule that cannot be said, as its author wrote it.
    """

    sort: str
    code: str
    label: Rendered
    hint: Rendered | None = None
    number: str = ""
    rule: str = ""
    written: str = ""
    how: str = ""
    boxes: tuple[str, ...] = ()
    lines: int = 0
    choices: tuple[tuple[Rendered, str], ...] = ()
    ranked: bool = False
    level: int = 2


def render(published: Published, language: str, *, large: bool = False) -> bytes:
    """The PDF file. Needs an application context.

    Raises:
        TypesettingError: it could not be set.
    """
    form = published.form
    with languages.speaking(language):
        found = tuple(lines(form, language))
        title = words.form_text(form.title, language, form.id)
    return printed(
        "blank.html",
        language,
        form_title=title,
        form_id=form.id,
        version=form.version,
        lines=found,
        large=large,
    )


def lines(form: Form, language: str) -> Iterator[Line]:
    """What stands on the paper, in order. Needs an application context."""
    asked = (q for q in form.questions() if q.kind.takes_answer and not q.readonly)
    numbers = {question.ref: str(number) for number, question in enumerate(asked, start=1)}
    yield from _Paper(form, language, SkipRules(form, language, numbers)).inside(form.root, 2)


@dataclass(frozen=True, slots=True)
class _Paper:
    form: Form
    language: str
    rules: SkipRules

    def inside(self, group: Group | Repeat, level: int) -> Iterator[Line]:
        for child in group.children:
            if isinstance(child, Question):
                if child.kind.asked:
                    yield self._question(child)
                continue
            inner = tuple(self.inside(child, min(level + 1, 3)))
            if inner:
                yield from self._part(child, level)
                yield from inner

    def _part(self, part: Group | Repeat, level: int) -> Iterator[Line]:
        rule, written = self._rule(part.relevant, part)
        repeated = isinstance(part, Repeat)
        if part.label is None and not (rule or repeated):
            return
        how = _("Fill in this part once for each one. Copy it as often as needed.")
        label = self._said(part.label, part.name if repeated else "")
        title = label if label.markup else Rendered(None, _("Further questions"))
        yield Line(
            "repeat" if repeated else "part",
            part.name,
            title,
            self._hint(part.hint),
            rule=rule,
            written=written,
            how=how if repeated else "",
            level=level,
        )

    def _question(self, question: Question) -> Line:
        rule, written = self._rule(question.relevant, question)
        label = self._said(question.label, question.name)
        hint = self._hint(question.hint)
        number = self.rules.numbers.get(question.ref, "")
        if not number:
            return Line("note", question.name, label, hint, rule=rule, written=written)
        choices = tuple(self._choices(question))
        too_many = len(choices) > MOST_CHOICES
        return Line(
            "question",
            question.name,
            label,
            hint,
            number,
            rule,
            written,
            how_to_answer(question, bool(choices) and not too_many),
            _boxes(question),
            _lines(question, bool(choices) and not too_many),
            () if too_many else choices,
            question.kind is Kind.RANK,
        )

    def _rule(self, expression: Expression | None, element: Element) -> tuple[str, str]:
        """The rule in words, and, where that cannot be done, as it was written."""
        if expression is None:
            return "", ""
        said = self.rules.sentence(expression, element.ref)
        if said is not None:
            return said, ""
        written = as_written(self.form, expression)
        return _("Not everybody is asked this: see the rules at the end."), written

    def _choices(self, question: Question) -> Iterator[tuple[Rendered, str]]:
        listed = question.itemset.list_name if question.itemset else ""
        for choice in self.form.lists.get(listed, ()):
            yield self._said(choice.label, choice.value), choice.value

    def _said(self, text: Text | None, otherwise: str) -> Rendered:
        return words.form_text(text, self.language, otherwise)

    def _hint(self, text: Text | None) -> Rendered | None:
        return words.form_text(text, self.language) if text else None


def as_written(form: Form, expression: Expression) -> str:
    """A rule as it stands in a spreadsheet: questions by their names, not by their paths."""
    names = {element.ref: element.name for element in form.elements()}
    found = re.sub(
        r"/[\w./-]+", lambda path: f"${{{names.get(path[0], path[0])}}}", expression.text
    )
    return " ".join(found.split())


def how_to_answer(question: Question, listed: bool) -> str:
    """One sentence on how to answer on paper; "" where the boxes say it."""
    if question.kind in ON_PAPER_LATER:
        return _("This is added later, when the answers are typed in.")
    if question.kind.selects and not listed:
        return _("Write the answer.")
    sentences = {
        Kind.SELECT_ONE: lambda: _("Tick one."),
        Kind.SELECT_MULTIPLE: lambda: _("Tick every one that fits."),
        Kind.RANK: lambda: _("Write 1 for the most important, then 2, and so on."),
        Kind.INTEGER: lambda: _("Write a whole number."),
        Kind.DECIMAL: lambda: _("Write a number."),
        Kind.GEOPOINT: lambda: _("Write latitude and longitude, or describe the place."),
    }
    if question.kind is Kind.RANGE:
        given = question.parameters
        low, high = given.get("start", "0"), given.get("end", "10")
        return _("Write a number from %(low)s to %(high)s.", low=low, high=high)
    return sentences[question.kind]() if question.kind in sentences else ""


def _boxes(question: Question) -> tuple[str, ...]:
    day, month, year, clock = _("Day"), _("Month"), _("Year"), _("Time")
    if question.kind is Kind.DATE and "year" in question.appearances:
        return (year,)
    if question.kind is Kind.DATE and "month-year" in question.appearances:
        return (month, year)
    return {
        Kind.DATE: (day, month, year),
        Kind.DATETIME: (day, month, year, clock),
        Kind.TIME: (clock,),
        Kind.ACKNOWLEDGE: (),
    }.get(question.kind, ())


def _lines(question: Question, listed: bool) -> int:
    if listed or _boxes(question) or question.kind in (Kind.ACKNOWLEDGE, *ON_PAPER_LATER):
        return 0
    long = question.kind is Kind.TEXT and (
        "multiline" in question.appearances or "rows" in question.parameters
    )
    return LONG if long else SHORT
