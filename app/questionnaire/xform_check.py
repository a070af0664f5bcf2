"""Whether the expressions of a form can work: names, functions, lists, and no circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.questionnaire.expressions import ExpressionError, check, evaluation_order, references
from app.questionnaire.model import (
    Element,
    Expression,
    Form,
    Output,
    Question,
    Repeat,
    Text,
)
from app.questionnaire.problems import Problem, problem

Placed = tuple[Expression, str, str]
"""An expression, the ref where it stands, and the column of the spreadsheet it comes from."""


def check_form(form: Form) -> list[Problem]:
    """Every problem of the form's expressions, at the ref of its question (``Problem.question``).

    Circles are looked for only when everything else is right.
    """
    known = {form.root.ref, *(element.ref for element in form.elements())}
    instances = {*form.instances, *form.external}
    found = [
        expression_problem(error, expression.text, ref, column)
        for expression, ref, column in _placed(form)
        for error in check(expression.tree, ref, known, instances)
        if not _means_nothing(error, ref)
    ]
    unique = list({(p.code, p.question, p.column, p.params.get("near")): p for p in found}.values())
    return unique or _circle(form, known)


def _means_nothing(error: ExpressionError, ref: str) -> bool:
    """Whether the path is a bare ``null``, which field forms write for '' and engines read so."""
    return error.code == "unknown-path" and error.params["path"] == f"{ref}/null"


def expression_problem(error: ExpressionError, text: str, ref: str, column: str) -> Problem:
    """What is wrong with one expression, with the part of it that follows the place."""
    code = f"expression_{error.code.replace('-', '_')}"
    params = {
        name: ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in error.params.items()
    }
    near = text[error.position : error.position + 40].strip() or text[-40:]
    found = problem(code, question=ref, column=column)
    return replace(found, params={**params, "near": near})


def dependencies(form: Form) -> dict[str, frozenset[str]]:
    """For each element the others that decide about it: its relevance, its value, its rows.

    What holds an element decides about it too. An element is not among its own.
    """
    known = {form.root.ref, *(element.ref for element in form.elements())}
    needs: dict[str, frozenset[str]] = {}
    for element in form.elements():
        found = {element.ref.rpartition("/")[0]}
        for expression in deciding(element):
            found |= references(expression.tree, element.ref, known)
        needs[element.ref] = frozenset((found & known) - {element.ref, form.root.ref})
    return needs


def deciding(element: Element) -> Iterator[Expression]:
    """The expressions that must be evaluated again whenever an answer changes."""
    candidates = [element.relevant]
    if isinstance(element, Question):
        candidates.append(element.calculate)
    if isinstance(element, Repeat):
        candidates.append(element.count)
    yield from (expression for expression in candidates if expression is not None)


def _circle(form: Form, known: Iterable[str]) -> list[Problem]:
    try:
        evaluation_order(dependencies(form))
    except ExpressionError as error:
        members = error.params["members"]
        assert isinstance(members, tuple)
        names = ", ".join(ref.rpartition("/")[2] for ref in members)
        return [problem("cycle", question=members[0], names=names)]
    return []


def _placed(form: Form) -> Iterator[Placed]:
    for expression, name in (
        (form.settings.store_if, "store_if"),
        (form.settings.channel, "channel"),
    ):
        if expression is not None:
            yield expression, form.root.ref, name
    for element in form.elements():
        yield from _of_element(element)
    for action in form.set_values:
        yield action.value, action.ref, "default"
    for choices in form.lists.values():
        for choice in choices:
            yield from _outputs(choice.label, form.root.ref, "choices")


def _of_element(element: Element) -> Iterator[Placed]:
    ref = element.ref
    yield from _given(element.relevant, ref, "relevant")
    yield from _outputs(element.label, ref, "label")
    yield from _outputs(element.hint, ref, "hint")
    if isinstance(element, Repeat):
        yield from _given(element.count, ref, "repeat_count")
    if isinstance(element, Question):
        yield from _given(element.required, ref, "required")
        yield from _given(element.constraint, ref, "constraint")
        yield from _given(element.calculate, ref, "calculation")
        yield from _given(element.readonly_if, ref, "readonly")
        yield from _outputs(element.required_message, ref, "required_message")
        yield from _outputs(element.constraint_message, ref, "constraint_message")
        yield from _given(
            element.itemset.nodeset if element.itemset else None, ref, "choice_filter"
        )


def _given(expression: Expression | None, ref: str, column: str) -> Iterator[Placed]:
    if expression is not None:
        yield expression, ref, column


def _outputs(text: Text | None, ref: str, column: str) -> Iterator[Placed]:
    for by_language in text.versions.values() if text else ():
        for template in by_language.values():
            for part in template:
                if isinstance(part, Output):
                    yield part.expression, ref, column
