"""The secret part of a facilitator's OpenRosa address."""

from __future__ import annotations

from flask import Flask

from app.accounts import Role
from app.accounts.openrosa import facilitator_of, token_of
from app.accounts.services import Services
from tests.accounts.conftest import AddAccount


def test_a_token_names_its_facilitator(app: Flask, add_account: AddAccount) -> None:
    siti, budi = (add_account(name, Role.FACILITATOR) for name in ("Siti", "Budi"))
    with app.app_context():
        assert facilitator_of(token_of(siti)) == siti
        assert facilitator_of(token_of(budi)) == budi
        assert facilitator_of("") is None
        assert facilitator_of(token_of(siti)[:-1]) is None
        assert facilitator_of("é" * 32) is None


def test_renewing_revokes_the_token_before(
    app: Flask, services: Services, add_account: AddAccount
) -> None:
    siti = add_account("Siti", Role.FACILITATOR)
    with app.app_context():
        before = token_of(siti)
        services.accounts.change(siti.id, collect_serial=2)
        assert facilitator_of(before) is None


def test_only_facilitators_collect(app: Flask, add_account: AddAccount) -> None:
    rina = add_account("Rina")
    with app.app_context():
        assert facilitator_of(token_of(rina)) is None
