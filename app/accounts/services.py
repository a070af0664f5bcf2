"""What the accounts part keeps for the whole application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import current_app

from app.accounts.passwords import Passwords
from app.accounts.store import AccountFile, Accounts, Invitations, Sessions
from app.responses.throttle import Throttle

EXTENSION = "suara-accounts"

SESSION_IDLE = timedelta(hours=12)
SESSION_LONGEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Services:
    """The stores of one application."""

    accounts: Accounts
    invitations: Invitations
    sessions: Sessions
    passwords: Passwords
    throttle: Throttle

    @classmethod
    def below(cls, data: Path) -> Services:
        """Those of a data folder."""
        file = AccountFile(data / "accounts")
        return cls(
            accounts=Accounts(file),
            invitations=Invitations(file),
            sessions=Sessions(file, SESSION_IDLE, SESSION_LONGEST),
            passwords=Passwords(),
            throttle=Throttle(data / "accounts"),
        )


def services() -> Services:
    """Those of the current application."""
    found: Services = current_app.extensions[EXTENSION]
    return found
