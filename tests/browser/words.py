"""Text in the wrong language: English in a page that says it is Indonesian, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import yaml
from babel.messages.pofile import read_po

from tests.linting import WORDS

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ("aria-label", "alt", "title", "placeholder")


def problems(html: str, expected: str) -> Iterator[str]:
    """A page whose language is not ``expected``, and each text that is not in its language."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    if root.get("lang") != expected:
        yield f"html lang={root.get('lang')!r}"
    for text, tag in texts(root, ""):
        if looks_foreign(text, tag):
            yield f"{text!r} is marked {tag!r}"


def texts(element: Element, inherited: str) -> Iterator[tuple[str, str]]:
    """Each text that is seen or spoken, and the language that it is marked with."""
    tag = element.get("lang", inherited)
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return
    own = [element.text, *(child.tail for child in element), *map(element.get, SPOKEN)]
    yield from ((" ".join(text.split()), tag) for text in own if text and text.strip())
    for child in element:
        yield from texts(child, tag)


def looks_foreign(text: str, tag: str) -> bool:
    """Whether it is a sentence of the other language, or one of our own texts in it."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    others = [known.split() for language, known in WORDS.items() if language != tag]
    sentence = tag in WORDS and any(len(words.intersection(known)) >= 2 for known in others)
    return sentence or text in _only_in_other(tag)


@lru_cache
def _only_in_other(tag: str) -> frozenset[str]:
    """Texts of the interface and of the forms that exist in the other language alone."""
    pairs = [*_interface(), *_forms()]
    english, indonesian = {en for _, en in pairs}, {id for id, _ in pairs}
    return frozenset({"id": english - indonesian, "en": indonesian - english}.get(tag, set()))


def _interface() -> Iterator[tuple[str, str]]:
    path = ROOT / "translations" / "id" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id and isinstance(message.id, str) and message.string:
                yield str(message.string), message.id


def _forms() -> Iterator[tuple[str, str]]:
    for path in [*(ROOT / "forms").glob("*.yaml"), Path(__file__).parent / "every_kind.yaml"]:
        yield from _labels(yaml.safe_load(path.read_bytes()))


def _labels(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and {"id", "en"} <= value.keys():
        yield " ".join(str(value["id"]).split()), " ".join(str(value["en"]).split())
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from _labels(child)
