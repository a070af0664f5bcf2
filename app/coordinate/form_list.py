"""The forms there are: their versions, when people can answer them, and copies of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from app import languages
from app.coordinate import blueprint, coordinators_only, form_waiting
from app.coordinate.filters import DayField
from app.coordinate.form_checked import title
from app.coordinate.form_upload import folder, uploads
from app.coordinate.preview_app import activity_for
from app.coordinate.problem_words import tell
from app.coordinate.reading import now
from app.exchange.xlsform_out import with_form_id, workbook_xlsx
from app.published import Original, Published
from app.publishing import catalogue, network
from app.questionnaire.problems import Severity
from app.questionnaire.texts import Rendered
from app.questionnaire.xlsform_examine import examine
from app.settings import Settings
from app.summaries import words


@dataclass(frozen=True, slots=True)
class Listed:
    """A form as the list shows it; ``versions`` is how many there are."""

    id: str
    title: Rendered
    version: str
    open: bool
    versions: int


class KeptDayField(DayField):
    """A day that shows what is kept already."""

    def _value(self) -> str:
        return super()._value() if self.raw_data else words.day(self.data) if self.data else ""


class OpeningForm(FlaskForm):
    """When people can answer a form."""

    state = RadioField(lazy_gettext("Can people answer?"))
    opens = KeptDayField(
        lazy_gettext("First day"),
        [Optional()],
        description=lazy_gettext("For example 17 August 2026. Leave it empty to begin at once."),
    )
    closes = KeptDayField(
        lazy_gettext("Last day"),
        [Optional()],
        description=lazy_gettext(
            "For example 17 August 2026. Leave it empty to have no end. Who has begun can still "
            "finish."
        ),
    )

    def validate_closes(self, field: DayField) -> None:
        """The end is not before the beginning."""
        if self.opens.data and field.data and field.data < self.opens.data:
            raise ValidationError(_("The last day is before the first. Change one of them."))


class CopyForm(FlaskForm):
    """What a copy is called."""

    form_id = StringField(
        lazy_gettext("Id of the new form (form_id)"),
        [
            DataRequired(lazy_gettext("Write an id for the new form.")),
            Regexp(
                r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z",
                message=lazy_gettext(
                    "Use letters, digits, _ and - only, at most 64, and begin with a letter or "
                    "digit. Example: needs-banyuwangi."
                ),
            ),
        ],
        description=lazy_gettext("It stands in the link of the form. Example: needs-banyuwangi."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_form_id(self, field: StringField) -> None:
        """No other form has it."""
        if field.data in catalogue().ids():
            raise ValidationError(_("There is a form with this id already. Choose another id."))


@blueprint.get("/forms")
@coordinators_only
def all_forms() -> str:
    """Every form and every upload that waits."""
    settings: Settings = current_app.extensions["settings"]
    form_waiting.expire(folder(), now())
    return render_template(
        "coordinate/forms/all.html",
        forms=[_listed(catalogue().get(form_id)) for form_id in catalogue().ids()],
        waiting=list(uploads().each()),
        moment=lambda when: words.moment(when, settings.timezone),
    )


@blueprint.route("/form/<form_id>", methods=["GET", "POST"])
@coordinators_only
def form_page(form_id: str) -> Response | str:
    """One form: its versions with their files, and when people can answer it."""
    current = form_or_404(form_id)
    form = _opening_form(current)
    if not languages.switch_pressed() and form.validate_on_submit():
        catalogue().set_open(form_id, form.state.data == "yes")
        catalogue().set_dates(form_id, form.opens.data, form.closes.data)
        flash(_("It is kept when people can answer this form."))
        return redirect(url_for("coordinate.form_page", form_id=form_id))
    return render_template(
        "coordinate/forms/form.html",
        form=form,
        form_id=form_id,
        title=title(current),
        row=_listed(current),
        activity=activity_for(current.form),
        blocked=tell(current.blocked, Severity.BLOCKS),
        versions=[(each, each.version == current.version) for each in newest_first(form_id)],
        available=languages.available(),
        moment=words.moment,
    )


@blueprint.route("/form/<form_id>/copy", methods=["GET", "POST"])
@coordinators_only
def copy_form(form_id: str) -> Response | str:
    """A copy under another id, which waits like an upload: to be looked at, changed, published."""
    current = form_or_404(form_id)
    form = CopyForm()
    if not languages.switch_pressed() and form.validate_on_submit():
        copied = workbook_xlsx(with_form_id(current.workbook, form.form_id.data or ""))
        original = Original(f"{form.form_id.data}.xlsx", copied)
        examined = examine(copied, original.name, network(), current.files, languages.available())
        waiting = uploads().keep(examined, original, now())
        return redirect(url_for("coordinate.checked_form", token=waiting.token))
    return render_template(
        "coordinate/forms/copy.html", form=form, form_id=form_id, title=title(current)
    )


def form_or_404(form_id: str) -> Published:
    """The current version of a form."""
    try:
        return catalogue().get(form_id)
    except KeyError:
        abort(404)


def newest_first(form_id: str) -> list[Published]:
    """Every version of a form."""
    return list(reversed(catalogue().versions(form_id)))


def _listed(published: Published) -> Listed:
    today = datetime.now(ZoneInfo(published.form.settings.timezone)).date()
    return Listed(
        published.form_id,
        title(published),
        published.version,
        catalogue().is_open(published.form_id, today),
        len(catalogue().versions(published.form_id)),
    )


def _opening_form(published: Published) -> OpeningForm:
    state = catalogue().state(published.form_id)
    said = published.extras.settings
    opens = state.opens if state.opens is not None else said.get("opens", "")
    closes = state.closes if state.closes is not None else said.get("closes", "")
    form = OpeningForm(
        request.form or None,
        state="yes" if state.open else "no",
        opens=date.fromisoformat(opens) if opens else None,
        closes=date.fromisoformat(closes) if closes else None,
    )
    form.state.choices = [
        ("yes", _("Yes, it is open")),
        ("no", _("No, it is closed: nobody finds it")),
    ]
    return form
