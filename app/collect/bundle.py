"""What a phone takes along of one form: every page that there can be, rendered by the server.

The pages come from the respondent's own templates, in every interface language. The phone shows
and hides what is on them, puts piped answers in the place of marks, and fills in the boxes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import current_app, g, json
from flask_babel import refresh

from app import languages
from app.exchange.offline import Whole, calls, every_page, form_data, whole
from app.published import Published
from app.questionnaire.expressions import to_data
from app.questionnaire.fields import AnswerField, PageForm, RangeField, RankField, Wrong
from app.questionnaire.interview import Circumstances, Page, Row
from app.questionnaire.model import Form, Text
from app.respond.answering import Answering
from app.respond.messages import default_sentences, sentence
from app.respond.pages import show
from app.respond.unfinished import Unfinished
from app.respond.words import form_title, inline, plain

NUMBER = 987_654_321
"""Stands for the number of a row in a rendered page."""

_HIDDEN = re.compile(r'<input type="hidden"[^>]*>\n?')
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)

Plain = dict[str, Any]


def bundle(published: Published) -> bytes:
    """The form with its pages as JSON; made once for each version."""
    known = current_app.extensions.setdefault("collect-bundles", {})
    key = (published.form_id, published.version)
    if key not in known:
        known[key] = json.dumps(contents(published.form)).encode()
    found: bytes = known[key]
    return found


def contents(form: Form) -> Plain:
    """The form without its words, what its marks mean, and every page in each language."""
    marked = whole(form)
    return {
        "form": form_data(form),
        "outputs": [to_data(output.tree) for output in marked.outputs],
        "languages": {tag: _in_language(form, marked, tag) for tag in languages.available()},
        "row": NUMBER,
    }


def _in_language(form: Form, marked: Whole, tag: str) -> Plain:
    with reading(tag):
        here = Circumstances(datetime.now(UTC), tag, secrets.SystemRandom(), {})
        interview = every_page(marked.form, here)
        answering = Answering(marked.form, _nobody(form), interview)
        return {
            "title": plain(form_title(form)),
            "names": month_names(tag),
            "labels": _labels(form, tag) if calls(form, "jr:choice-name") else {},
            "texts": _texts(form, tag) if calls(form, "jr:itext") else {},
            "sentences": default_sentences(),
            "pages": {page.id: _page(answering, page) for page in interview.pages()},
        }


@contextmanager
def reading(tag: str) -> Iterator[None]:
    """Render in this language, as for a facilitator."""
    before = languages.current().tag
    g.offline = True
    try:
        languages.use(tag)
        refresh()
        yield
    finally:
        languages.use(before)
        refresh()
        g.offline = False


def _nobody(form: Form) -> Unfinished:
    return Unfinished(form.id, form.version, "", "", {})


def _page(answering: Answering, page: Page) -> Plain:
    if page.repeat is not None:
        return _hub(answering, page)
    form = PageForm(answering.interview, page)
    errors = {name: _errors(field) for name, field in form.fields().items()}
    ranges = {
        n: _range(field) for n, field in form.fields().items() if isinstance(field, RangeField)
    }
    return {
        **_rendered(answering, page),
        "asked": [asked.field for asked in page.asked],
        "errors": {name: found for name, found in errors.items() if found},
        "ranges": ranges,
    }


def _hub(answering: Answering, page: Page) -> Plain:
    """The page of a repeat twice: without rows, and with one whose number is ``NUMBER``."""
    with_row = replace(page, rows=(Row(NUMBER, page.id),))
    empty = _rendered(answering, replace(page, rows=()))
    return {**empty, "asked": [], "rows": _rendered(answering, with_row)["html"]}


def _rendered(answering: Answering, page: Page) -> Plain:
    html = show(answering, PageForm(answering.interview, page))
    title, main = _TITLE.search(html), _MAIN.search(html)
    assert title is not None
    assert main is not None
    section = answering.interview.progress(page.id).section
    return {
        "title": title[1],
        "html": _HIDDEN.sub("", main[1]),
        "section": str(inline(section)) if section else "",
    }


def _range(field: RangeField) -> list[str]:
    return [f"{bound:f}" for bound in field.bounds]


def _errors(field: AnswerField) -> dict[str, tuple[str, str | None]]:
    """What is said of this very question, by code: ``(message, language)``."""
    question, interview = field.question, field.interview
    found = {
        code: sentence(field, Wrong(code, interview.text(text, field.asked.node)))
        for codes, text in (
            (("constraint",), question.constraint_message),
            (("required", "required_way_out"), question.required_message),
        )
        for code in codes
        if text is not None
    }
    if isinstance(field, RangeField | RankField):
        found[field.code] = sentence(field, Wrong(field.code))
    return found


def month_names(tag: str) -> Plain:
    """Names of months and days as ``format-date`` writes them, and those that may be typed."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("id")
    short, long = (locale.months["format"][width] for width in ("abbreviated", "wide"))
    days = locale.days["format"]["abbreviated"]
    return {
        "months": [short[n] for n in range(1, 13)],
        "days": [days[n] for n in range(7)],
        "long": [long[n] for n in range(1, 13)],
        "point": locale.number_symbols["latn"]["decimal"],
    }


def _labels(form: Form, tag: str) -> Plain:
    return {
        name: {choice.value: _words(choice.label, tag) for choice in reversed(choices)}
        for name, choices in form.lists.items()
    }


def _texts(form: Form, tag: str) -> Plain:
    return {key: _words(text, tag) for key, text in form.texts.items()}


def _words(text: Text, tag: str) -> str:
    found = text.template(tag)
    return "".join(part for part in found[1] if isinstance(part, str)) if found else ""
