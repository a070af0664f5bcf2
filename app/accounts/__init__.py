"""Accounts: signing in, one-time links, and who may see what."""

from __future__ import annotations

from flask import Flask

from app.accounts.access import requires, signed_in
from app.accounts.model import Account, Role
from app.accounts.services import EXTENSION, Services, services
from app.settings import Settings

__all__ = ["Account", "Role", "init_app", "requires", "services", "signed_in"]


def init_app(app: Flask, settings: Settings) -> None:
    """Open the stores below the data folder and add the pages."""
    from app.accounts.views import accounts

    app.extensions[EXTENSION] = Services.below(settings.data)
    app.register_blueprint(accounts)
    app.context_processor(lambda: {"signed_in": signed_in})
