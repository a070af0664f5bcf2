"""Every text of the interface is in every language, and no catalog holds what is gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "translations"
TAGS = sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}

Key = str | tuple[str, ...]


def key(identity: str | list[str] | tuple[str, ...]) -> Key:
    return identity if isinstance(identity, str) else tuple(identity)


@pytest.fixture(scope="module")
def used() -> set[Key]:
    """Every text that code and templates ask for."""
    with (FOLDER / "babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = (
        message
        for folder in ("app", "templates")
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), method_map, options_map, keywords=KEYWORDS
        )
    )
    return {key(message) for message in found}


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def messages(tag: str) -> list[Message]:
    return [m for m in catalog(FOLDER / tag / "LC_MESSAGES" / "messages.po") if m.id]


def test_there_are_indonesian_and_english() -> None:
    assert {"id", "en"} <= set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_the_catalog_holds_exactly_what_is_used(tag: str, used: set[Key]) -> None:
    known = {key(message.id) for message in messages(tag)}
    assert used - known == set(), "missing: run `make translations`"
    assert known - used == set(), "stale: run `make translations`"


def test_the_template_holds_exactly_what_is_used(used: set[Key]) -> None:
    assert {key(m.id) for m in catalog(FOLDER / "messages.pot") if m.id} == used


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en"])
def test_everything_is_translated(tag: str) -> None:
    empty = [m.id for m in messages(tag) if not all(_strings(m))]
    assert empty == []


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_is_fuzzy_or_obsolete(tag: str) -> None:
    assert [m.id for m in messages(tag) if m.fuzzy] == []
    assert list(catalog(FOLDER / tag / "LC_MESSAGES" / "messages.po").obsolete) == []


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en"])
def test_placeholders_are_the_same(tag: str) -> None:
    for message in messages(tag):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        wanted = set(PLACEHOLDER.findall(source))
        for text in filter(None, _strings(message)):
            assert set(PLACEHOLDER.findall(text)) == wanted, source


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en"])
def test_sentences_end_as_in_the_source(tag: str) -> None:
    for message in messages(tag):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for text in filter(None, _strings(message)):
            assert text.endswith(":") == source.endswith(":"), source
            assert text == text.strip(), source


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)
