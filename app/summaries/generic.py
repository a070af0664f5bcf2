"""The declaration of a form that has no summary file: each choice question, and nothing crossed."""

from __future__ import annotations

from collections.abc import Iterator

from app.questionnaire import layout
from app.questionnaire.model import DataClass, Form, Group, Kind, Question, Text
from app.summaries.indicators import Chapter, Indicator, People, Summary, Variable, Words

RULES = 1
_CHOICES = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
_LEFT_OUT = (DataClass.CONTACT, DataClass.CONSENT)


def generic(form: Form) -> Summary:
    """Choice questions by the outermost group that they stand in; small places are put together."""
    placed = [
        (path[:1], question)
        for unit, path, question in layout.placed(form)
        if not unit and _shown(form, question)
    ]
    attributes = {
        question.name: _variable(form, question)
        for _group, question in placed
        if question.name == form.settings.place
    }
    groups = dict.fromkeys(group for group, _question in placed)
    return Summary(attributes, tuple(_chapters(form, placed, groups)), digest=f"generic {RULES}")


def _chapters(
    form: Form,
    placed: list[tuple[layout.Path, Question]],
    groups: dict[layout.Path, None],
) -> Iterator[Chapter]:
    titles: dict[layout.Path, Text | None] = {
        (child.name,): child.label for child in form.root.children if isinstance(child, Group)
    }
    for number, group in enumerate(groups):
        found = [question for path, question in placed if path == group]
        indicators = tuple(_indicator(form, question) for question in found)
        title = _words(titles.get(group)) or {"id": "Pertanyaan", "en": "Questions"}
        yield Chapter(f"part-{number}", title, indicators)


def _indicator(form: Form, question: Question) -> Indicator:
    rows = _variable(form, question)
    order = "frequency" if rows.overlapping or rows.pooled else "form"
    title = _words(question.label) or {"": question.name}
    return Indicator(question.name, title, People(question.name), rows, order=order)


def _variable(form: Form, question: Question) -> Variable:
    listed = form.lists.get(question.itemset.list_name, ()) if question.itemset else ()
    return Variable(
        question.name,
        questions=(question.name,),
        codes=tuple(choice.value for choice in listed),
        overlapping=question.kind is Kind.SELECT_MULTIPLE,
        pooled=question.name == form.settings.place and question.kind is Kind.SELECT_ONE,
        attributes=frozenset({"kabupaten"} if question.name == form.settings.place else ()),
    )


def _shown(form: Form, question: Question) -> bool:
    return (
        question.kind in _CHOICES
        and question.data_class not in _LEFT_OUT
        and question.name != form.settings.consent
        and bool(question.itemset and form.lists.get(question.itemset.list_name))
    )


def _words(text: Text | None) -> Words:
    """A text of the form by language; what is piped in is left out."""
    if text is None:
        return {}
    found = {}
    for tag in text.versions.get("", {}):
        template = text.versions[""][tag]
        found[tag] = "".join(part for part in template if isinstance(part, str)).strip()
    return {tag: words for tag, words in found.items() if words}
