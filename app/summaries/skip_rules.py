"""When a question is asked, in words for paper: the simple rules of a form as sentences.

Comparisons with an answer, chosen choices, and their combinations with and, or, not can be said;
for everything else a reader is sent to the rules as the form's author wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from app import markup
from app.questionnaire.expressions import references
from app.questionnaire.expressions.tree import Call, Literal, Operation, Path, Tree
from app.questionnaire.model import Expression, Form, Question
from app.summaries import words

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The operator when its sides change places."""

_SIZES: dict[str, Callable[..., str]] = {
    ">": lambda **said: _("the answer to question %(number)s is more than %(value)s", **said),
    ">=": lambda **said: _("the answer to question %(number)s is at least %(value)s", **said),
    "<": lambda **said: _("the answer to question %(number)s is less than %(value)s", **said),
    "<=": lambda **said: _("the answer to question %(number)s is at most %(value)s", **said),
}


@dataclass(frozen=True, slots=True)
class SkipRules:
    """The rules of one form in one language; ``numbers`` are those of its questions on paper."""

    form: Form
    language: str
    numbers: Mapping[str, str]

    def sentence(self, expression: Expression, ref: str) -> str | None:
        """“Only if the answer to question 3 is “Yes”.”; None for a rule that is not simple."""
        said = self._said(expression.tree, ref, True)
        return None if said is None else _("Only if %(condition)s.", condition=said)

    def _said(self, tree: Tree, ref: str, holds: bool) -> str | None:
        """``tree`` as a condition, or, where it must not hold, the opposite of it."""
        if isinstance(tree, Call) and tree.name == "not" and len(tree.arguments) == 1:
            return self._said(tree.arguments[0], ref, not holds)
        if isinstance(tree, Call) and tree.name == "selected" and len(tree.arguments) == 2:
            return self._chosen(*tree.arguments, ref, holds)
        if isinstance(tree, Operation) and tree.operator in ("and", "or"):
            return self._together(tree, ref, holds)
        if isinstance(tree, Operation) and tree.operator in _OPPOSITE:
            return self._compared(tree, ref, holds)
        return None

    def _together(self, tree: Operation, ref: str, holds: bool) -> str | None:
        every = (tree.operator == "and") is holds
        found = [self._said(each, ref, holds) for each in tree.operands]
        said = [each for each in found if each is not None]
        mixed = any(
            isinstance(each, Operation) and each.operator in ("and", "or") for each in tree.operands
        )
        # “a and b or c” can be read in two ways, so it is not said at all.
        if len(said) != len(found) or (mixed and len(said) > 1):
            return None
        return str(format_list(said, style="standard" if every else "or", locale=get_locale()))

    def _chosen(self, asked: Tree, value: Tree, ref: str, holds: bool) -> str | None:
        question = self._question(asked, ref)
        if question is None or not isinstance(value, Literal):
            return None
        said = {"number": self.numbers[question.ref], "answer": self._answer(question, value)}
        if holds:
            return _("“%(answer)s” is chosen in question %(number)s", **said)
        return _("“%(answer)s” is not chosen in question %(number)s", **said)

    def _compared(self, tree: Operation, ref: str, holds: bool) -> str | None:
        operator, (left, right) = tree.operator, tree.operands
        if isinstance(left, Literal):
            operator, left, right = _TURNED.get(operator, operator), right, left
        question = self._question(left, ref)
        if question is None or not isinstance(right, Literal):
            return None
        operator = operator if holds else _OPPOSITE[operator]
        number = self.numbers[question.ref]
        if operator in _SIZES:
            return _SIZES[operator](number=number, value=self._answer(question, right))
        return self._equal(question, right, number, operator == "=")

    def _equal(self, question: Question, value: Literal, number: str, same: bool) -> str:
        if value.value == "":
            if same:
                return _("question %(number)s has no answer", number=number)
            return _("question %(number)s has an answer", number=number)
        said = {"number": number, "answer": self._answer(question, value)}
        if same:
            return _("the answer to question %(number)s is “%(answer)s”", **said)
        return _("the answer to question %(number)s is not “%(answer)s”", **said)

    def _question(self, tree: Tree, ref: str) -> Question | None:
        """The question on paper that a path leads to."""
        if not isinstance(tree, Path):
            return None
        found = references(tree, ref)
        asked = [q for q in self.form.questions() if q.ref in found and q.ref in self.numbers]
        return asked[0] if len(asked) == len(found) == 1 else None

    def _answer(self, question: Question, value: Literal) -> str:
        code = value.value
        written = words.number(code) if isinstance(code, float) else code
        listed = self.form.lists.get(question.itemset.list_name, ()) if question.itemset else ()
        plain = str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)
        for choice in listed:
            if choice.value == plain:
                return markup.plain(words.form_text(choice.label, self.language, plain).markup)
        return str(written)
