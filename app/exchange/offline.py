"""A form as the phone's own interview reads it: plain data for JSON, syntax trees included.

What does not depend on a language is in ``form_data``; ``whole`` gives the form from which the
server renders every page that there can be, with a mark wherever an answer is piped into a text.
Keys are left out where they would say nothing. The counterpart is app/static/collect/interview.js.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.questionnaire import answers
from app.questionnaire.expressions import Data, Tree, to_data
from app.questionnaire.expressions.tree import Call, walk
from app.questionnaire.instance import Node
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import (
    Choice,
    Element,
    Expression,
    Form,
    Group,
    Itemset,
    Output,
    Question,
    Repeat,
    SetValue,
    Text,
)
from app.questionnaire.pages import FIELD_LIST
from app.questionnaire.rules import rules_of

MARK = ("\ue000", "\ue001")
"""Around the number of an output in a rendered page: private-use characters that nobody types."""

Plain = dict[str, Any]


def form_data(form: Form) -> Plain:
    """The form without its words.

    ``root`` is an element; ``order`` has the refs with rules in the order in which they are
    applied, with 1 for a volatile calculate and 2 for one told only once; ``lists`` the values of
    the choices; ``instances`` the lists that expressions read.
    """
    settings = form.settings
    return _said(
        id=form.id,
        version=form.version,
        zone=settings.timezone,
        root=_element(form.root),
        order=[_order(rule.ref, rule.volatile, rule.once) for rule in rules_of(form).order],
        lists={name: [c.value for c in choices] for name, choices in form.lists.items()},
        instances={name: tree_of(Node.from_xml(xml)) for name, xml in form.instances.items()},
        set=[_set_value(each) for each in form.set_values] or None,
        storeIf=_tree(settings.store_if),
        consent=settings.consent or None,
    )


def _order(ref: str, volatile: bool, once: bool) -> list[str | int]:
    return [ref, volatile + 2 * once] if volatile or once else [ref]


def _element(element: Element) -> Plain:
    common = {"name": element.name, "relevant": _tree(element.relevant)}
    if isinstance(element, Question):
        return _said(**common, **_question(element))
    inside: Plain = {
        "children": [_element(child) for child in element.children],
        "page": FIELD_LIST in element.appearances or None,
    }
    if isinstance(element, Repeat):
        inside |= {"repeat": True, "count": _tree(element.count)}
    return _said(**common, **inside)


def _question(question: Question) -> Plain:
    return {
        "kind": str(question.kind),
        "required": _tree(question.required),
        "constraint": _tree(question.constraint),
        "calculate": _tree(question.calculate),
        "list": question.itemset.list_name if question.itemset else None,
        "nodeset": _tree(question.itemset.nodeset) if question.itemset else None,
        "value": _other_than(question.itemset.value, "name") if question.itemset else None,
        "readonly": question.readonly or None,
        "readonly_if": _tree(question.readonly_if),
        "default": question.default or None,
        "preload": list(question.preload) if question.preload else None,
    }


def _other_than(value: str, usual: str) -> str | None:
    return None if value == usual else value


def _set_value(each: SetValue) -> Plain:
    return _said(
        ref=each.ref, event=each.event, value=to_data(each.value.tree), trigger=each.trigger
    )


def _tree(expression: Expression | None) -> Data | None:
    return None if expression is None else to_data(expression.tree)


def _said(**values: Any) -> Plain:
    # Told apart by what they are: 0 and "" are syntax trees too.
    return {name: value for name, value in values.items() if value is not None}


def tree_of(node: Node) -> list[Any]:
    """An instance as ``[name, value or children]``, a row of a repeat marked by a 1."""
    inner = [tree_of(child) for child in node.children]
    return [node.name, inner or node.value, *([1] if node.repeats else [])]


def calls(form: Form, name: str) -> bool:
    """Whether an expression of the form calls this function."""
    return any(
        isinstance(part, Call) and part.name == name for tree in _trees(form) for part in walk(tree)
    )


def _trees(form: Form) -> Iterator[Tree]:
    for element in form.elements():
        names = ("relevant", "required", "constraint", "calculate", "count")
        found = [getattr(element, name, None) for name in names]
        if isinstance(element, Question) and element.itemset:
            found.append(element.itemset.nodeset)
        yield from (expression.tree for expression in found if expression is not None)
    yield from (each.value.tree for each in form.set_values)
    yield from (output.tree for output in whole(form).outputs)


# -- every page that there can be


@dataclass(frozen=True, slots=True)
class Whole:
    """The form with everything asked, offered and shown; ``outputs`` are what its marks mean."""

    form: Form
    outputs: tuple[Expression, ...]


def every_page(form: Form, here: Circumstances) -> Interview:
    """An interview over ``whole(form).form`` whose pages are all that there can be."""
    root = answers.build(form.root, defaults=False)
    _add_rows(form.root, root)
    return Interview(form, here, root, 0, set())


def _add_rows(group: Group | Repeat, node: Node) -> None:
    for child, nodes in list(answers.matched(group, node)):
        if isinstance(child, Question):
            continue
        row = answers.add_row(child, node, False) if isinstance(child, Repeat) else nodes[0]
        _add_rows(child, row)


def whole(form: Form) -> Whole:
    """The form without conditions, each repeat with one row, each output as a mark in its text."""
    marking = _Marking()
    lists = {name: tuple(map(marking.choice, choices)) for name, choices in form.lists.items()}
    root = marking.element(form.root)
    assert isinstance(root, Group)
    title = marking.text(form.title)
    settings = replace(form.settings, store_if=None, channel=None)
    marked = replace(form, root=root, lists=lists, title=title, settings=settings, set_values=())
    return Whole(marked, tuple(marking.outputs))


@dataclass(slots=True)
class _Marking:
    outputs: dict[Expression, int] = field(default_factory=dict)

    def text(self, text: Text | None) -> Any:
        if text is None:
            return None
        versions = {
            form: {tag: tuple(map(self.part, template)) for tag, template in written.items()}
            for form, written in text.versions.items()
        }
        return Text(versions)

    def part(self, part: str | Output) -> str:
        if isinstance(part, str):
            return part
        number = self.outputs.setdefault(part.expression, len(self.outputs))
        return f"{MARK[0]}{number}{MARK[1]}"

    def choice(self, choice: Choice) -> Choice:
        return replace(choice, label=self.text(choice.label))

    def element(self, element: Element) -> Element:
        words = {"label": self.text(element.label), "hint": self.text(element.hint)}
        if isinstance(element, Question):
            return self.question(element, words)
        children = tuple(self.element(child) for child in element.children)
        changed = replace(element, children=children, relevant=None, **words)
        return replace(changed, count=None) if isinstance(changed, Repeat) else changed

    def question(self, question: Question, words: Mapping[str, Any]) -> Question:
        listed = question.itemset
        return replace(
            question,
            relevant=None,
            constraint=None,
            calculate=None,
            default="",
            itemset=Itemset(listed.list_name) if listed else None,
            required_message=self.text(question.required_message),
            constraint_message=self.text(question.constraint_message),
            **words,
        )
