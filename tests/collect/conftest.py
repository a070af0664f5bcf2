"""A facilitator who is signed in, and the forms that ship, open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.accounts import Account, Role, services
from app.accounts.store import new_account
from app.activities import Activity, activities
from app.demo.invent import prepare
from app.responses.collection import Document
from app.stores import stores
from tests.conftest import LintingClient
from tests.respond.person import Person

NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forms(app: Flask) -> None:
    with app.app_context():
        prepare(NOW)


@pytest.fixture
def siti(app: Flask) -> Account:
    with app.app_context():
        account = new_account("Siti", Role.FACILITATOR, NOW, code="F07")
        return services().accounts.add(account)


@pytest.fixture
def activity(app: Flask) -> Activity:
    with app.app_context():
        return activities().add("Pelatihan Situbondo", date(2026, 8, 17))


@pytest.fixture
def facilitator(app: Flask, siti: Account) -> Person:
    """Siti at her browser without JavaScript."""
    person = Person(app)
    sign_in(app, person.client, siti)
    return person


def sign_in(app: Flask, client: LintingClient, account: Account) -> None:
    with app.app_context():
        token = services().sessions.start(account.id, datetime.now(UTC))
    with client.session_transaction() as session:
        session["account"] = token


def stored(app: Flask, form_id: str) -> list[Document]:
    with app.app_context():
        return [document for _key, document in stores().responses(form_id).each()]
