"""The code book of an export: what each column holds, in every language of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from app import languages
from app.exchange.columns import Column, Sheet, plain
from app.questionnaire.model import Form, Kind

KEYS = {
    "_id": lazy_gettext(
        "The response. Use it to find the answers again, for example to delete them."
    ),
    "_version": lazy_gettext("The version of the form that was answered."),
    "_language": lazy_gettext("The language in which the form was read."),
    "_channel": lazy_gettext("How the response came: web, assisted, proxy, offline, odk or paper."),
    "_activity": lazy_gettext("The activity that the response is about."),
    "_submitted": lazy_gettext("When the response was sent, in the time zone of the form."),
}
ROW_NUMBER = lazy_gettext("The number of the row within the response, from 1.")


def headers(form: Form) -> list[str]:
    """The first row. These names are fixed, so that a program can read a code book too."""
    tags = [tag or "text" for tag in form.languages]
    questions = [f"question ({tag})" for tag in tags]
    labels = [f"label ({tag})" for tag in tags]
    return ["sheet", "column", "type", "class", *questions, "value", *labels, "asked when"]


def rows(form: Form, sheets: Iterable[Sheet]) -> Iterator[list[str]]:
    """A row for each column, followed by one for each choice that may stand in it."""
    nothing = [""] * len(form.languages)
    for sheet in sheets:
        for key in sheet.keys:
            said = _in_each_language(form, KEYS.get(key, ROW_NUMBER))
            yield [sheet.name, key, "", "M", *said, "", *nothing, ""]
        for column in sheet.columns:
            yield from _column(form, sheet, column)


def _column(form: Form, sheet: Sheet, column: Column) -> Iterator[list[str]]:
    question = column.question
    asked = [plain(question.label, tag) for tag in form.languages]
    when = question.relevant.text if question.relevant else ""
    about = [sheet.name, column.header, question.kind.value, question.data_class.value]
    nothing = [""] * len(form.languages)
    if column.choice is not None:
        labels = [plain(column.choice.label, tag) for tag in form.languages]
        values = "" if question.kind is Kind.RANK else "1 / 0"
        yield [*about, *asked, values, *labels, when]
        return
    yield [*about, *asked, "", *nothing, when]
    for choice in column.choices:
        labels = [plain(choice.label, tag) for tag in form.languages]
        yield [*about, *asked, choice.value, *labels, ""]


def _in_each_language(form: Form, text: object) -> list[str]:
    """An interface text in each language of the form, or in our own where we lack it."""
    default = next(iter(languages.available()))
    said = []
    for tag in form.languages:
        with languages.speaking(tag if tag in languages.available() else default):
            said.append(str(text))
    return said


def read_first(form: Form, made: datetime, free_text: bool) -> Iterator[str]:
    """What somebody must know who opens the file, in every interface language."""
    for tag in languages.available():
        with languages.speaking(tag):
            yield plain(form.title, tag)
            yield _("Made on %(moment)s.", moment=_moment(made, form.settings.timezone))
            yield _(
                "Every row is what one person said. Even without names, a few answers together can"
                " show who it is. Keep this file on your own computer, do not pass it on, and"
                " delete it when you no longer need it."
            )
            yield _("Names and telephone numbers of people are not in this file.")
            if free_text:
                yield _(
                    "People's own words are in this file. They may name somebody. Read them before"
                    " you use them, and quote only with consent."
                )
            yield _("The code book says what each column holds.")
            yield ""


def _moment(made: datetime, timezone: str) -> str:
    local = made.astimezone(ZoneInfo(timezone))
    return str(format_datetime(local, "d MMMM y HH:mm", tzinfo=local.tzinfo, locale=get_locale()))
