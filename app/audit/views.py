"""The audit log as the coordinator reads it."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app, render_template, request

from app.accounts import Role, requires
from app.audit import words
from app.audit.chain import Entry
from app.audit.recording import trail
from app.settings import Settings
from app.summaries.words import moment

PAGE = 50

blueprint = Blueprint("audit", __name__, url_prefix="/coordinate/log")


@blueprint.get("")
@requires(Role.COORDINATOR)
def log() -> str:
    """The newest entries, or those before ``?before=N``; and the seal to write down."""
    settings: Settings = current_app.extensions["settings"]
    before = request.args.get("before", type=int)
    newest = next(trail().newest(), None)
    wanted = (each for each in trail().newest() if before is None or each.number < before)
    entries = [entry for _, entry in zip(range(PAGE), wanted, strict=False)]
    return render_template(
        "audit/log.html",
        entries=entries,
        newest=newest,
        words=words,
        older=entries[-1].number if entries and entries[-1].number > 1 else None,
        when=lambda entry: _when(entry, settings.timezone),
    )


@blueprint.post("")
@requires(Role.COORDINATOR)
def check() -> str:
    """Check the whole log, and say what was found."""
    newest = next(trail().newest(), None)
    return render_template(
        "audit/checked.html",
        found=[words.flaw(each) for each in trail().flaws()],
        entries=newest.number if newest else 0,
    )


def _when(entry: Entry, timezone: str) -> str:
    return moment(datetime.fromisoformat(entry.time), timezone)
