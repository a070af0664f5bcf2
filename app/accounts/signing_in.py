"""Checking a name and password: slowed down for guessers, silent about which names exist."""

from __future__ import annotations

from datetime import datetime

from app.accounts.model import Account, name_key
from app.accounts.services import Services

QUARTER_HOUR = 900.0
TRIES_PER_NAME_AND_ADDRESS = 10
TRIES_PER_NAME = 60
"""Wide enough that somebody elsewhere cannot easily keep the owner of a name out."""
TRIES_PER_ADDRESS = 200
"""A whole office may share one address."""


class TooManyTriesError(Exception):
    """Name or address has tried too often; a quarter of an hour helps."""


def check(
    services: Services, name: str, password: str, address: str, now: datetime
) -> Account | None:
    """The account, or None when name and password do not belong together. Raises TooManyTriesError.

    Every try takes one hashing, whether there is such a name or not.
    """
    _count_try(services, name_key(name), address, now.timestamp())
    account = services.accounts.named(name)
    stored = account.password if account else ""
    if not services.passwords.verify(stored, password) or account is None:
        return None
    if services.passwords.outdated(stored):
        account = services.accounts.change(account.id, password=services.passwords.hash(password))
    return account


def _count_try(services: Services, name: str, address: str, now: float) -> None:
    limits = (
        ("sign-in name and address", f"{name}\0{address}", TRIES_PER_NAME_AND_ADDRESS),
        ("sign-in address", address, TRIES_PER_ADDRESS),
        ("sign-in name", name, TRIES_PER_NAME),
    )
    for purpose, subject, limit in limits:
        if not services.throttle.allow(purpose, subject, now, limit, QUARTER_HOUR):
            raise TooManyTriesError
