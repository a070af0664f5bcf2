"""In real Chromium: with the server stopped, after a restart, by keyboard, and sent afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts import Account
from tests.browser import chromium
from tests.collect.answering import answer_all
from tests.collect.conftest import session_cookie, stored
from tests.collect.phone import Phone, Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]


@pytest.fixture
def server(app: Flask, forms: None) -> Iterator[Server]:
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


def test_an_interview_without_a_network_after_a_restart(
    app: Flask, server: Server, phone: Phone, siti: Account
) -> None:
    phone.take_along()
    server.stop()
    phone.switch_off()
    phone.switch_on()
    phone.open("/collect/")
    phone.enter_pin()
    phone.begin()
    answer_all(phone, "id")
    phone.press("finish")
    phone.until(lambda: phone.all("[data-do=next-person]"))
    phone.press("lists")
    phone.has_rows("waiting", 1)
    (record,) = phone.stored("records")
    assert record["status"] == "waiting"
    assert "answers" not in str(record)
    server.start()
    phone.press("send")
    phone.until(lambda: phone.find("[data-show=sign-in] a").is_displayed(), "a way to sign in")
    phone.sign_in(session_cookie(app, siti))
    phone.open("/collect/app/id")
    phone.enter_pin()
    phone.has_rows("sent", 1)
    (document,) = stored(app, "needs-assessment")
    assert document["collector"] == siti.id
    assert document["language"] == "id"
    assert document["channel"] == "assisted"
    assert document["answers"]["interview_mode"] == "facilitator"
    (receipt,) = phone.stored("records")
    assert set(receipt) == {"id", "form", "version", "by", "status", "code", "when"}
    assert receipt["code"]
