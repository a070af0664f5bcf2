"""Who may sign in: adding people, giving them a one-time link, taking their access away."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from app import languages
from app.accounts import Account, Role, links, services, signed_in
from app.accounts.store import NameTakenError, new_account
from app.accounts.views import role_names
from app.collect.addresses import full_address
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import now


class PersonForm(FlaskForm):
    """A new account."""

    name = StringField(
        lazy_gettext("Name"),
        [
            DataRequired(lazy_gettext("Write a name for the account.")),
            Length(max=60, message=lazy_gettext("Write a name of at most 60 characters.")),
        ],
        description=lazy_gettext("The person signs in with it. It need not be the full name."),
        render_kw={"autocomplete": "off", "autocapitalize": "words"},
    )
    role = SelectField(lazy_gettext("Role"))


@blueprint.route("/people", methods=["GET", "POST"])
@coordinators_only
def people() -> Response | str:
    """Every account, and a form for a new one."""
    form = PersonForm()
    form.role.choices = [SelectChoice(str(role), name) for role, name in role_names().items()]
    if not languages.switch_pressed() and form.validate_on_submit():
        try:
            _give_link(_add(form.name.data or "", Role(form.role.data)))
            return redirect(url_for("coordinate.people"))
        except NameTakenError:
            form.name.errors = [_("There is an account with this name. Choose another name.")]
    return render_template(
        "coordinate/people.html",
        form=form,
        accounts=services().accounts.each(),
        role_names=role_names(),
        own=signed_in(),
    )


@blueprint.post("/people/<account_id>/link")
@coordinators_only
def give_link(account_id: str) -> Response:
    """A one-time link for choosing a new password."""
    _give_link(_account(account_id))
    return redirect(url_for("coordinate.people"))


@blueprint.route("/people/<account_id>/remove", methods=["GET", "POST"])
@coordinators_only
def remove_person(account_id: str) -> Response | str:
    """Ask once more, then take somebody's access away. What they collected stays."""
    account = _account(account_id)
    form = FlaskForm()
    if account == signed_in():
        abort(403)
    if not languages.switch_pressed() and form.validate_on_submit():
        services().accounts.remove(account.id)
        flash(_("%(name)s can no longer sign in.", name=account.name))
        return redirect(url_for("coordinate.people"))
    return render_template("coordinate/remove_person.html", form=form, account=account)


def _add(name: str, role: Role) -> Account:
    """Raises NameTakenError."""
    accounts = services().accounts
    code = accounts.free_code() if role is Role.FACILITATOR else ""
    return accounts.add(new_account(name, role, now(), code=code))


def _give_link(account: Account) -> None:
    token = links.for_password(services(), account, now())
    flash(
        _(
            "Give %(name)s this link, in person or by a private message. It works once, for seven"
            " days: %(link)s",
            name=account.name,
            link=full_address("accounts.use_link", token=token),
        )
    )


def _account(account_id: str) -> Account:
    return services().accounts.get(account_id) or abort(404)
