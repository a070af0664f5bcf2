"""Who may sign in: accounts with their roles, one-time links and sessions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the network; each sees only what that work needs."""

    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    FACILITATOR = "facilitator"
    FOCAL = "focal"


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in.

    ``password`` is an argon2 hash, or "" until the person has chosen one. ``code`` is the
    registered code that a facilitator writes into an interview. ``collect_serial`` counts how often
    the facilitator's OpenRosa link was renewed; renewing revokes the link before.
    """

    id: str
    name: str
    role: Role
    created: datetime
    password: str = ""
    code: str = ""
    collect_serial: int = 1

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link: to make the first account (no ``account``), or to choose a password."""

    token_hash: str
    expires: datetime
    account: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser; the browser holds a token, we hold its hash."""

    token_hash: str
    account: str
    started: datetime
    seen: datetime


def name_key(name: str) -> str:
    """A name without differences that nobody can hear: case, width, spaces around it."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
