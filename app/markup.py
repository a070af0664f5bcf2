"""Markdown of a form's texts as safe HTML, and as plain text for titles and links.

XLSForm texts are Markdown. Raw HTML is not passed through, images are not loaded, and a link
goes only to http, https, mailto or tel.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

SCHEMES = ("http://", "https://", "mailto:", "tel:")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["image", "lheading", "heading", "code", "fence", "hr", "html_block"])
    parser.validateLink = lambda url: url.lower().startswith(SCHEMES)  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


@lru_cache(maxsize=2000)
def paragraphs(text: str) -> Markup:
    """Block HTML: paragraphs and lists."""
    return Markup(_PARSER.render(text))


@lru_cache(maxsize=2000)
def inline(text: str) -> Markup:
    """Phrasing HTML for labels, legends and headings: never a block inside them."""
    return Markup("<br>\n".join(_PARSER.renderInline(line) for line in _lines(text)))


@lru_cache(maxsize=2000)
def plain(text: str) -> str:
    """The words alone, on one line, not escaped."""
    parsed = (_PARSER.parseInline(line) for line in _lines(text))
    words = "".join(_words(token.children or []) + " " for line in parsed for token in line)
    return " ".join(words.split())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(tokens: list[Token]) -> str:
    return "".join(" " if token.type.endswith("break") else token.content for token in tokens)
