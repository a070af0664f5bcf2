"""Text functions of ODK XForms."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
import uuid as uuids

from app.questionnaire.expressions.environment import MAX_TEXT, Scope
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.values import Value, answers, display

_SPACES = re.compile(r"[ \t\r\n]+")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALGORITHMS = {
    "MD5": "md5",
    "SHA1": "sha1",
    "SHA256": "sha256",
    "SHA384": "sha384",
    "SHA512": "sha512",
}


def pieces(values: tuple[Value, ...]) -> list[str]:
    """Every text in some values; a set of nodes gives the answer of each node.

    A number that is none gives '', so that no text shows "NaN".
    """
    found: list[str] = []
    for value in values:
        found += answers(value) if isinstance(value, list) else [display(value)]
    return found


def joined(separator: str, texts: list[str]) -> str:
    """Texts with a separator between; raises :class:`ExpressionError` when too long."""
    length = sum(map(len, texts)) + len(separator) * max(0, len(texts) - 1)
    if length > MAX_TEXT:
        raise ExpressionError("text-too-long", limit=MAX_TEXT)
    return separator.join(texts)


def concat(*values: Value) -> str:
    return joined("", pieces(values))


def join(separator: str, *values: Value) -> str:
    return joined(separator, pieces(values))


def whole(number: float) -> int:
    """A number without its fraction, as Java's ``intValue``: 0 for NaN, held within bounds."""
    if math.isnan(number):
        return 0
    return int(max(-(2**31), min(2**31 - 1, number)))


def substr(text: str, start: float, end: float = math.inf) -> str:
    """From a place, counted from 0, to before another; negative places count from the end."""
    first, last = whole(start), whole(end)
    length = len(text)
    first = first + length if first < 0 else first
    last = last + length if last < 0 else last
    return text[max(0, first) : max(0, last)]


def substring_before(text: str, part: str) -> str:
    before, found, _ = text.partition(part) if part else ("", "", "")
    return before if found else ""


def substring_after(text: str, part: str) -> str:
    return text.partition(part)[2] if part else text


def translate(text: str, old: str, new: str) -> str:
    """Each character of ``old`` becomes the one at its place in ``new``, or goes."""
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


def string_length(scope: Scope, text: str | None = None) -> float:
    return float(len(scope.node.text if text is None else text))


def normalize_space(scope: Scope, text: str | None = None) -> str:
    return _SPACES.sub(" ", scope.node.text if text is None else text).strip(" ")


def trim(text: str) -> str:
    return text.strip(" \t\r\n")


def contains(text: str, part: str) -> bool:
    return part in text


def starts_with(text: str, part: str) -> bool:
    return text.startswith(part)


def ends_with(text: str, part: str) -> bool:
    return text.endswith(part)


def uuid(scope: Scope, length: float | None = None) -> str:
    """A version 4 UUID, or so many random capital letters and digits (``PropertyUtils``)."""
    random = scope.environment.random
    if length is None:
        return str(uuids.UUID(int=random.getrandbits(128), version=4))
    if whole(length) > MAX_TEXT:
        raise ExpressionError("text-too-long", limit=MAX_TEXT)
    return "".join(random.choices(_LETTERS, k=max(0, whole(length))))


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The hash of a text's UTF-8 by MD5, SHA-1, SHA-256, SHA-384 or SHA-512, in hex or base64."""
    name = _ALGORITHMS.get(algorithm.upper().replace("-", ""))
    if name is None:
        raise ExpressionError("unknown-algorithm", name=algorithm)
    hashed = hashlib.new(name, text.encode("utf-8", "replace"), usedforsecurity=False)
    if encoding.lower() == "hex":
        return hashed.hexdigest()
    if encoding.lower() == "base64":
        return base64.b64encode(hashed.digest()).decode()
    raise ExpressionError("unknown-encoding", name=encoding)


def base64_decode(text: str) -> str:
    """The text that was encoded as UTF-8 and base64; '' when it was not."""
    try:
        return base64.b64decode(text.encode("ascii")).decode("utf-8", "replace")
    except (UnicodeEncodeError, binascii.Error):
        return ""


def boolean_from_string(text: str) -> bool:
    return text.lower() == "true" or text == "1"
