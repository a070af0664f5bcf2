"""What a one-time link does: the first coordinator's account, or a password for an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.model import Account, Role
from app.accounts.services import Services
from app.accounts.store import LinkUsedError, NameTakenError, new_account

FIRST_ACCOUNT_TERM = timedelta(days=2)
PASSWORD_TERM = timedelta(days=7)


def for_first_account(services: Services, now: datetime) -> str:
    """The secret of a link with which a coordinator makes an account."""
    return services.invitations.make(None, now, FIRST_ACCOUNT_TERM)


def for_password(services: Services, account: Account, now: datetime) -> str:
    """The secret of a link with which this person chooses a (new) password."""
    return services.invitations.make(account.id, now, PASSWORD_TERM)


def make_first_account(
    services: Services, token: str, name: str, password: str, now: datetime
) -> Account:
    """Use the link up for a coordinator's account. Raises LinkUsedError or NameTakenError."""
    if services.accounts.named(name):
        raise NameTakenError(name)
    hashed = services.passwords.hash(password)
    if services.invitations.take(token, now).account is not None:
        raise LinkUsedError
    return services.accounts.add(new_account(name, Role.COORDINATOR, now, password=hashed))


def choose_password(services: Services, token: str, password: str, now: datetime) -> Account:
    """Use the link up for a password; signs out everywhere. Raises LinkUsedError."""
    hashed = services.passwords.hash(password)
    invitation = services.invitations.take(token, now)
    if invitation.account is None or services.accounts.get(invitation.account) is None:
        raise LinkUsedError
    account = services.accounts.change(invitation.account, password=hashed)
    services.sessions.end_all(account.id)
    return account
