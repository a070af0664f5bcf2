"""A facilitator who is signed in, and the forms that ship, open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.accounts import Account, Role, services
from app.accounts.store import new_account
from app.activities import Activity, activities
from app.demo.invent import prepare
from app.responses.collection import Document
from app.settings import Settings
from app.stores import stores
from tests.browser import chromium
from tests.collect.javascript import Modules, static_files
from tests.collect.phone import Phone, Server
from tests.conftest import LintingClient
from tests.expressions.conftest import data, places
from tests.respond.person import Person

__all__ = ["data", "places"]

KEY = "a key that only the tests know, 32+"
NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the forms that ship, open; copy it."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    with create_app(Settings(data=data, secret_key=KEY)).app_context():
        prepare(NOW)
    return data


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    return Settings(data=data, secret_key=KEY)


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


def session_cookie(app: Flask, account: Account) -> str:
    """What a browser holds in which this person is signed in."""
    client = app.test_client()
    assert isinstance(client, LintingClient)
    sign_in(app, client, account)
    cookie = client.get_cookie("suara")
    assert cookie is not None
    return cookie.value


def stored(app: Flask, form_id: str) -> list[Document]:
    with app.app_context():
        return [document for _key, document in stores().responses(form_id).each()]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modules]:
    """Chromium with our modules, without the application."""
    driver = chromium.start(tmp_path_factory.mktemp("profile"))
    try:
        with static_files() as base:
            yield Modules(driver, base)
    finally:
        driver.quit()


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    server = Server(app)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phone(
    app: Flask, siti: Account, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Phone]:
    phone = Phone(server.base, tmp_path_factory.mktemp("phone"))
    phone.sign_in(session_cookie(app, siti))
    yield phone
    phone.switch_off()
