"""How a text of a form reads: words, sentences, and texts that say too little."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_REFERENCE = re.compile(r"\$?\{[^{}]*\}")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)*_]*(?=\s|$)|\n")
_WORD = re.compile(r"\w[\w'’.,/-]*")
_OTHER = re.compile(r"others?\b(\s*[,:;(/–-].*)?\s*[.:]?", re.IGNORECASE | re.DOTALL)


def longest_sentence(text: str) -> tuple[int, str]:
    """How many words the longest sentence has, and its first ones; a piped answer is one word."""
    plain = _REFERENCE.sub("x", _LINK.sub(r"\1", text))
    found = max((_WORD.findall(part) for part in _SENTENCE_END.split(plain)), key=len)
    return len(found), " ".join(found[:5])


def first_word(text: str) -> str:
    """The first word as it is compared; "" when there is none."""
    found = _WORD.search(_REFERENCE.sub("", text))
    return found[0].casefold() if found else ""


def is_number(text: str) -> bool:
    """Whether a text has digits and no letter; a piped answer counts as words."""
    return any(map(str.isdigit, text)) and not re.search(r"[^\W\d_]|\$\{", text)


def is_other(text: str) -> bool:
    """Whether a text is the English word that form tools put in for a further choice."""
    return _OTHER.fullmatch(text.strip()) is not None
