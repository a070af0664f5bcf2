"""Accounts, one-time links and sessions in one TinyDB file, ``accounts/accounts.json``.

Tokens are kept only as SHA-256 hashes: they have 256 random bits, so nothing slower is needed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from tinydb import TinyDB, where
from tinydb.table import Table

from app.accounts.model import Account, Invitation, Role, Session, name_key
from app.responses import files
from app.responses.collection import StorageError
from app.responses.segments import SegmentStorage

Row = dict[str, Any]

_SEEN_STEP = timedelta(minutes=10)


class NameTakenError(ValueError):
    """Another account has this name."""


class CodeTakenError(ValueError):
    """Another facilitator has this code."""


class LinkUsedError(ValueError):
    """The one-time link was used, replaced by a newer one, or is too old."""


class AccountFile:
    """The file that accounts, one-time links and sessions share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        files.sweep(self._folder)

    @contextmanager
    def changing(self, table: str) -> Iterator[Table]:
        """The table, with nobody else writing until the block ends."""
        files.make_folder(self._folder)
        with files.locked(self._folder):
            yield self.reading(table)

    def reading(self, table: str) -> Table:
        """The table as it is now."""
        return TinyDB(self._folder / "accounts.json", storage=SegmentStorage).table(table)


class Accounts:
    """Who may sign in."""

    def __init__(self, file: AccountFile) -> None:
        self._file = file

    def add(self, account: Account) -> Account:
        """Keep a new account. Raises NameTakenError or CodeTakenError."""
        with self._file.changing("accounts") as table:
            for row in table:
                if name_key(row["name"]) == account.key:
                    raise NameTakenError(account.name)
                if account.code and row["code"].casefold() == account.code.casefold():
                    raise CodeTakenError(account.code)
            table.insert(_account_row(account))
        return account

    def each(self) -> tuple[Account, ...]:
        """Every account, by name."""
        rows = map(_account, self._file.reading("accounts").all())
        return tuple(sorted(rows, key=lambda account: account.key))

    def get(self, account_id: str) -> Account | None:
        """The account with this id."""
        return self._first(lambda account: account.id == account_id)

    def named(self, name: str) -> Account | None:
        """The account with this name, whatever its case."""
        return self._first(lambda account: account.key == name_key(name))

    def with_code(self, code: str) -> Account | None:
        """The facilitator with this registered code."""
        wanted = code.strip().casefold()
        return self._first(lambda account: bool(wanted) and account.code.casefold() == wanted)

    def free_code(self) -> str:
        """A code for one more facilitator: F01, F02, …"""
        taken = {account.code.casefold() for account in self.each()}
        return next(code for n in count(1) if (code := f"F{n:02}").casefold() not in taken)

    def has_coordinator(self) -> bool:
        """Whether some coordinator can sign in already."""
        return any(each.role is Role.COORDINATOR and each.password for each in self.each())

    def change(self, account_id: str, **values: Any) -> Account:
        """Replace some of an account's values. Raises KeyError when there is no such account."""
        with self._file.changing("accounts") as table:
            row = table.get(where("id") == account_id)
            if row is None:
                raise KeyError(account_id)
            account = replace(_account(row), **values)
            table.update(_account_row(account), where("id") == account_id)
        return account

    def remove(self, account_id: str) -> None:
        """Forget an account with its sessions and links."""
        for name, field in (("sessions", "account"), ("links", "account"), ("accounts", "id")):
            with self._file.changing(name) as table:
                table.remove(where(field) == account_id)

    def _first(self, matches: Callable[[Account], bool]) -> Account | None:
        return next(filter(matches, self.each()), None)


