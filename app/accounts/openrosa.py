"""The secret part of a facilitator's OpenRosa address.

It is made from the account and the installation's secret key, so it can be printed again though
nothing secret is stored, and raising the account's ``collect_serial`` revokes it. Whoever has a
copy of the accounts file alone cannot make one.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app

from app.accounts.model import Account, Role
from app.accounts.services import services

_BYTES = 24


def token_of(account: Account) -> str:
    """The token in this facilitator's address: 32 letters, digits, ``-`` and ``_``."""
    key = str(current_app.secret_key).encode()
    message = f"openrosa\0{account.id}\0{account.collect_serial}".encode()
    return urlsafe_b64encode(hmac.digest(key, message, sha256)[:_BYTES]).decode()


def facilitator_of(token: str) -> Account | None:
    """The facilitator whose address has this token; the time it takes tells nothing about it."""
    found = None
    for account in services().accounts.each():
        right = account.role is Role.FACILITATOR
        if hmac.compare_digest(token_of(account).encode(), token.encode()) and right:
            found = account
    return found
