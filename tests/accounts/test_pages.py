"""Signing in, one-time links and one's own account, in a browser without JavaScript."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.accounts import Role, links
from app.accounts.services import Services
from app.accounts.signing_in import TRIES_PER_NAME_AND_ADDRESS
from tests.accounts.conftest import PASSWORD, AddAccount
from tests.conftest import LintingClient

SIGN_IN = "/account/sign-in"
NEW = "lampu kapal nelayan madura"
LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])


def sign_in(client: LintingClient, name: str = "Siti", password: str = PASSWORD, **query: str):
    client.get(SIGN_IN, query_string=query)
    return client.post(SIGN_IN, query_string=query, data={"name": name, "password": password})


@LANGUAGES
def test_sign_in_lets_password_managers_help(client: LintingClient, tag: str) -> None:
    page = client.get(f"{SIGN_IN}?lang={tag}").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "maxlength" not in page


def test_signing_in_leads_to_ones_own_page(client: LintingClient, add_account: AddAccount) -> None:
    add_account("Siti", Role.ORGANISER)
    response = sign_in(client, " siti ")
    assert response.location == "/account/"
    assert "Siti" in client.get("/account/").text


@LANGUAGES
def test_a_wrong_password_and_a_wrong_name_look_the_same(
    client: LintingClient, add_account: AddAccount, tag: str
) -> None:
    add_account("Siti")
    add_account("Rina", password="")
    client.get(f"{SIGN_IN}?lang={tag}")
    tries = [("Siti", "wrong"), ("Nobody", PASSWORD), ("Rina", ""), ("Rina", "wrong")]
    pages = [sign_in(client, name, password).text for name, password in tries]
    shown = [
        re.sub(r'value="[^"]*"', "", page)
        for (_, password), page in zip(tries, pages, strict=True)
        if password
    ]
    assert len(set(shown)) == 1
    assert "error-summary" in shown[0]
    assert client.get("/account/").status_code == 302


def test_an_empty_form_says_what_to_do(client: LintingClient) -> None:
    page = sign_in(client, "", "").text
    assert "<title>Kesalahan: " in page
    assert page.count('aria-invalid="true"') == 2
    assert 'href="#name"' in page


def test_the_language_switch_keeps_the_name_and_tries_nothing(client: LintingClient) -> None:
    client.get(SIGN_IN)
    data = {"name": "Siti", "password": "wrong", "lang": "en"}
    page = client.post(SIGN_IN, data=data).text
    assert '<html lang="en"' in page
    assert 'value="Siti"' in page
    assert "error-summary" not in page
    assert "wrong" not in page


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(
    client: LintingClient, add_account: AddAccount
) -> None:
    add_account("Siti")
    add_account("Rina")
    for _ in range(TRIES_PER_NAME_AND_ADDRESS):
        assert sign_in(client, password="wrong").status_code == 200
    response = sign_in(client)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert sign_in(client, "Rina").status_code == 302


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/account/password", "/account/password"),
        ("/receipt?from=poster", "/receipt?from=poster"),
        ("https://evil.example/", "/account/"),
        ("//evil.example/", "/account/"),
        ("/\\evil.example/", "/account/"),
        ("/\t/evil.example/", "/account/"),
        ("///evil.example", "/account/"),
        ("javascript:alert(1)", "/account/"),
        ("/no-such-page", "/account/"),
        ("/account/sign-out", "/account/"),
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(
    client: LintingClient, add_account: AddAccount, target: str, location: str
) -> None:
    add_account("Siti", Role.ORGANISER)
    assert sign_in(client, next=target).location == location


def test_a_page_that_was_asked_for_comes_after_signing_in(
    client: LintingClient, add_account: AddAccount
) -> None:
    add_account("Siti")
    asked = client.get("/account/password?lang=en")
    assert asked.status_code == 302
    client.get(asked.location)
    data = {"name": "Siti", "password": PASSWORD}
    assert client.post(asked.location, data=data).location == "/account/password?lang=en"


def test_signing_in_gives_a_new_session_and_keeps_an_unfinished_interview(
    client: LintingClient, add_account: AddAccount
) -> None:
    add_account("Siti")
    with client.session_transaction() as session:
        session["account"] = "planted by somebody else"
        session["unfinished"] = {"needs-assessment": {"id": "x", "code": "y"}}
    client.get(SIGN_IN)
    with client.session_transaction() as session:
        page_token = session["csrf_token"]
    sign_in(client)
    client.get("/account/")
    with client.session_transaction() as session:
        assert session["account"] != "planted by somebody else"
        assert session["csrf_token"] != page_token
        assert session["unfinished"] == {"needs-assessment": {"id": "x", "code": "y"}}


def test_signing_out_ends_the_session_on_the_server(
    client: LintingClient, add_account: AddAccount
) -> None:
    add_account("Siti")
    sign_in(client)
    with client.session_transaction() as session:
        copied = session["account"]
    client.get("/account/")
    assert client.post("/account/sign-out", data={}).status_code == 302
    with client.session_transaction() as session:
        session["account"] = copied
    assert client.get("/account/").status_code == 302


def test_signing_out_needs_the_pages_own_token(client: LintingClient) -> None:
    assert client.post("/account/sign-out", data={}).status_code == 400


@LANGUAGES
def test_the_first_coordinator_comes_in_by_the_link_once(
    app: Flask, client: LintingClient, services: Services, tag: str
) -> None:
    path = f"/account/link/{links.for_first_account(services, datetime.now(UTC))}"
    assert 'autocomplete="new-password"' in client.get(f"{path}?lang={tag}").text
    data = {"name": "Rina  Dewi", "password": NEW}
    assert client.post(path, data=data).status_code == 302
    made = services.accounts.named("Rina Dewi")
    assert made is not None
    assert made.role is Role.COORDINATOR
    assert client.get("/account/").status_code == 200
    assert client.get(path).status_code == 410


@LANGUAGES
def test_a_weak_password_is_refused_and_the_link_stays(
    client: LintingClient, services: Services, tag: str
) -> None:
    path = f"/account/link/{links.for_first_account(services, datetime.now(UTC))}"
    client.get(f"{path}?lang={tag}")
    for password in ("short", "Rina Rina Rina", "password1234", "x" * 300):
        page = client.post(path, data={"name": "Rina", "password": password}).text
        assert 'href="#password"' in page
        assert 'value="Rina"' in page
    assert client.post(path, data={"name": "Rina", "password": NEW}).status_code == 302


def test_the_first_account_needs_a_free_name(
    client: LintingClient, services: Services, add_account: AddAccount
) -> None:
    add_account("Siti", Role.FACILITATOR)
    path = f"/account/link/{links.for_first_account(services, datetime.now(UTC))}"
    client.get(path)
    assert 'href="#name"' in client.post(path, data={"name": "SITI", "password": NEW}).text
    assert client.post(path, data={"name": "Rina", "password": NEW}).status_code == 302


@LANGUAGES
def test_a_new_password_by_link_signs_out_everywhere_else(
    app: Flask, services: Services, add_account: AddAccount, tag: str
) -> None:
    siti = add_account("Siti", Role.ORGANISER)
    before, browser = app.test_client(), app.test_client()
    sign_in(before)
    path = f"/account/link/{links.for_password(services, siti, datetime.now(UTC))}"
    browser.get(f"{path}?lang={tag}")
    assert browser.post(path, data={"password": NEW}).location == "/account/"
    assert before.get("/account/").status_code == 302
    assert sign_in(app.test_client()).status_code == 200
    assert sign_in(app.test_client(), password=NEW).status_code == 302


@LANGUAGES
@pytest.mark.parametrize("token", ["x", "%00", "a" * 300])
def test_a_made_up_link_does_not_work(client: LintingClient, token: str, tag: str) -> None:
    assert client.get(f"/account/link/{token}?lang={tag}").status_code == 410


def test_an_old_link_does_not_work(client: LintingClient, services: Services) -> None:
    three_days_ago = datetime.now(UTC) - timedelta(days=3)
    path = f"/account/link/{links.for_first_account(services, three_days_ago)}"
    assert client.get(path).status_code == 410


@LANGUAGES
def test_changing_the_password_asks_for_the_old_one(
    app: Flask, client: LintingClient, add_account: AddAccount, tag: str
) -> None:
    add_account("Siti")
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    client.get(f"/account/password?lang={tag}")
    wrong = client.post("/account/password", data={"current": "wrong", "password": NEW})
    assert 'href="#current"' in wrong.text
    right = client.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert right.location == "/account/"
    assert 'role="status"' in client.get("/account/").text
    assert other.get("/account/").status_code == 302


def test_other_devices_are_signed_out(
    app: Flask, client: LintingClient, add_account: AddAccount
) -> None:
    add_account("Siti")
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    assert "2 perangkat" in client.get("/account/").text
    client.post("/account/sessions/end", data={})
    assert other.get("/account/").status_code == 302
    assert "1 perangkat" in client.get("/account/").text
