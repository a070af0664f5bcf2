"""Which responses the coordinator looks at: chosen in a GET form, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectChoice, SelectField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextInput

from app import languages, markup
from app.questionnaire.local import Unclear, calendar_date
from app.questionnaire.model import Form
from app.summaries import about, words
from app.summaries.filters import Filters
from app.summaries.plan import key_of
from app.summaries.tally import Tally

_EXAMPLE = lazy_gettext("For example 17 August 2026")

Choices = list[SelectChoice]


class DayField(Field):
    """A day, typed as people write it; a browser's own date box speaks the browser's language."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            try:
                iso = calendar_date(typed, "", "", languages.available())
            except Unclear:
                raise ValueError(_("Write the date like this: 17 August 2026.")) from None
            self.data = date.fromisoformat(iso)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ""


class FilterForm(FlaskForm):
    """Period, place, channel and language; every one may be left open."""

    class Meta:
        """It changes nothing, so it needs no token, and its address can be kept or shared."""

        csrf = False

    since = DayField(lazy_gettext("From"), [Optional()], description=_EXAMPLE)
    until = DayField(lazy_gettext("Up to and including"), [Optional()], description=_EXAMPLE)
    place = SelectField(lazy_gettext("Place where people live"), default="")
    channel = SelectField(lazy_gettext("How it was filled in"), default="")
    spoken = SelectField(lazy_gettext("Language of the form"), default="")

    def __init__(self, form: Form, tally: Tally, language: str, args: MultiDict[str, str]) -> None:
        super().__init__(args)
        places = tally.values.get(place_key(form), {})
        self.place.choices = _choices(place_names(form, language), places)
        channels = {code: about.channel(code) for code in tally.about.get("channel", {})}
        self.channel.choices = _choices(channels, channels)
        tags = {tag: about.language_name(tag) for tag in tally.about.get("language", {})}
        self.spoken.choices = _choices(tags, tags)

    def validate_until(self, field: DayField) -> None:
        """The end is not before the beginning."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(_("The last day is before the first. Change one of them."))

    def chosen(self) -> Filters:
        """What was chosen; nothing while something is wrong."""
        if not self.validate():
            return Filters()
        return Filters(
            since=self.since.data,
            until=self.until.data,
            places=_set(self.place.data),
            channels=_set(self.channel.data),
            languages=_set(self.spoken.data),
        )

    def arguments(self) -> dict[str, Any]:
        """What was chosen, as the query of an address."""
        given = {field.name: field.raw_data for field in self if field.raw_data}
        return {name: values[0] for name, values in given.items() if values[0]}


def place_key(form: Form) -> str:
    """Under which key a tally counts where people live; "" when the form does not ask."""
    question = form.question(form.settings.place) if form.settings.place else None
    return key_of(form, question) if question else ""


def place_names(form: Form, language: str) -> dict[str, str]:
    """What each code of a place is called, in plain words."""
    question = form.question(form.settings.place) if form.settings.place else None
    listed = form.lists.get(question.itemset.list_name, ()) if question and question.itemset else ()
    return {
        choice.value: markup.plain(words.form_text(choice.label, language, choice.value).markup)
        for choice in listed
    }


def _choices(names: Mapping[str, str], there: Iterable[str]) -> Choices:
    """Those that there are answers for, by name."""
    found = sorted(((code, names.get(code, code)) for code in there), key=lambda pair: pair[1])
    return [SelectChoice("", _("All")), *(SelectChoice(code, name) for code, name in found)]


def _set(value: str | None) -> frozenset[str]:
    return frozenset({value} if value else ())
