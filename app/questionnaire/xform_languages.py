"""Language tags for the languages that form authors write: ``Bahasa Indonesia (id)`` is ``id``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale

UNTRANSLATED = ("", "default")
"""How pyxform calls the language of columns that name none."""

_NATIVE = {
    "bahasa indonesia": "id",
    "bahasa": "id",
    "bahasa jawa": "jv",
    "basa jawa": "jv",
    "bahasa madura": "mad",
    "bahasa melayu": "ms",
    "bahasa sunda": "su",
    "deutsch": "de",
    "english": "en",
    "español": "es",
    "espanol": "es",
    "français": "fr",
    "francais": "fr",
    "kiswahili": "sw",
    "nederlands": "nl",
    "português": "pt",
    "portugues": "pt",
    "tetun": "tet",
    "tiếng việt": "vi",
    "العربية": "ar",
    "中文": "zh",
}


@cache
def _english() -> dict[str, str]:
    return {name.lower(): tag for tag, name in Locale("en").languages.items() if "_" not in tag}


def tag_of(language: str) -> str:
    """The BCP 47 tag of one language as a column names it; "" for a column that names none.

    The tag in brackets counts; else a known name; else a private tag such as ``x-tapalkuda``.
    """
    if language.strip().lower() in UNTRANSLATED:
        return ""
    if coded := re.search(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\)\s*$", language):
        return coded[1].replace("_", "-")
    name = language.strip().lower()
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", name) and name in _english().values():
        return name
    return _NATIVE.get(name) or _english().get(name) or _private(name)


def _private(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name) or [f"{ord(letter):x}" for letter in name[:3]]
    return "-".join(["x", *(word[:8] for word in words[:3])])


def tags(languages: Iterable[str]) -> dict[str, str]:
    """A tag for each language, no two the same."""
    found: dict[str, str] = {}
    for language in languages:
        tag = tag_of(language)
        while tag in found.values():
            tag = f"{tag}-x-{len(found)}" if "x-" not in tag else f"{tag}-{len(found)}"
        found[language] = tag
    return found
