"""Noting who did what with personal answers (UU PDP, articles 31 and 32).

What shows answers is noted before it is shown, and not shown when it cannot be noted. What has been
done (a deletion) is noted after it, and never undone for want of room in the log.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from flask import current_app, has_request_context

from app.accounts import signed_in
from app.audit.log import Trail
from app.responses.collection import StorageError

EXTENSION = "audit"

RESPONDENT = "respondent"
"""Whoever has the receipt code; nobody knows more about them."""
COMMAND = "command"
APP = "app"


class Action(StrEnum):
    """What can be done with answers; ``words.py`` says each in a sentence."""

    SEE_LIST = "see-list"
    SEE_ANSWERS = "see-answers"
    SEE_CONTACT = "see-contact"
    SEE_RECEIPTS = "see-receipts"
    DOWNLOAD_ANSWERS = "download-answers"
    DOWNLOAD_SUMMARY = "download-summary"
    CORRECT = "correct"
    DELETE = "delete"
    MARK = "mark"
    HAND_ON = "hand-on"
    HOLD_BACK = "hold-back"
    RELEASE = "release"
    REQUEST = "request"
    CLOSE_REQUEST = "close-request"
    BACKUP = "backup"
    RESTORE = "restore"
    RETENTION = "retention"
    SET_TERMS = "set-terms"


def trail() -> Trail:
    """The log of the current application."""
    found: Trail = current_app.extensions[EXTENSION]
    return found


def record(
    action: Action,
    form: str = "",
    response: str = "",
    *,
    who: str = "",
    more: Mapping[str, str | int] | None = None,
) -> None:
    """Note it before it happens. Raises StorageError: then it must not happen.

    ``who`` is the signed-in account unless told, or on a terminal its user.
    """
    who, facts = who or _who(), dict(more or {})
    if who == COMMAND:
        facts["user"] = _terminal_user()
    trail().add(datetime.now(UTC), who, action, form=form, response=response, more=facts)


def record_done(action: Action, form: str = "", response: str = "", *, who: str = "") -> None:
    """Note what has happened already; a log that cannot be written is an error of its own."""
    try:
        record(action, form, response, who=who)
    except StorageError as error:
        current_app.logger.error("The audit log could not be written (%s): %s", action, error)


def _who() -> str:
    if not has_request_context():
        return COMMAND
    account = signed_in()
    return account.id if account else RESPONDENT


def _terminal_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return ""
