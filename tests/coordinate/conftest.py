"""A coordinator who is signed in, and forms that invented people have answered."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.accounts import Role, services
from app.accounts.store import new_account
from app.demo.invent import invent, prepare
from app.settings import Settings
from tests.conftest import LintingClient

KEY = "a key that only the tests know, 32+"
NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)
RESPONSES = 70


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with answers; copy it."""
    data = tmp_path_factory.mktemp("answered") / "data"
    with create_app(Settings(data=data, secret_key=KEY)).app_context():
        prepare(NOW)
        for _ in invent(RESPONSES, 7, NOW):
            pass
    return data


@pytest.fixture
def settings(answered: Path, tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    shutil.copytree(answered, data)
    return Settings(data=data, secret_key=KEY)


@pytest.fixture
def empty_app(tmp_path: Path) -> Flask:
    """An installation that has just been started."""
    app = create_app(Settings(data=tmp_path / "empty", secret_key=KEY))
    app.testing = True
    app.test_client_class = LintingClient
    return app


def signed_in(app: Flask, role: Role, name: str = "") -> LintingClient:
    """A browser in which somebody with this role is signed in."""
    now = datetime.now(UTC)
    with app.app_context():
        account = services().accounts.add(new_account(name or f"The {role}", role, now))
        token = services().sessions.start(account.id, now)
    client = app.test_client()
    with client.session_transaction() as session:
        session["account"] = token
    assert isinstance(client, LintingClient)
    return client


@pytest.fixture
def coordinator(app: Flask) -> LintingClient:
    return signed_in(app, Role.COORDINATOR)
