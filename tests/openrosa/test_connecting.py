"""The page with which a facilitator sets up the app: a QR code, and the address in words."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import segno
from flask import Flask

from app.accounts import Account, Role
from app.accounts.openrosa import token_of
from app.accounts.services import Services
from app.accounts.store import new_account
from app.collect.settings_qr import picture, settings_code
from tests.conftest import LintingClient
from tests.openrosa.conftest import NOW, MakePhone

SERVER = "https://suara.example.org/openrosa/abc"
SignIn = Callable[[Account], LintingClient]


@pytest.fixture
def sign_in(client: LintingClient, services: Services) -> SignIn:
    def sign_in(account: Account) -> LintingClient:
        with client.session_transaction() as session:
            session["account"] = services.sessions.start(account.id, datetime.now(UTC))
        return client

    return sign_in


@pytest.fixture
def rina(services: Services) -> Account:
    return services.accounts.add(new_account("Rina", Role.COORDINATOR, NOW))


def test_the_code_holds_the_settings_of_a_project() -> None:
    said = json.loads(zlib.decompress(b64decode(settings_code(SERVER))))
    assert said["general"]["server_url"] == SERVER
    assert said["general"]["form_update_mode"] == "match_exactly"
    assert said["project"]["name"] == "Suara Inklusi"
    assert said["admin"] == {}


def test_the_picture_is_of_that_code() -> None:
    code = segno.make_qr(settings_code(SERVER), error="m")
    svg, png = picture(SERVER, "svg"), picture(SERVER, "png")
    assert b"<svg" in svg
    assert png.startswith(b"\x89PNG")
    side = (code.symbol_size(6, 4)[0]).to_bytes(4, "big")
    assert png[16:24] == side * 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_facilitator_sees_their_own_address(
    app: Flask, siti: Account, sign_in: SignIn, language: str
) -> None:
    page = sign_in(siti).get(f"/collect/odk/?lang={language}", follow_redirects=True)
    assert page.status_code == 200
    with app.app_context():
        assert f"http://localhost/openrosa/{token_of(siti)}</code>" in page.text


def test_the_address_on_the_page_works(
    siti: Account, sign_in: SignIn, make_phone: MakePhone
) -> None:
    page = sign_in(siti).get(f"/collect/odk/{siti.id}")
    assert f">{make_phone(siti).base}<" in page.text
    assert make_phone(siti).may_send()


@pytest.mark.parametrize(("kind", "mimetype"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_the_picture_can_be_had(siti: Account, sign_in: SignIn, kind: str, mimetype: str) -> None:
    response = sign_in(siti).get(f"/collect/odk/{siti.id}/code.{kind}")
    assert response.mimetype == mimetype
    assert response.headers["Cache-Control"] == "no-store"


def test_a_coordinator_sees_that_of_every_facilitator(
    rina: Account, siti: Account, sign_in: SignIn
) -> None:
    assert sign_in(rina).get(f"/collect/odk/{siti.id}").status_code == 200


def test_nobody_else_sees_it(
    services: Services, rina: Account, siti: Account, client: LintingClient, sign_in: SignIn
) -> None:
    address = f"/collect/odk/{siti.id}"
    assert client.get(address).status_code == 302
    budi = services.accounts.add(new_account("Budi", Role.FACILITATOR, NOW, code="F08"))
    assert sign_in(budi).get(address).status_code == 404
    assert sign_in(budi).get(f"{address}/code.svg").status_code == 404
    assert sign_in(rina).get(f"/collect/odk/{rina.id}").status_code == 404
    focal = services.accounts.add(new_account("Tuti", Role.FOCAL, NOW))
    assert sign_in(focal).get(address).status_code == 403


def test_a_new_address_voids_the_one_before(
    siti: Account, services: Services, sign_in: SignIn, make_phone: MakePhone
) -> None:
    lost = make_phone(siti)
    client = sign_in(siti)
    client.get(f"/collect/odk/{siti.id}")
    page = client.post(f"/collect/odk/{siti.id}/renew", data={}, follow_redirects=True)
    assert lost.base not in page.text
    assert not lost.may_send()
    renewed = services.accounts.get(siti.id)
    assert renewed is not None
    assert make_phone(renewed).base in page.text
