"""An interview that has not been sent: what it holds, and where it is kept meanwhile.

Until the form's ``store_if`` is true (consent, a guardian's consent) nothing is written on the
server: the interview lives in the session cookie, signed, on the person's own device. After that
it is a draft, and the cookie holds only its code. If consent is taken back, the draft goes.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import current_app, session
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import Gone, RequestEntityTooLarge

from app.responses.receipts import DRAFT_LENGTH, new_code
from app.settings import Settings
from app.stores import stores

SESSION_KEY = "unfinished"
LARGEST_COOKIE = 3900
"""Bytes; browsers drop a cookie that is larger than about 4096."""


@dataclass(slots=True)
class Unfinished:
    """One unfinished interview as it is kept.

    ``state`` is ``Interview.state()`` after the last page that was right; ``typed`` what stands in
    the boxes of pages that are not (page id → HTML name → texts); ``consent`` the proof of consent;
    ``replaces`` the key of the response that this one corrects; ``collector`` the account of the
    facilitator who asks, ``paper`` whether they type in what was written on paper;
    ``files`` what was given on pages for files.
    """

    form: str
    version: str
    id: str
    started: str
    state: dict[str, Any]
    storable: bool = False
    typed: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    activity: str = ""
    replaces: str = ""
    collector: str = ""
    paper: bool = False
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Files that were given, by name: ``type``, ``bytes``, and a ``description`` in words."""

    @classmethod
    def of(cls, document: dict[str, Any]) -> Unfinished:
        """From what was kept; a field that is no longer known is passed over."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in document.items() if name in known})


class Sent(Exception):
    """The interview has been sent already, by another press or another tab."""

    def __init__(self, form_id: str, identity: str) -> None:
        super().__init__(form_id)
        self.form_id = form_id
        self.identity = identity


class Lost(Gone):
    """There is no unfinished interview here: it was sent, deleted, or its time is over."""


def entry(form_id: str) -> dict[str, Any] | None:
    """What the cookie says of this form: ``id`` with a draft's ``code``, or ``here`` itself."""
    found = session.get(SESSION_KEY, {}).get(form_id)
    return cast("dict[str, Any] | None", found)


def load(form_id: str) -> Unfinished:
    """The person's unfinished interview of a form.

    Raises:
        Sent: it was sent.
        Lost: there is none.
    """
    known = entry(form_id)
    if known is None:
        raise Lost
    document = known.get("here") or read_draft(known.get("code", ""))
    if document is not None:
        return Unfinished.of(document)
    if stores().responses(form_id).find(id=known["id"]):
        raise Sent(form_id, known["id"])
    raise Lost


def read_draft(code: str) -> dict[str, Any] | None:
    """The draft with this code; one that nobody touched for too long is deleted."""
    document = stores().drafts.get(code)
    if document is None:
        return None
    saved = datetime.fromisoformat(document["saved"])
    if datetime.now(UTC) - saved > timedelta(days=_draft_days()):
        stores().drafts.delete(code)
        stores().draft_files.remove(document["form"], document["id"])
        return None
    return document


def expire_old() -> None:
    """Delete what nobody touched for too long, now and then."""
    stores().expire_drafts(datetime.now(UTC), _draft_days())


def keep(unfinished: Unfinished) -> None:
    """Keep it where it may be kept now.

    Raises:
        StorageError: it could not be written; what was kept before is still there.
        RequestEntityTooLarge: it may not be written yet and is too much for a cookie.
    """
    known = entry(unfinished.form) or {}
    same = known.get("id") == unfinished.id
    code = known.get("code", "") if same else ""
    if unfinished.storable:
        code = code or new_code(secrets.SystemRandom(), DRAFT_LENGTH)
        saved = datetime.now(UTC).isoformat(timespec="seconds")
        stores().drafts.put(code, {**asdict(unfinished), "saved": saved})
        if unfinished.files:
            stores().draft_files.touch(unfinished.form, unfinished.id)
        _remember(unfinished.form, {"id": unfinished.id, "code": code})
        return
    if code:
        stores().drafts.delete(code)
        stores().draft_files.remove(unfinished.form, unfinished.id)
    _remember(unfinished.form, {"id": unfinished.id, "code": code, "here": asdict(unfinished)})


def open_draft(code: str) -> str | None:
    """Go on with the draft of this code on this device; the form it belongs to, if there is one."""
    document = read_draft(code)
    if document is None:
        return None
    _remember(document["form"], {"id": document["id"], "code": code})
    return str(document["form"])


def delete(form_id: str) -> None:
    """Delete the interview, here and on the server."""
    known = entry(form_id)
    if known and known.get("code"):
        stores().drafts.delete(known["code"])
        stores().draft_files.remove(form_id, known["id"])
    forget(form_id)


def forget(form_id: str) -> None:
    """Drop it from the cookie; a draft stays reachable by its code."""
    others = {f: e for f, e in session.get(SESSION_KEY, {}).items() if f != form_id}
    session[SESSION_KEY] = others


def token(form_id: str) -> str:
    """The cookie's entry, signed, for a hidden field: a page outlives the cookie it came with."""
    known = entry(form_id)
    return _serializer().dumps({form_id: known}) if known else ""


def recover(form_id: str, signed: str) -> bool:
    """Take the entry of a page that was sent without its cookie; whether there is one now."""
    if entry(form_id) is None:
        try:
            session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), **_serializer().loads(signed)}
        except BadSignature:
            return False
    return entry(form_id) is not None


def _draft_days() -> int:
    settings: Settings = current_app.extensions["settings"]
    return settings.draft_days


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="unfinished interview")


def _remember(form_id: str, kept: dict[str, Any]) -> None:
    """Note it in the cookie; the newest interview matters most, so others make room for it."""
    before = session.get(SESSION_KEY, {})
    for entries in ({**before, form_id: kept}, {form_id: kept}):
        if "here" not in kept or _fits({**session, SESSION_KEY: entries}):
            session[SESSION_KEY] = entries
            return
    raise RequestEntityTooLarge


def _fits(content: dict[str, Any]) -> bool:
    interface = cast("Any", current_app.session_interface)
    return len(interface.get_signing_serializer(current_app).dumps(content)) <= LARGEST_COOKIE
