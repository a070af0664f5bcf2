"""The accessibility tree as Chromium gives it to screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.browser.chromium import Browser

CONTROLS = {
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "radio", "searchbox",
    "slider", "spinbutton", "switch", "tab", "textbox",
}  # fmt: skip
GROUPS = {"group", "radiogroup"}


@dataclass(slots=True)
class Node:
    """What a screen reader is told of one element, and the element's own attributes."""

    role: str
    name: str
    description: str
    states: dict[str, Any]
    attributes: dict[str, str]
    parent: Node | None = None

    @property
    def groups(self) -> Iterator[Node]:
        """The named groups around it, the innermost first."""
        around = self.parent
        while around is not None:
            if around.role in GROUPS and around.name:
                yield around
            around = around.parent

    def __str__(self) -> str:
        return f"{self.role} {self.name!r} {self.attributes.get('name', '')}"


def read(browser: Browser) -> list[Node]:
    """Every node of the tree that is not ignored, in the order of the page."""
    elements = _elements(browser.cdp("DOM.getDocument", depth=-1)["root"])
    found = {}
    raw = browser.cdp("Accessibility.getFullAXTree")["nodes"]
    for each in raw:
        attributes = elements.get(each.get("backendDOMNodeId", 0), {})
        found[each["nodeId"]] = _node(each, attributes)
    for each in raw:
        found[each["nodeId"]].parent = found.get(each.get("parentId", ""))
    return [found[each["nodeId"]] for each in raw if not each.get("ignored")]


def problems(nodes: list[Node]) -> Iterator[str]:
    """Controls without a name, choices without their question, states that are not told."""
    for node in nodes:
        if node.role in CONTROLS and not node.name.strip():
            yield f"no name: {node}"
        if node.role in ("radio", "checkbox") and _is_choice(node, nodes) and not any(node.groups):
            yield f"no question: {node}"
        if _is_required(node) and not node.states.get("required"):
            yield f"not told that it is required: {node}"
        if node.attributes.get("aria-invalid") == "true" and node.states.get("invalid") != "true":
            yield f"not told that it is wrong: {node}"
        if node.attributes.get("aria-describedby") and not node.description:
            yield f"not described: {node}"


def untold(nodes: list[Node], messages: dict[str, str]) -> Iterator[str]:
    """Wrong controls (id → message) that do not say what is wrong, themselves or their group."""
    by_id = {node.attributes["id"]: node for node in nodes if "id" in node.attributes}
    for identity, message in messages.items():
        node = by_id.get(identity)
        if node is None:
            yield f"{identity} is not in the tree"
            continue
        chain = [node, *node.groups]
        if not any(message in each.description for each in chain):
            yield f"{message!r} is not in the description of {node}"
        if not any(each.states.get("invalid") == "true" for each in chain):
            yield f"not told that it is wrong: {node}"


def _is_choice(node: Node, nodes: list[Node]) -> bool:
    same = [each for each in nodes if each.attributes.get("name") == node.attributes.get("name")]
    return node.role == "radio" or len(same) > 1


def _is_required(node: Node) -> bool:
    """Chromium's protocol does not tell it of a drop-down list, ``required`` itself included."""
    return node.attributes.get("aria-required") == "true" and node.role != "combobox"


def _node(raw: dict[str, Any], attributes: dict[str, str]) -> Node:
    states = {each["name"]: each["value"].get("value") for each in raw.get("properties", [])}
    words = {key: raw.get(key, {}).get("value", "") for key in ("role", "name", "description")}
    return Node(**words, states=states, attributes=attributes)


def _elements(node: dict[str, Any]) -> dict[int, dict[str, str]]:
    flat = node.get("attributes", [])
    found = {node["backendNodeId"]: dict(zip(flat[::2], flat[1::2], strict=True))}
    for child in node.get("children", []):
        found |= _elements(child)
    return found
