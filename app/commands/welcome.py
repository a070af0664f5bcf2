"""How the first coordinator gets in."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from app.accounts import links, services
from app.commands.support import address, path_of


def first_link(now: datetime) -> str:
    """A message with a one-time link while there is no coordinator, else ''.

    Only a hash of the link is kept, so each call makes a new one and voids the one before.
    """
    if services().accounts.has_coordinator():
        return ""
    return (
        "There is no coordinator yet. Open this link once, within two days, to make the account:\n"
        f"  {link_address(links.for_first_account(services(), now))}"
    )


def link_address(token: str) -> str:
    """The full address of a one-time link."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return address(app, path_of(app, "accounts.use_link", token=token))
