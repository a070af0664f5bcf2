"""The page that connects a facilitator's ODK Collect or KoboCollect with this server."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from app.accounts import Account, Role, requires, services, signed_in
from app.accounts.forms import ConfirmForm
from app.collect.addresses import server_address
from app.collect.settings_qr import picture

blueprint = Blueprint("connecting", __name__, url_prefix="/collect/odk")

TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@blueprint.get("/")
@requires(Role.FACILITATOR)
def own() -> Redirect:
    """A facilitator's own."""
    account = signed_in()
    assert account is not None
    return redirect(url_for("connecting.show", account_id=account.id))


@blueprint.get("/<account_id>")
@requires(Role.FACILITATOR, Role.COORDINATOR)
def show(account_id: str) -> str:
    """The QR code, and the address for those who cannot scan or see one."""
    account = _facilitator(account_id)
    return render_template(
        "collect/settings_qr.html",
        account=account,
        address=server_address(account),
        form=ConfirmForm(),
    )


@blueprint.get("/<account_id>/code.<kind>")
@requires(Role.FACILITATOR, Role.COORDINATOR)
def code(account_id: str, kind: str) -> Response:
    """The QR code as a picture."""
    if kind not in TYPES:
        abort(404)
    content = picture(server_address(_facilitator(account_id)), kind)
    return Response(content, mimetype=TYPES[kind])


@blueprint.post("/<account_id>/renew")
@requires(Role.FACILITATOR, Role.COORDINATOR)
def renew(account_id: str) -> Redirect:
    """A new address; with the one before, nobody gets or sends anything any more."""
    account = _facilitator(account_id)
    services().accounts.change(account.id, collect_serial=account.collect_serial + 1)
    flash(_("There is a new address. The one before no longer works."))
    return redirect(url_for("connecting.show", account_id=account.id))


def _facilitator(account_id: str) -> Account:
    """The account of a facilitator, whom a coordinator or they themselves may see."""
    own, wanted = signed_in(), services().accounts.get(account_id)
    if wanted is None or wanted.role is not Role.FACILITATOR or own is None:
        abort(404)
    if own.role is not Role.COORDINATOR and own.id != wanted.id:
        abort(404)
    return wanted
