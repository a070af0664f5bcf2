"""A form's texts and answers as HTML, each marked with the language that it is really in."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Flask
from flask_babel import format_date, format_datetime, format_time
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app import languages, markup
from app.questionnaire.interview import Interview, Page, Rendered, Reviewed
from app.questionnaire.local import number_shown
from app.questionnaire.model import Form, Kind
from app.questionnaire.texts import render
from app.respond.media import media_of
from app.respond.messages import control_id, sentence
from app.responses.attachments import LARGEST_FILE

LONGEST_HEADING = 120
"""Letters; a longer note is body text and not the heading of its page."""
HIDDEN = "…"


def init_app(app: Flask) -> None:
    """Make these known to templates."""
    app.jinja_env.globals.update(
        inline=inline,
        block=block,
        plain=plain,
        answer_words=answer_words,
        moment=moment,
        row_number=row_number,
        control_id=control_id,
        sentence=sentence,
        media_of=media_of,
        largest_file=LARGEST_FILE,
    )


def inline(text: Rendered | None) -> Markup:
    """A text inside a line: a label, a legend, a choice."""
    if text is None:
        return Markup("")
    return _marked("span", text.language, markup.inline(text.markup))


def block(text: Rendered | None) -> Markup:
    """A text of paragraphs and lists: a note, a hint."""
    if text is None:
        return Markup("")
    return _marked("div", text.language, markup.paragraphs(text.markup))


def plain(text: Rendered | None) -> str:
    """The words alone."""
    return markup.plain(text.markup) if text else ""


def _marked(tag: str, language: str | None, html: Markup) -> Markup:
    attributes = languages.lang(language)
    return Markup(f"<{tag}{attributes}>{html}</{tag}>") if attributes else html


def form_title(form: Form) -> Rendered:
    """The title of a form."""
    found = render(form.title, languages.current().tag, lambda _shown: HIDDEN)
    return found or Rendered("", form.id)


def heading(interview: Interview, page: Page) -> Rendered:
    """The h1 of a page: its group's label, or its only question's."""
    found = interview.heading(page)
    if found and not _is_body(page, found):
        return found
    return interview.progress(page.id).section or form_title(interview.form)


def heads_itself(interview: Interview, page: Page) -> bool:
    """Whether the page's only question is its heading."""
    found = interview.heading(page)
    alone = page.group is None and page.repeat is None
    return alone and found is not None and not _is_body(page, found)


def _is_body(page: Page, text: Rendered) -> bool:
    note = bool(page.asked) and page.asked[0].question.kind is Kind.NOTE
    alone = page.group is None and page.repeat is None
    return alone and note and ("\n" in text.markup or len(text.markup) > LONGEST_HEADING)


def title(interview: Interview, page: Page) -> str:
    """The heading for the title, without piped answers: browser histories are not private."""
    source = (page.group or page.repeat or page.asked[0].question).label
    alone = page.group is None and page.repeat is None
    if source is None or (alone and not heads_itself(interview, page)):
        return plain(heading(interview, page))
    form = interview.circumstances.form_of(source)
    return plain(render(source, languages.current().tag, lambda _shown: HIDDEN, form))


def answer_words(one: Reviewed) -> Markup:
    """An answer as a person says it."""
    if one.value == "":
        return escape(_("Not answered"))
    if one.chosen:
        items = [inline(label) for label in one.chosen]
        if len(items) == 1:
            return items[0]
        tag = "ol" if one.question.kind is Kind.RANK else "ul"
        return Markup(f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>")
    return Markup("<br>").join(escape(_written(one.question.kind, one.value)).splitlines())


def row_number(page_id: str | None) -> int | None:
    """Which row of a repeat a page belongs to: names are no numbers, so the last number is it."""
    numbers = [part for part in (page_id or "").split("/") if part.isdigit()]
    return int(numbers[-1]) if numbers else None


def moment(iso: str) -> str:
    """A stored time (UTC) as people read it here: with date, time and zone."""
    when = datetime.fromisoformat(iso)
    return str(
        _(
            "%(date)s at %(time)s %(zone)s",
            date=format_date(when, "long"),
            time=format_time(when, "short"),
            zone=format_datetime(when, "z"),
        )
    )


def _written(kind: Kind, value: str) -> str:
    try:
        if kind is Kind.DATE:
            return str(format_date(date.fromisoformat(value), "long"))
        if kind is Kind.TIME:
            return str(format_time(time.fromisoformat(value), "short", rebase=False))
        if kind is Kind.DATETIME:
            when = datetime.fromisoformat(value)
            day, clock = format_date(when.date(), "long"), format_time(when, "short", rebase=False)
            return str(_("%(date)s at %(time)s", date=day, time=clock))
    except ValueError:
        return value
    if kind in (Kind.DECIMAL, Kind.RANGE):
        return number_shown(value, languages.current().tag)
    if kind is Kind.ACKNOWLEDGE:
        return str(_("Yes"))
    return value
