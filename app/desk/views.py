"""The coordinator's pages of people's requests."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app import languages
from app.accounts import Role, requires
from app.audit import Action, record, record_done
from app.coordinate.filters import DayField
from app.coordinate.reading import now
from app.desk.requests import Kind, Outcome, Request, requests
from app.publishing import catalogue
from app.respond.receipt import Found, find
from app.safety.held import Note, held
from app.safety.hidden import waiting_of
from app.settings import Settings
from app.stores import stores
from app.summaries import words

blueprint = Blueprint("desk", __name__, url_prefix="/coordinate/requests")

SHOWN = 50
LONGEST_NOTE = 500


class RequestForm(FlaskForm):
    """Somebody asked for something, in person, by message or by telephone."""

    kind = RadioField(
        lazy_gettext("What does the person want?"),
        [DataRequired(lazy_gettext("Choose what the person wants."))],
    )
    code = StringField(
        lazy_gettext("Code of the answers (optional)"),
        [Optional(), Length(max=100)],
        description=lazy_gettext("With the code you need no name. Example: K7MX-3RTW-9HPA"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    day = DayField(
        lazy_gettext("Day on which it came (optional)"),
        [Optional()],
        description=lazy_gettext("Leave it empty if it came now. For example 17 August 2026"),
    )
    note = TextAreaField(
        lazy_gettext("What helps to do it (optional)"),
        [Optional(), Length(max=LONGEST_NOTE)],
        description=lazy_gettext(
            "For example how to give the reply. As little as possible: it is deleted when the "
            "request is finished."
        ),
        render_kw={"rows": 3},
    )
    found: Found | None = None

    def validate_code(self, field: StringField) -> None:
        """The code belongs to answers."""
        self.found = find(field.data or "")
        if self.found is None:
            raise ValidationError(
                _("There are no answers with this code. Check each letter and number.")
            )

    def validate_day(self, field: DayField) -> None:
        """It came already."""
        if field.data and field.data > now().astimezone(_zone()).date():
            raise ValidationError(_("This day is still to come. Write the day on which it came."))

    def received(self) -> datetime:
        """From when the clock runs: from the beginning of an earlier day, to be safe."""
        today = now().astimezone(_zone()).date()
        if self.day.data and self.day.data != today:
            return datetime.combine(self.day.data, time.min, _zone())
        return now()


class FinishForm(FlaskForm):
    """How it ended."""

    outcome = RadioField(
        lazy_gettext("How did it end?"), [DataRequired(lazy_gettext("Choose how it ended."))]
    )


@blueprint.route("", methods=["GET", "POST"], endpoint="requests")
@requires(Role.COORDINATOR)
def all_requests() -> Response | str:
    """What waits, with its clock; what is finished; and a form for one more."""
    form = RequestForm()
    form.kind.choices = list(kinds().items())
    if not languages.switch_pressed() and form.validate_on_submit():
        added = _add(form)
        flash(_("It is written down. The clock runs."))
        return redirect(url_for("desk.request_page", request_id=added.id))
    return render_template(
        "desk/requests.html",
        form=form,
        waiting=requests().waiting(),
        finished=requests().finished()[:SHOWN],
        **_words(),
    )


@blueprint.route("/<request_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def request_page(request_id: str) -> Response | str:
    """One request: what to do, and how it ended."""
    asked = _request_or_404(request_id)
    form = FinishForm()
    form.outcome.choices = list(outcomes().items())
    if not languages.switch_pressed() and form.validate_on_submit():
        return _finish(asked, Outcome(form.outcome.data))
    key = _key(asked)
    return render_template(
        "desk/request.html",
        form=form,
        asked=asked,
        key=key,
        with_focal_person=key is not None and waiting_of(asked.form)(_document(asked, key)),
        restricted=asked.response in held().of(asked.form).restricted,
        **_words(),
    )


@blueprint.post("/<request_id>/delete")
@requires(Role.COORDINATOR)
def delete(request_id: str) -> Response:
    """Delete the answers that the request is about, with contact data and files."""
    asked = _request_or_404(request_id)
    key = _key(asked)
    if asked.kind not in (Kind.DELETE, Kind.WITHDRAW) or key is None:
        abort(404)
    stores().erase(asked.form, key)
    record_done(Action.DELETE, asked.form, asked.response)
    return _finish(asked, Outcome.DONE)


@blueprint.post("/<request_id>/hold")
@requires(Role.COORDINATOR)
def hold(request_id: str) -> Response:
    """Hold the answers back from being read and downloaded, or no longer."""
    asked = _request_or_404(request_id)
    if asked.kind is not Kind.RESTRICT or _key(asked) is None:
        abort(404)
    if asked.response in held().of(asked.form).restricted:
        held().drop(asked.form, asked.response, Note.RESTRICTED)
        record_done(Action.RELEASE, asked.form, asked.response)
        flash(_("These answers are no longer held back."))
        return redirect(url_for("desk.request_page", request_id=asked.id))
    held().note(asked.form, asked.response, Note.RESTRICTED)
    record_done(Action.HOLD_BACK, asked.form, asked.response)
    return _finish(asked, Outcome.DONE)


def kinds() -> dict[Kind, str]:
    """What somebody may ask for, in words."""
    return {
        Kind.SEE: _("See the answers, or have a copy"),
        Kind.CORRECT: _("Correct the answers"),
        Kind.DELETE: _("Have the answers deleted"),
        Kind.WITHDRAW: _("Take back the consent"),
        Kind.RESTRICT: _("Have the use of the answers suspended"),
    }


def outcomes() -> dict[Outcome, str]:
    """How it may end, in words."""
    return {
        Outcome.DONE: _("Done as the person wanted"),
        Outcome.NOT_FOUND: _("The answers could not be found without the code; the person knows"),
        Outcome.REFUSED: _("Refused for a reason that the law allows; the person knows why"),
    }


def _words() -> dict[str, object]:
    moment = now()
    return {
        "kinds": kinds(),
        "outcomes": outcomes(),
        "now": moment,
        "moment": lambda when: words.moment(when, str(_zone())),
    }


def _add(form: RequestForm) -> Request:
    found = form.found
    about = {"form": found.form_id, "response": found.document["id"]} if found else {}
    note = form.note.data or ""
    added = requests().add(Kind(form.kind.data), form.received(), note=note, **about)
    record(Action.REQUEST, added.form, added.response, more={"kind": str(added.kind)})
    return added


def _finish(asked: Request, outcome: Outcome) -> Response:
    requests().finish(asked.id, outcome, now())
    record_done(Action.CLOSE_REQUEST, asked.form, asked.response)
    flash(_("The request is finished."))
    return redirect(url_for("desk.requests"))


def _request_or_404(request_id: str) -> Request:
    return requests().get(request_id) or abort(404)


def _key(asked: Request) -> str | None:
    """Where the answers are, while they are there."""
    if not asked.response or asked.form not in catalogue().ids():
        return None
    found = stores().responses(asked.form).find(id=asked.response)
    return found[0] if found else None


def _document(asked: Request, key: str) -> dict[str, object]:
    return stores().responses(asked.form).get(key) or abort(404)


def _zone() -> ZoneInfo:
    settings: Settings = current_app.extensions["settings"]
    return ZoneInfo(settings.timezone)
