"""The body of an XForm: which control belongs to which node, and what sets values on events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from app.questionnaire.xform_xml import child, elements, local

_CONTAINERS = ("group", "repeat")
_INSIDE_CONTROL = ("label", "hint", "itemset", "item", "value", "help", "alert")


class Body:
    """The controls of a body by the ref of their node, and the order of the nodes in it."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.controls: dict[str, etree._Element] = {}
        self.order: dict[str, int] = {}
        self._read(element, "")

    def _read(self, parent: etree._Element, context: str) -> None:
        for control in elements(parent):
            ref = _absolute(control.get("ref") or control.get("nodeset") or "", context)
            if local(control) in _CONTAINERS:
                if local(control) == "repeat" or (ref != context and not _wraps(control)):
                    self._note(ref, control)
                self._read(control, ref or context)
            elif ref != context and local(control) not in _INSIDE_CONTROL:
                self._note(ref, control)

    def _note(self, ref: str, control: etree._Element) -> None:
        self.order.setdefault(ref, len(self.order))
        self.controls.setdefault(ref, control)


class Action(NamedTuple):
    """One ``<setvalue>`` for one event; ``value`` is an expression as written."""

    ref: str
    event: str
    value: str
    trigger: str | None


def set_values(model: etree._Element, body: etree._Element) -> Iterator[Action]:
    """Every ``<setvalue>``: of the whole form in the model, of a repeat or a question in the body.

    One that is inside a control is triggered by a change of that control's answer.
    """
    found = (each for each in chain(elements(model), body.iter()) if _is_set_value(each))
    for element in found:
        ref = element.get("ref", "") or element.get("bind", "")
        value = element.get("value") or _literal(element.text or "")
        for event in (element.get("event") or "").split():
            yield Action(ref, event, value, _trigger(element, event))


def _absolute(ref: str, context: str) -> str:
    if not ref or ref == ".":
        return context
    return ref if ref.startswith("/") else f"{context}/{ref}"


def _wraps(control: etree._Element) -> bool:
    """Whether a group is only there to give the repeat in it a label."""
    repeat = child(control, "repeat") if local(control) == "group" else None
    return repeat is not None and control.get("ref", "") in ("", repeat.get("nodeset", ""))


def _is_set_value(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and local(element) == "setvalue"


def _literal(text: str) -> str:
    """A text as an expression; XPath has no escape, so the quotation mark it lacks is used."""
    return f'"{text}"' if "'" in text else f"'{text}'"


def _trigger(element: etree._Element, event: str) -> str | None:
    parent = element.getparent()
    if event != "xforms-value-changed" or parent is None:
        return None
    found: str | None = parent.get("ref")
    return found
