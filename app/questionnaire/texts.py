"""Texts of a form as a person reads them: in a language, with piped answers put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.questionnaire.model import PLAIN, Expression, Text

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^&])")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text of the form with its outputs evaluated.

    ``language`` is the tag that it is really written in; where that is not the page's language
    the page marks it (WCAG 2.2, 3.1.2). It is ``""`` in a form that does not say its language, and
    None for words of ours, which are in the page's own. ``markup`` is Markdown; what a person typed
    stands in it escaped.
    """

    language: str | None
    markup: str


def render(
    text: Text | None, language: str, output: Callable[[Expression], str], form: str = PLAIN
) -> Rendered | None:
    """``text`` in ``language``, or in the first language that has it; None when nobody wrote it."""
    found = None if text is None else text.template(language, form)
    if found is None:
        return None
    tag, template = found
    markup = "".join(
        part if isinstance(part, str) else escaped(output(part.expression)) for part in template
    )
    return Rendered(tag, markup.strip())


def escaped(piped: str) -> str:
    """What somebody typed, as Markdown that says just that."""
    return _MARKDOWN.sub(r"\\\1", piped)
