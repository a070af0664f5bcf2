"""Answers that were sent on known days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.publishing import publish_what_ships
from app.responses.collection import Document
from app.stores import stores
from tests.coordinate.conftest import coordinator

__all__ = ["coordinator"]

FORM = "needs-assessment"
NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)


@pytest.fixture
def app(app: Flask) -> Flask:
    with app.app_context():
        publish_what_ships(NOW)
    return app


def keep(
    name: str, days: float, form: str = FORM, *, contact: bool = False, **more: str
) -> Document:
    """Store a response that was sent so many days ago. Needs an application context."""
    from app.publishing import catalogue

    sent = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
    version = catalogue().get(form).version
    document = {"id": name, "form": form, "version": version, "submitted": sent, **more}
    stores().responses(form).add({**document, "answers": {"said": f"secret of {name}"}})
    if contact:
        stores().contacts(form).add({**document, "contact": {"phone": f"phone of {name}"}})
    return document


def there(form: str = FORM) -> set[str]:
    return {document["id"] for _, document in stores().responses(form).each()}


def reachable(form: str = FORM) -> set[str]:
    return {document["id"] for _, document in stores().contacts(form).each()}
