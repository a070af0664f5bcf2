"""The coordinator's pages: how long each form's answers are kept, and what was deleted."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from app import languages, markup
from app.accounts import Role, requires
from app.audit import Action, record
from app.publishing import catalogue
from app.retention.certificates import certificates
from app.retention.terms import Terms, terms_of
from app.settings import Settings
from app.summaries import words

blueprint = Blueprint("retention", __name__, url_prefix="/coordinate/deletion")

LONGEST = 3650
SHOWN = 100
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


WRONG = lazy_gettext("Write a whole number of days from 1 to %(most)s.", most=LONGEST)


class DaysField(IntegerField):
    """A text box: the arrows of a number box change an answer by accident."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(WRONG) from None


def _days(label: LazyString, hint: LazyString) -> DaysField:
    checks = [Optional(), NumberRange(1, LONGEST, message=WRONG)]
    return DaysField(label, checks, description=hint, render_kw=_NUMBER)


class TermsForm(FlaskForm):
    """How many days answers and contact data are kept."""

    answers = _days(
        lazy_gettext("Days that answers are kept"),
        lazy_gettext("Leave it empty to keep them as long as the form says."),
    )
    contacts = _days(
        lazy_gettext("Days that contact data are kept"),
        lazy_gettext(
            "Leave it empty to keep them as long as the answers. Delete them earlier when nobody "
            "will be called any more; half a year is 183 days."
        ),
    )

    def __init__(self, promised: int | None, **kept: int | None) -> None:
        super().__init__(**kept)
        self._promised = promised

    def validate_answers(self, field: IntegerField) -> None:
        """Nobody's answers are kept longer than they were told."""
        if self._promised and field.data and field.data > self._promised:
            raise ValidationError(
                _(
                    "People were told %(promised)s days. Write at most that many. To keep answers "
                    "longer, publish a new version of the form that says so.",
                    promised=self._promised,
                )
            )


@blueprint.get("")
@requires(Role.COORDINATOR)
def overview() -> str:
    """The terms of every form, and the newest certificates."""
    newest = [found for _, found in zip(range(SHOWN), certificates().each(), strict=False)]
    return render_template(
        "retention/overview.html",
        forms=[(form_id, _title(form_id), terms_of(form_id)) for form_id in catalogue().ids()],
        certificates=newest,
        moment=words.moment,
        timezone=_settings().timezone,
        draft_days=_settings().draft_days,
    )


@blueprint.route("/form/<form_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def terms(form_id: str) -> Response | str:
    """Change the terms of a form."""
    known = _terms_or_404(form_id)
    form = TermsForm(known.promised, answers=known.answers, contacts=known.contacts)
    if not languages.switch_pressed() and form.validate_on_submit():
        record(Action.SET_TERMS, form_id)
        catalogue().set_terms(form_id, form.answers.data, form.contacts.data)
        flash(_("It is kept. What is over is deleted at the next daily run."))
        return redirect(url_for("retention.overview"))
    return render_template(
        "retention/terms.html", form=form, form_id=form_id, title=_title(form_id), terms=known
    )


@blueprint.get("/certificate/<name>")
@requires(Role.COORDINATOR)
def certificate(name: str) -> str:
    """What one run deleted: to print and keep."""
    found = certificates().get(name) or abort(404)
    return render_template(
        "retention/certificate.html",
        certificate=found,
        kinds=kinds(),
        moment=words.moment,
        timezone=_settings().timezone,
    )


def kinds() -> dict[str, str]:
    """What can be deleted, in words."""
    return {
        "answers": _("Answers"),
        "contacts": _("Contact data"),
        "files": _("Files of answers"),
        "drafts": _("Unfinished interviews"),
    }


def _terms_or_404(form_id: str) -> Terms:
    try:
        return terms_of(form_id)
    except KeyError:
        abort(404)


def _title(form_id: str) -> str:
    form = catalogue().get(form_id).form
    return markup.plain(words.form_text(form.title, languages.current().tag, form_id).markup)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
