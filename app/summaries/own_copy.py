"""A respondent's own copy of what they sent, as a tagged PDF (accessibility checklist, item 46)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app import languages
from app.published import Published
from app.questionnaire.interview import Reviewed
from app.questionnaire.texts import Rendered
from app.summaries import words
from app.summaries.pdf import printed

Part = tuple[Rendered | None, list[Reviewed]]


def render(
    review: Iterable[Reviewed],
    published: Published,
    document: Mapping[str, Any],
    language: str,
    code: str,
    contacts: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The PDF file. Needs an application context.

    ``review`` is ``Interview.review(everything=True)`` of an interview in ``language``, which also
    has the questions that were not asked; ``code`` the receipt's, grouped as it is read out;
    ``contacts`` whom to ask, as pairs of what for and where.

    Raises:
        TypesettingError: it could not be set.
    """
    form = published.form
    with languages.speaking(language):
        sent = words.moment(datetime.fromisoformat(document["submitted"]), form.settings.timezone)
        title = words.form_text(form.title, language, form.id)
        parts = list(_parts(review, language))
    return printed(
        "own-copy.html",
        language,
        form_title=title,
        sent=sent,
        code=code,
        contacts=contacts,
        controller=form.settings.controller,
        parts=parts,
    )


def _parts(review: Iterable[Reviewed], language: str) -> Iterator[Part]:
    """The questions under the headings of their parts.

    A question that was not asked knows no part, so it stays in that of the one before it; nor has
    it anything piped in.
    """
    part: Part = (None, [])
    for one in review:
        if one.page is None:
            label = words.form_text(one.question.label, language, one.question.name)
            part[1].append(replace(one, label=label))
            continue
        if one.section != part[0]:
            if part[1]:
                yield part
            part = (one.section, [])
        part[1].append(one)
    if part[1]:
        yield part
