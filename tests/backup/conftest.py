"""A folder in use: answers, contact data, files, a log, accounts."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import Role
from app.stores import stores
from tests.coordinate.conftest import answered, settings, signed_in

__all__ = ["answered", "settings"]

FORM = "needs-assessment"
NOT_BACKED_UP = {".lock", ".writing", "throttle"}


@pytest.fixture
def app(app: Flask) -> Flask:
    coordinator = signed_in(app, Role.COORDINATOR)
    coordinator.get(f"/coordinate/form/{FORM}/responses")
    with app.app_context():
        for name, (_, document) in zip("ab", stores().responses(FORM).each(), strict=False):
            stores().attachments.put(FORM, document["id"], f"{name}.jpg", name.encode() * 1000)
        stores().drafts.put("K7MX-3RTW-9HPA-2222", {"saved": "", "secret": "unfinished"})
    return app


def hashes(data: Path) -> dict[str, str]:
    """The SHA-256 of every file that belongs into a backup, by its path."""
    return {
        str(path.relative_to(data)): sha256(path.read_bytes()).hexdigest()
        for path in data.rglob("*")
        if path.is_file()
        and path.name not in NOT_BACKED_UP
        and path.relative_to(data).parts[0] not in ("drafts", "daily")
    }
