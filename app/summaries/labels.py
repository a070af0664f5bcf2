"""What categories of declared tables are called, in the words of a report's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app import markup
from app.questionnaire.model import Form
from app.summaries import words
from app.summaries.crosstabs import JOINT
from app.summaries.indicators import Summary, Variable, said
from app.summaries.tables import POOLED


class Labels:
    """The labels of one form in one language; the declaration's own come first."""

    def __init__(self, form: Form, summary: Summary, language: str) -> None:
        self._form = form
        self._attributes = summary.attributes
        self.language = language

    def of(self, variable: Variable, category: str) -> str:
        """A category, also one of several that were put together."""
        own = self._attributes.get(variable.key)
        known = {**self._choices(variable), **(own.labels if own else {}), **variable.labels}
        codes = category.split(JOINT) if category not in known else [category]
        first, *others = [self._said(known.get(code), code) for code in codes]
        return words.either([first, *(other[:1].lower() + other[1:] for other in others)])

    def area(self, variable: Variable, code: str) -> str:
        """The name of an area that people could choose."""
        question = variable.about[0][0]
        return self._said(self._listed(question).get(code), code)

    def choices(self, question: str) -> dict[str, str]:
        """Every choice of a question by its code."""
        return {code: self._said(name, code) for code, name in self._listed(question).items()}

    def _said(self, name: Mapping[str, str] | str | None, code: str) -> str:
        if name is None:
            return _("Other places") if code == POOLED else code
        return name if isinstance(name, str) else said(name, self.language)

    def _choices(self, variable: Variable) -> dict[str, Mapping[str, str] | str]:
        found: dict[str, Mapping[str, str] | str] = {}
        for question in variable.questions:
            found = {**self._listed(question), **found}
        return found

    def _listed(self, name: str) -> dict[str, str]:
        question = self._form.question(name)
        if question is None or question.itemset is None:
            return {}
        return {
            choice.value: markup.plain(
                words.form_text(choice.label, self.language, choice.value).markup
            )
            for choice in self._form.lists.get(question.itemset.list_name, ())
        }
