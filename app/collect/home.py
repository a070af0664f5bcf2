"""The facilitator's pages: choose a form, begin, the next person, what was sent."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts import Account, signed_in
from app.audit import Action, record
from app.collect import blueprint, facilitators_only
from app.collect.beginning import BeginForm, begin, collecting
from app.collect.sent import sent_by
from app.languages import switch_pressed
from app.respond import forms
from app.respond import unfinished as kept
from app.respond.answering import Answering
from app.respond.start import minutes, refuse_unless_open
from app.respond.words import form_title, plain


def facilitator() -> Account:
    """Who is signed in."""
    account = signed_in()
    assert account is not None
    return account


@blueprint.get("/")
@facilitators_only
def home() -> str:
    """The open forms."""
    listed = [published.form for published in forms.catalogue().open_forms(forms.today())]
    return render_template(
        "collect/home.html",
        account=facilitator(),
        offered=[(form.id, form_title(form), minutes(form)) for form in listed],
        unfinished=[(f.id, form_title(f)) for f in listed if kept.entry(f.id) is not None],
    )


@blueprint.route("/f/<form_id>", methods=["GET", "POST"])
@facilitators_only
def start(form_id: str) -> Response | str:
    """Say who answers, then begin."""
    refuse_unless_open(form_id)
    form = forms.published(form_id).form
    before = collecting()
    said = before if before and before.form == form_id else None
    page = BeginForm(forms.needs_activity(form), said)
    if not switch_pressed() and page.validate_on_submit():
        return first_page(begin(form, page.collecting(form_id), facilitator()))
    return render_template(
        "collect/start.html",
        form=page,
        form_id=form_id,
        heading=plain(form_title(form)),
        heading_shown=form_title(form),
        going_on=kept.entry(form_id) is not None,
    )


@blueprint.post("/next")
@facilitators_only
def next_person() -> Response:
    """The same again with somebody else."""
    said = collecting()
    if said is None:
        return redirect(url_for("collect.home"))
    refuse_unless_open(said.form)
    return first_page(begin(forms.published(said.form).form, said, facilitator()))


@blueprint.get("/sent")
@facilitators_only
def sent() -> str:
    """What this facilitator sent, with receipts."""
    record(Action.SEE_RECEIPTS)
    return render_template("collect/sent.html", sent=sent_by(facilitator()))


def first_page(begun: Answering) -> Response:
    """To where the interview begins."""
    first = begun.interview.pages()[0]
    return redirect(url_for("respond.page", form_id=begun.form.id, page_id=first.id))
