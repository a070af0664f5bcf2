"""All configuration: read from the environment once, checked at start, never read again."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale

PREFIX = "SUARA_"
Value = TypeVar("Value")


class SettingsError(ValueError):
    """What is wrong with the configuration, every problem on a line of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs; each field is ``SUARA_<FIELD>`` in the environment."""

    data: Path = Path("data")
    """Folder of everything that is kept: answers, published forms, accounts, secret key."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    url: str = ""
    """Public address, as https://suara.example.org: for links in print, and for secure cookies."""
    proxies: int = 0
    """How many reverse proxies stand before the app and set X-Forwarded-* headers."""
    language: str = "id"
    """Interface language of somebody whose browser asks for none that there is."""
    timezone: str = "Asia/Jakarta"
    store: str = ""
    """Where responses are kept: empty for TinyDB under ``data``, else postgresql://…"""
    audit_seal: Path | None = None
    """A second place for the audit log's newest hash, best on another disk; else in ``data``."""
    backups: Path | None = None
    """A folder outside ``data`` that gets a backup every day; none without it."""
    backup_days: int = 30
    """Daily backups are deleted after so many days, and with them the last trace of the erased."""
    draft_days: int = 14
    """An unfinished interview that nobody touches is deleted after so many days."""
    body_limit: int = 1_000_000
    """Largest request body in bytes, except where a page takes a file."""
    secret_key: str = field(default="", repr=False)
    """Signs cookies and keys hashes; made once and kept under ``data`` when not given."""

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over HTTPS only."""
        return self.url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check every ``SUARA_*`` variable.

        Raises:
            SettingsError: names every variable that is unknown or wrong, all at once.
        """
        given = _given(os.environ if environ is None else environ)
        problems = [f"{PREFIX}{name.upper()} is not a setting." for name in given.keys() - _READERS]
        values: dict[str, Any] = {}
        for name, text in given.items():
            if name in _READERS:
                try:
                    values[name] = _READERS[name](text)
                except ValueError as problem:
                    problems.append(f"{PREFIX}{name.upper()}={text!r}: {problem}")
        if problems:
            raise SettingsError("\n".join(sorted(problems)))
        return cls(**values)


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): text.strip()
        for name, text in environ.items()
        if name.startswith(PREFIX) and text.strip()
    }


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high} is needed.")
        return int(text)

    return read


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address such as https://suara.example.org is needed.")
    return text.rstrip("/")


def _store(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("only postgresql://… is known; leave it out to keep answers in files.")
    return text


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except Exception as problem:
        raise ValueError("not a time zone; Asia/Jakarta is one.") from problem
    return text


def _language(text: str) -> str:
    try:
        return str(Locale.parse(text, sep="-"))
    except Exception as problem:
        raise ValueError("not a language; id and en are.") from problem


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("at least 32 characters are needed.")
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "data": Path,
    "host": str,
    "port": _number(1, 65535),
    "workers": _number(1, 64),
    "url": _url,
    "proxies": _number(0, 5),
    "language": _language,
    "timezone": _timezone,
    "store": _store,
    "audit_seal": Path,
    "backups": Path,
    "backup_days": _number(1, 365),
    "draft_days": _number(1, 365),
    "body_limit": _number(10_000, 100_000_000),
    "secret_key": _secret,
}


def prepare_data_folder(folder: Path) -> None:
    """Make the folder that everything is kept in, for this user only.

    Raises:
        SettingsError: it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise SettingsError(f"{PREFIX}DATA={str(folder)!r} cannot be written: {problem}") from None


def secret_key(folder: Path) -> str:
    """The key of this data folder, made on the first call.

    Workers that start together agree: the key is written whole under another name, and only one
    of them can link it to its place.
    """
    place = folder / "secret.key"
    if not place.exists():
        handle, name = tempfile.mkstemp(dir=folder)  # mode 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, place)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    return place.read_text().strip()
