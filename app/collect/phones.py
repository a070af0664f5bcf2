"""A phone that was lost is signed out from the coordinator's desk."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import Role, requires, services
from app.collect import blueprint


@blueprint.post("/phones/<account_id>/sign-out")
@requires(Role.COORDINATOR)
def sign_out_phones(account_id: str) -> Response:
    """Whoever has the phone can send nothing and take nothing along any more.

    The facilitator's OpenRosa address changes too. What lies on the phone stays locked.
    """
    account = services().accounts.get(account_id)
    if account is None or account.role is not Role.FACILITATOR:
        abort(404)
    services().sessions.end_all(account.id)
    services().accounts.change(account.id, collect_serial=account.collect_serial + 1)
    flash(_("%(name)s is signed out on every device.", name=account.name))
    return redirect(url_for("coordinate.people"))
