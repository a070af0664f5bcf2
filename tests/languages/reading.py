"""How easy a text is to read, as far as a machine can tell, and what is excepted.

Sources: W3C, Making Content Usable, patterns on clear words; WCAG 2.2, 3.1.4 (abbreviations) and
3.1.5 (reading level). Whether people understand a text, only people can tell
(docs/test-protocol.id.md); rare words are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
MOST_WORDS = 20
MOST_PASSIVES = 2

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)|https?://\S+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\$?\{[^{}]*\}")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)*_]*(?=\s|$)|\n")
_WORD = re.compile(r"\w[\w'’.,-]*")
_CODE = re.compile(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b")
_ABBREVIATION = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Z0-9]+\b")
_SLASH = re.compile(r"\w*[^\W\d_]\s?/\s?[^\W\d_]\w*")
_PASSIVE = {
    "id": re.compile(
        r"\bdi(?!sabilitas|skusi|gital|sini\b|sana\b|mana\b|nding|rektur|ploma|etik|siplin|abetes"
        r"|rinya\b|am\b|agnosis)[a-z]{4,}\b"
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|not\s+|never\s+|already\s+)?"
        r"(?:\w{2,}ed|written|given|taken|shown|known|seen|kept|sent|told|made|found|held)\b",
        re.IGNORECASE,
    ),
}

PRECISE = "Coordinators read it before a decision; a shorter sentence would say less than is true."
STEPS = "Each part between the commas is one step or one example, and is read as a list."
LONG = {
    "Numbers of fewer than %(k)s people": PRECISE,
    "Since the one of %(day)s, fewer than": PRECISE,
    "When you change one, the forms that use it": PRECISE,
    "Functioning status: “with” means": PRECISE,
    "Every time somebody looks at, downloads": STEPS,
    "Setiap kali seseorang melihat": STEPS,
    "Whoever cannot do that alone may be helped": STEPS,
    "A form can have lists (.csv": STEPS,
    "Formulir bisa memakai daftar (.csv": STEPS,
    "The person can see them with the code": STEPS,
    "Files for the network and for everybody": PRECISE,
    "Keep this file on your own computer": STEPS,
}
"""Where a sentence of more than ``MOST_WORDS`` words begins → why it may stay."""

LISTED = "Two or three things that are done to the same answers, in a list."
HEAVY = {
    "Jawaban yang ditahan tidak dapat dibaca": LISTED,
    "Yang tidak dapat melakukannya sendiri boleh dibantu": STEPS,
    "Jawaban itu sudah dikirim, sudah dihapus": LISTED,
    "Anda boleh meminta jawaban dilihat": LISTED,
    "Perlu diperbaiki, diganti, atau ditambah": LISTED,
    "Backups made before are deleted": PRECISE,
    "Cadangan yang dibuat sebelumnya dihapus": PRECISE,
}
"""Where a sentence of more than ``MOST_PASSIVES`` passive verbs begins → why it may stay."""

EVERYDAY = "People say it more often than the words it stands for."
EXPLAINED = "The same text says what it is, or it is looked for by this name."
OFFICE = "An office, law or paper of Indonesia that people know by these letters."
TECHNICAL = "A format or standard; only coordinators and facilitators meet it."
ABBREVIATIONS = {
    **dict.fromkeys(("HP", "PIN", "QR", "SMS", "ID", "MB"), EVERYDAY),
    **dict.fromkeys(("BISINDO", "SIBI", "ADHD", "APKM", "OMS", "WCAG", "AA"), EXPLAINED),
    **dict.fromkeys(
        ("KTP", "KK", "NIK", "BPJS", "DPRD", "SAPA", "UU", "UPTD", "PPA"), OFFICE
    ),
    **dict.fromkeys(
        ("CSV", "PDF", "SHA", "MD5", "ODK", "UTF", "XML", "YAML", "JPEG", "PNG", "URL"), TECHNICAL
    ),
}  # fmt: skip
"""Abbreviation → why it may be used."""


@dataclass(frozen=True, slots=True)
class Read:
    """One text in one language, and where it stands."""

    language: str
    text: str
    place: str


def every_text() -> Iterator[Read]:
    """All texts of the interface and of the shipped forms, in Indonesian and English."""
    with (ROOT / "translations" / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield from (Read("en", text, "interface") for text in _plural(message.id))
                yield from (Read("id", text, "interface") for text in _plural(message.string))
    for path in sorted((ROOT / "forms").glob("*.yaml")):
        for language, text in _pairs(yaml.safe_load(path.read_bytes())):
            yield Read(language, text, path.name)


def _plural(texts: Any) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and {"id", "en"} <= value.keys():
        yield from ((language, str(value[language])) for language in ("id", "en"))
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from _pairs(child)


def sentences(text: str) -> list[str]:
    """The sentences of a text as people see it; a placeholder stays as it is written."""
    return [s.strip() for s in _SENTENCE_END.split(_LINK.sub(r"\1", text)) if s.strip()]


def words(sentence: str) -> int:
    """How many words; what is put in for a placeholder counts as one."""
    return len(_WORD.findall(_PLACEHOLDER.sub("x", sentence)))


def abbreviations(text: str) -> set[str]:
    """Words of capitals, without example codes."""
    return set(_ABBREVIATION.findall(_CODE.sub("", _PLACEHOLDER.sub("x", _LINK.sub(r"\1", text)))))


def slashes(text: str) -> list[str]:
    """Two words with a slash between them: is it *and* or *or*?"""
    return _SLASH.findall(_PLACEHOLDER.sub("1", _LINK.sub(r"\1", text)))


def passives(sentence: str, language: str) -> int:
    """Verbs that look passive; Indonesian uses them more than English, so a few are no fault."""
    return len(_PASSIVE[language].findall(sentence))
