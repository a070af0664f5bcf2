"""Pages of signing in, one-time links and one's own account."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from app.accounts import access, links, signing_in
from app.accounts.forms import (
    ChangePasswordForm,
    ChoosePasswordForm,
    ConfirmForm,
    FirstAccountForm,
    SignInForm,
)
from app.accounts.model import Account, Role
from app.accounts.services import services
from app.accounts.store import LinkUsedError, NameTakenError
from app.languages import switch_pressed

accounts = Blueprint("accounts", __name__, url_prefix="/account")

Page = str | Response | tuple[str, int]


@accounts.route("/sign-in", methods=["GET", "POST"])
def sign_in_page() -> Page:
    """Sign in, and go on to the page that was asked for."""
    form = SignInForm()
    if not switch_pressed() and form.validate_on_submit():
        account = _checked(form)
        if account is not None:
            access.sign_in(account)
            return redirect(access.local_page(request.args.get("next", "")) or _home_of(account))
        form.form_errors.append(_("Name and password do not belong together. Try again."))
    return render_template("accounts/sign_in.html", form=form)


@accounts.post("/sign-out")
def sign_out() -> Page:
    """Sign out of this browser."""
    access.sign_out()
    return redirect(url_for("accounts.sign_in_page"))


@accounts.route("/link/<token>", methods=["GET", "POST"])
def use_link(token: str) -> Page:
    """A one-time link: make the first account, or choose a password for one's own."""
    try:
        invitation = services().invitations.find(token, datetime.now(UTC))
        if invitation.account is None:
            return _first_account(token)
        return _choose_password(token, invitation.account)
    except LinkUsedError:
        return render_template("accounts/link_used.html"), 410


@accounts.get("/")
@access.requires()
def own() -> Page:
    """One's own account: who one is here, and where one is signed in."""
    account = _own()
    home = _home_of(account)
    return render_template(
        "accounts/own.html",
        account=account,
        role_name=role_names()[account.role],
        home=home if home != url_for("accounts.own") else "",
        sessions=services().sessions.of(account.id, datetime.now(UTC)),
        this=access.this_session(),
        form=ConfirmForm(),
    )


@accounts.route("/password", methods=["GET", "POST"])
@access.requires()
def change_password() -> Page:
    """Choose another password; other browsers are signed out."""
    account = _own()
    form = ChangePasswordForm(account.name)
    if not switch_pressed() and form.validate_on_submit():
        if _proved(account, form.current.data or ""):
            _set_password(account, form.password.data or "")
            flash(_("Your password is changed. Other devices are signed out."))
            return redirect(url_for("accounts.own"))
        form.current.errors = [_("This is not your password until now. Write it again.")]
    return render_template("accounts/change_password.html", form=form, account=account)


@accounts.post("/sessions/end")
@access.requires()
def end_sessions() -> Page:
    """Sign out everywhere else."""
    session = access.this_session()
    services().sessions.end_all(_own().id, but=session.token_hash if session else "")
    flash(_("All other devices are signed out."))
    return redirect(url_for("accounts.own"))


def _checked(form: SignInForm) -> Account | None:
    name, password = form.name.data or "", form.password.data or ""
    address = request.remote_addr or ""
    try:
        return signing_in.check(services(), name, password, address, datetime.now(UTC))
    except signing_in.TooManyTriesError:
        raise _too_many() from None


def _proved(account: Account, password: str) -> bool:
    try:
        now, address = datetime.now(UTC), request.remote_addr or ""
        return signing_in.check(services(), account.name, password, address, now) is not None
    except signing_in.TooManyTriesError:
        raise _too_many() from None


def _set_password(account: Account, password: str) -> None:
    services().accounts.change(account.id, password=services().passwords.hash(password))
    session = access.this_session()
    services().sessions.end_all(account.id, but=session.token_hash if session else "")


def _too_many() -> TooManyRequests:
    return TooManyRequests(retry_after=int(signing_in.QUARTER_HOUR))


def _first_account(token: str) -> Page:
    form = FirstAccountForm()
    if not switch_pressed() and form.validate_on_submit():
        name, password = form.name.data or "", form.password.data or ""
        try:
            return _welcome(
                links.make_first_account(services(), token, name, password, datetime.now(UTC))
            )
        except NameTakenError:
            form.name.errors = [_("There is an account with this name. Choose another name.")]
    return render_template("accounts/first_account.html", form=form)


def _choose_password(token: str, account_id: str) -> Page:
    account = services().accounts.get(account_id)
    if account is None:
        raise LinkUsedError
    form = ChoosePasswordForm(account.name)
    if not switch_pressed() and form.validate_on_submit():
        password = form.password.data or ""
        return _welcome(links.choose_password(services(), token, password, datetime.now(UTC)))
    return render_template("accounts/choose_password.html", form=form, account=account)


def _welcome(account: Account) -> Page:
    access.sign_in(account)
    return redirect(_home_of(account))


def role_names() -> dict[Role, str]:
    """What each role is called."""
    return {
        Role.COORDINATOR: _("Coordinator"),
        Role.ORGANISER: _("Organiser of activities"),
        Role.FACILITATOR: _("Facilitator"),
        Role.FOCAL: _("Focal person for safety"),
    }


def _own() -> Account:
    account = access.signed_in()
    assert account is not None
    return account


def _home_of(account: Account) -> str:
    homes = {
        Role.COORDINATOR: "coordinate.dashboard",
        Role.FACILITATOR: "connecting.own",
        Role.FOCAL: "safety.cases",
    }
    return url_for(homes.get(account.role, "accounts.own"))
