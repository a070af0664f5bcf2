"""The audit log: who looked at, took away, changed or deleted personal answers."""

from __future__ import annotations

from flask import Flask

from app.audit.log import Trail
from app.audit.recording import EXTENSION, RESPONDENT, Action, record, record_done, trail
from app.settings import Settings

__all__ = ["RESPONDENT", "Action", "init_app", "record", "record_done", "trail"]


def init_app(app: Flask, settings: Settings) -> None:
    """Open the log of the data folder, and add its page."""
    from app.audit.views import blueprint

    seal = settings.audit_seal or settings.data / "audit-seal" / "newest.json"
    app.extensions[EXTENSION] = Trail(settings.data / "audit", seal)
    app.register_blueprint(blueprint)
