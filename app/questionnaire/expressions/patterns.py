"""Patterns of ``regex()``: Java's and JavaScript's dialect, matched by RE2, which cannot hang."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from app.questionnaire.expressions.errors import ExpressionError

_FOREIGN = re.compile(
    r"\\u(?P<code>[0-9A-Fa-f]{4})|(?P<end>\\Z)|(?P<hyphen>-)(?=\\[wWdDsS])"
    r"|\\(?P<plain>[^\x00-\x7F])|(?P<other>\\.)",
    re.DOTALL,
)


def matches(text: str, pattern: str) -> bool:
    """Whether a pattern matches the whole text, as in JavaRosa (``Pattern.matches``).

    Raises :class:`ExpressionError` for a pattern that RE2 does not know, such as one that looks
    ahead or repeats something more than 1,000 times.
    """
    return _compiled(pattern).fullmatch(_sound(text)) is not None


def check_pattern(pattern: str) -> None:
    """Raises :class:`ExpressionError` for a pattern that :func:`matches` would not accept."""
    _compiled(pattern)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        return re2.compile(_FOREIGN.sub(_translated, _sound(pattern)), options=options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace")
        raise ExpressionError("bad-pattern", pattern=pattern, reason=reason) from None


def _translated(match: re.Match[str]) -> str:
    r"""What RE2 refuses but Java and JavaScript know, in RE2's way.

    These are ``\uXXXX``, ``\Z``, a backslash before a letter that is not ASCII, and a hyphen
    before a class inside brackets (``[.-\w]``), which is the hyphen itself.
    """
    if match["code"]:
        return f"\\x{{{match['code']}}}"
    if match["end"]:
        return "\\z"
    if match["hyphen"]:
        return "\\-"
    return match["plain"] or match["other"]


def _sound(text: str) -> str:
    """Text without lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
