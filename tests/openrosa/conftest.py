"""A server with one form of every kind of trouble, and a facilitator with a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import Account, Role
from app.accounts.openrosa import token_of
from app.accounts.services import Services
from app.accounts.services import services as services_of
from app.accounts.store import new_account
from app.catalogue import Catalogue
from app.questionnaire.xlsform import Converted, convert
from app.responses.collection import Collection, Document
from app.stores import Stores
from tests.openrosa.phone import Phone

NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)
VISIT = Path(__file__).parent / "forms" / "visit.yaml"
VILLAGES = b"name,label\nv1,Landangan\nv2,Kilensari\n"

MakePhone = Callable[[Account], Phone]


@lru_cache
def visit_form() -> Converted:
    return convert(VISIT.read_bytes(), files={"villages.csv": VILLAGES})


@pytest.fixture
def catalogue(app: Flask) -> Catalogue:
    found: Catalogue = app.extensions["catalogue"]
    found.publish(visit_form(), NOW)
    return found


@pytest.fixture
def services(app: Flask) -> Services:
    with app.app_context():
        return services_of()


@pytest.fixture
def siti(services: Services) -> Account:
    return services.accounts.add(new_account("Siti", Role.FACILITATOR, NOW, code="F07"))


@pytest.fixture
def make_phone(app: Flask, catalogue: Catalogue) -> MakePhone:
    def make(account: Account) -> Phone:
        with app.app_context():
            return Phone(app, f"http://localhost/openrosa/{token_of(account)}")

    return make


@pytest.fixture
def phone(make_phone: MakePhone, siti: Account) -> Phone:
    return make_phone(siti)


@pytest.fixture
def stores(app: Flask) -> Stores:
    found: Stores = app.extensions["stores"]
    return found


@pytest.fixture
def kept(stores: Stores) -> Collection:
    """The responses to ``visit``."""
    return stores.responses("visit")


def only(collection: Collection) -> Document:
    (found,) = [document for _, document in collection.each()]
    return found
