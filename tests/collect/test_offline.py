"""In real Chromium: with the server stopped, after a restart, by keyboard, and sent afterwards."""

from __future__ import annotations

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys

from app.accounts import Account, services
from app.catalogue import SHIPPED
from app.collect import offline
from app.publishing import catalogue, network
from app.questionnaire.xlsform import Converted, convert
from tests.browser import chromium
from tests.collect.accessible import accessible
from tests.collect.answering import answer_all, answer_page
from tests.collect.conftest import NOW, session_cookie, stored
from tests.collect.phone import Phone, Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]


SHORT = "activity-registration"


def changed_form() -> Converted:
    """The short form as another version."""
    source = (SHIPPED / f"{SHORT}.yaml").read_bytes()
    return convert(source.replace(b"version: 1\n", b"version: 9\n"), network())


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
    answer_all(phone)
    phone.press("finish")
    phone.until(lambda: phone.all("[data-do=next-person]"))
    phone.press("lists")
    phone.has_rows("waiting", 1)
    (record,) = phone.stored("records")
    assert record["status"] == "waiting"
    assert "answers" not in str(record)
    with app.app_context():
        services().sessions.end_all(siti.id)
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


def finished(phone: Phone, form_id: str = SHORT) -> None:
    """One more interview that waits."""
    phone.begin(form_id)
    answer_all(phone)
    phone.press("finish")
    phone.until(lambda: phone.all("[data-do=next-person]"))
    phone.press("lists")
    phone.until(lambda: phone.all("[data-list=waiting]"))


def test_an_answer_that_is_lost_on_the_way_and_two_tabs_make_one_response(
    app: Flask, server: Server, phone: Phone
) -> None:
    phone.take_along()
    server.lose_replies_to = "/collect/records"
    finished(phone)
    phone.press("send")
    phone.until(lambda: len(stored(app, SHORT)) == 1, "the first try arrived")
    phone.has_rows("waiting", 1)
    server.lose_replies_to = ""
    first = phone.driver.current_window_handle
    phone.driver.switch_to.new_window("tab")
    phone.open("/collect/app/id")
    phone.enter_pin()
    phone.driver.switch_to.window(first)
    phone.press("send")
    phone.has_rows("sent", 1)
    assert len(stored(app, SHORT)) == 1


def test_an_update_touches_neither_records_nor_forms(
    app: Flask, server: Server, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.take_along()
    server.lose_replies_to = "/collect/records"
    finished(phone)
    phone.begin(SHORT)
    answer_page(phone, 1)
    phone.find("#next").click()
    phone.until(lambda: len(phone.stored("records")) == 2, "an unfinished interview")
    kept = phone.stored("records"), phone.stored("forms")
    before = phone.caches()
    with app.app_context():
        catalogue().publish(changed_form(), NOW)
    monkeypatch.setattr(offline, "version", lambda: "0123456789ab")
    phone.update()
    phone.open("/health")
    phone.until(lambda: phone.caches() == ["suara-app-0123456789ab"] != before, "the new version")
    phone.open("/collect/app/id")
    phone.enter_pin()
    assert (phone.stored("records"), phone.stored("forms")) == kept
    phone.press("take")
    phone.until(lambda: len(phone.stored("forms")) == len(kept[1]) + 1, "the new version too")
    server.lose_replies_to = ""
    phone.until(lambda: phone.find("[data-list=open] [data-do=open]")).click()
    phone.until(lambda: phone.all("#page"))
    answer_all(phone)
    phone.press("finish")
    phone.until(lambda: len(stored(app, SHORT)) == 2, "both sent")
    assert {document["version"] for document in stored(app, SHORT)} == {kept[0][0]["version"]}


def test_a_refused_interview_stays_and_is_mended(app: Flask, phone: Phone) -> None:
    phone.take_along()
    with app.app_context():
        catalogue().set_open(SHORT, False)
    finished(phone)
    phone.until(lambda: phone.all("[data-list=waiting] [data-do=look]"), "a reason")
    phone.until(lambda: phone.find("[data-do=look]").is_displayed())
    phone.press("look")
    assert "ditutup" in phone.until(lambda: phone.find("[data-text=words]").text)
    assert len(phone.all("[data-list=own] dt")) > 2
    with app.app_context():
        catalogue().set_open(SHORT, True)
    phone.press("mend")
    phone.until(lambda: phone.all("[data-do=finish]"), "the list of answers")
    phone.press("finish")
    phone.until(lambda: len(stored(app, SHORT)) == 1, "sent")


def test_what_a_person_hears_and_sees_in_every_state(phone: Phone) -> None:
    phone.open("/collect/app/id")
    phone.until(lambda: phone.all("[data-do=take]"), "the lists")
    checked = [accessible(phone)]
    phone.press("take")
    phone.until(lambda: phone.all("#pin"))
    phone.find("#pin").send_keys("12", Keys.ENTER)
    phone.until(lambda: phone.find("#pin-error").is_displayed(), "too short")
    checked.append(accessible(phone))
    phone.find("#pin").clear()
    phone.enter_pin()
    assert "menunggu" in phone.find("#said[role=status]").text
    phone.driver.execute_script(
        "navigator.storage.estimate = async () => ({ quota: 3e6, usage: 1e6 });"
    )
    for tag in ("en", "id"):
        phone.find(f".languages a[hreflang={tag}]").click()
        phone.until(lambda tag=tag: phone.find("html").get_attribute("lang") == tag)
        phone.until(lambda: phone.all("[data-do=take]"))
        checked.append(accessible(phone))
    phone.find(f"li[data-id={SHORT}] [data-do=begin]").click()
    assert "penuh" in phone.until(lambda: phone.find("[data-text=warning]").text, "almost full")
    checked.append(accessible(phone))
    phone.find("form[data-form=begin] button.button").click()
    phone.until(lambda: phone.all("#page"))
    assert phone.focused.tag_name == "h1"
    assert phone.stored("records") == []  # before consent nothing is kept
    checked.append(accessible(phone))
    phone.find("#next").click()
    phone.until(lambda: phone.all(".error-summary"), "what is wrong")
    assert phone.driver.title.startswith("Kesalahan: ")
    assert (
        phone.driver.execute_script("return document.activeElement.getAttribute('role')") == "alert"
    )
    checked.append(accessible(phone))
    phone.find(".error-summary a").click()
    assert phone.focused.get_attribute("type") == "radio"
    phone.find(".languages a[hreflang=en]").click()
    phone.until(lambda: "Part" in phone.words, "in English")
    answer_all(phone)
    checked.append(accessible(phone))
    phone.press("finish")
    phone.until(lambda: phone.all("[data-do=next-person]"))
    checked.append(accessible(phone))
    phone.press("next-person")
    phone.until(lambda: phone.all("#page"), "the next person, in one press")
    assert checked == [[]] * len(checked)


def test_a_pin_locks_and_everything_can_be_wiped(phone: Phone) -> None:
    phone.take_along()
    phone.press("lock")
    phone.until(lambda: phone.all("form[data-form=unlock]"))
    phone.find("#pin").send_keys("999999", Keys.ENTER)
    phone.until(lambda: phone.find("#pin-error").is_displayed(), "another PIN")
    phone.press("wipe")
    phone.driver.switch_to.alert.accept()
    phone.until(lambda: phone.stored("forms") == [], "wiped")
    assert phone.stored("settings") == phone.stored("records") == []