class Invitations:
    """One-time links."""

    def __init__(self, file: AccountFile) -> None:
        self._file = file

    def make(self, account: str | None, now: datetime, term: timedelta) -> str:
        """The secret of a new link; links made before for the same account stop working."""
        token = secrets.token_urlsafe(32)
        with self._file.changing("links") as table:
            table.remove(where("account") == account)
            table.insert(
                {"hash": _hash(token), "expires": (now + term).isoformat(), "account": account}
            )
        return token

    def find(self, token: str, now: datetime) -> Invitation:
        """What a link is for, without using it up. Raises LinkUsedError."""
        return _valid(self._file.reading("links").get(where("hash") == _hash(token)), now)

    def take(self, token: str, now: datetime) -> Invitation:
        """Use a link up: of several who try, one succeeds. Raises LinkUsedError."""
        with self._file.changing("links") as table:
            invitation = _valid(table.get(where("hash") == _hash(token)), now)
            table.remove(where("hash") == invitation.token_hash)
        return invitation


class Sessions:
    """Signed-in browsers.

    A session ends ``idle`` after its last request, and ``longest`` after it began.
    """

    def __init__(self, file: AccountFile, idle: timedelta, longest: timedelta) -> None:
        self._file = file
        self._idle = idle
        self._longest = longest

    def start(self, account: str, now: datetime) -> str:
        """Sign a browser in; gives the token that it keeps."""
        token = secrets.token_urlsafe(32)
        session = Session(_hash(token), account, now, now)
        with self._file.changing("sessions") as table:
            table.remove(cond=lambda row: self._over(_session(row), now))
            table.insert(_session_row(session))
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """The session of this token, if it has not ended; notes now and then that it is in use."""
        row = self._file.reading("sessions").get(where("hash") == _hash(token))
        if row is None or self._over(session := _session(row), now):
            return None
        if now - session.seen > _SEEN_STEP:
            # A full disk must not lock out the person who could make room.
            with suppress(StorageError), self._file.changing("sessions") as table:
                table.update({"seen": now.isoformat()}, where("hash") == session.token_hash)
        return session

    def of(self, account: str, now: datetime) -> tuple[Session, ...]:
        """An account's sessions that have not ended, the newest first."""
        rows = self._file.reading("sessions").search(where("account") == account)
        live = [each for each in map(_session, rows) if not self._over(each, now)]
        return tuple(sorted(live, key=lambda session: session.started, reverse=True))

    def end(self, token_hash: str) -> None:
        """Sign one browser out."""
        with self._file.changing("sessions") as table:
            table.remove(where("hash") == token_hash)

    def end_all(self, account: str, *, but: str = "") -> None:
        """Sign an account out everywhere, except in the session with the hash ``but``."""
        with self._file.changing("sessions") as table:
            table.remove((where("account") == account) & (where("hash") != but))

    def _over(self, session: Session, now: datetime) -> bool:
        return now - session.seen > self._idle or now - session.started > self._longest


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def new_account(name: str, role: Role, now: datetime, **values: str) -> Account:
    """An account that is not kept yet; spaces around and within its name are tidied."""
    return Account(str(uuid4()), " ".join(name.split()), role, now, **values)  # type: ignore[arg-type]


def _account(row: Row) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        created=datetime.fromisoformat(row["created"]),
        password=row["password"],
        code=row["code"],
        collect_serial=row["collect_serial"],
    )


def _account_row(account: Account) -> Row:
    return {
        "id": account.id,
        "name": account.name,
        "role": str(account.role),
        "created": account.created.isoformat(),
        "password": account.password,
        "code": account.code,
        "collect_serial": account.collect_serial,
    }


def _session(row: Row) -> Session:
    started, seen = (datetime.fromisoformat(row[key]) for key in ("started", "seen"))
    return Session(row["hash"], row["account"], started, seen)


def _session_row(session: Session) -> Row:
    return {
        "hash": session.token_hash,
        "account": session.account,
        "started": session.started.isoformat(),
        "seen": session.seen.isoformat(),
    }


def _valid(row: Row | None, now: datetime) -> Invitation:
    if row is None or now > (expires := datetime.fromisoformat(row["expires"])):
        raise LinkUsedError
    return Invitation(row["hash"], expires, row["account"])
