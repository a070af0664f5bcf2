"""Full addresses, as phones need them."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from app.accounts import Account
from app.accounts.openrosa import token_of
from app.settings import Settings


def full_address(endpoint: str, **values: Any) -> str:
    """The address of a page for somebody elsewhere: below ``SUARA_URL``, else as it was asked."""
    settings: Settings = current_app.extensions["settings"]
    path = url_for(endpoint, **values)
    if not settings.url:
        return request.host_url.rstrip("/") + path
    # The public address says where the application is mounted; so does SCRIPT_NAME.
    return settings.url + path.removeprefix(request.script_root)


def server_address(account: Account) -> str:
    """What a facilitator gives to Collect as the server."""
    ready = full_address("openrosa.submission_ready", token=token_of(account))
    return ready.removesuffix("/submission")
