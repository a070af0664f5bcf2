"""Accounts with a cheap hash, so that tests need not wait for an expensive one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.accounts import Account, Role
from app.accounts.passwords import Passwords
from app.accounts.services import EXTENSION, Services
from app.accounts.store import new_account
from app.settings import Settings

PASSWORD = "perahu tua di pasir putih"
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)

AddAccount = Callable[..., Account]


@pytest.fixture
def services(settings: Settings) -> Services:
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return replace(Services.below(settings.data), passwords=cheap)


@pytest.fixture
def app(app: Flask, services: Services) -> Flask:
    app.extensions[EXTENSION] = services
    return app


@pytest.fixture
def add_account(services: Services) -> AddAccount:
    def add(name: str, role: Role = Role.COORDINATOR, password: str = PASSWORD) -> Account:
        hashed = services.passwords.hash(password) if password else ""
        code = services.accounts.free_code() if role is Role.FACILITATOR else ""
        return services.accounts.add(new_account(name, role, NOW, password=hashed, code=code))

    return add
