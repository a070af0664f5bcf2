"""Every sort of question on the phone: rows, cascades, pages that grow, answers repeated."""

from __future__ import annotations

import pytest
from flask import Flask

from app.publishing import catalogue
from app.questionnaire.xlsform import convert
from app.responses.collection import Document
from tests.browser import chromium
from tests.collect.accessible import accessible
from tests.collect.conftest import NOW, stored
from tests.collect.phone import Phone
from tests.questionnaire.tiny import FORMS as TINY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]


@pytest.fixture(autouse=True)
def published(app: Flask) -> None:
    with app.app_context():
        for name in ("types", "repeats", "cascade", "in_page", "piping"):
            catalogue().publish(convert((TINY / f"{name}.yaml").read_bytes()), NOW)


def fill(phone: Phone, **answers: str) -> None:
    for box, text in answers.items():
        phone.find(f"#q-{box.replace('__', '-')}").send_keys(text)


def next_page(phone: Phone, button: str = "#next") -> None:
    seen = phone.find("h1")
    phone.find(button).click()
    phone.until(lambda: phone.find("h1") != seen, "another page")


def page(phone: Phone, **answers: str) -> None:
    fill(phone, **answers)
    next_page(phone)


def finish(app: Flask, phone: Phone, form_id: str) -> Document:
    phone.until(lambda: phone.all("[data-do=finish]"), "the list of answers")
    phone.press("finish")
    phone.until(lambda: stored(app, form_id), "sent")
    phone.press("lists")
    phone.until(lambda: phone.all("[data-list=forms]"))
    (document,) = stored(app, form_id)
    return document


def test_every_kind_of_question(app: Flask, phone: Phone) -> None:
    phone.take_along()
    phone.begin("types")
    page(phone, text="Satu\nDua")
    page(phone, integer="1.250")
    page(phone, decimal="1,5")
    phone.find("#q-range-3").click()
    next_page(phone)
    page(phone, date__month="Agt", date__year="2026")
    page(phone, time="14.30")
    page(phone, moment__day="17", moment__month="8", moment__year="2026", moment__time="25")
    assert "Kesalahan" in phone.driver.title
    phone.find("#q-moment-time").clear()
    page(phone, moment__time="8.05")
    phone.find("#q-acknowledge").click()
    next_page(phone)
    page(phone, barcode="A1")
    page(phone, geopoint="-7,7063; 114,0095")
    while phone.all("#next"):
        next_page(phone)
    assert "1,5" in phone.words
    assert "17 Agustus 2026" in phone.words
    assert finish(app, phone, "types")["answers"] == {
        "text": "Satu\nDua",
        "integer": 1250,
        "decimal": 1.5,
        "range": 3.0,
        "date": "2026-08-01",
        "time": "14:30:00",
        "moment": "2026-08-17T08:05:00",
        "acknowledge": "OK",
        "barcode": "A1",
        "geopoint": "-7.7063 114.0095 0 0",
    }


def test_rows_are_added_changed_and_removed(app: Flask, phone: Phone) -> None:
    phone.take_along()
    phone.begin("repeats")
    for name in ("Adi", "Budi", "Citra"):
        next_page(phone, "button[value=add]")
        page(phone, name=name)
        assert name in phone.heading
        page(phone, age="4")
    assert len(phone.all("ul.rows > li")) == 3
    assert accessible(phone) == []
    next_page(phone, "button[value=remove-2]")
    phone.find("ul.rows > li a").click()
    phone.until(lambda: phone.all("#q-name"))
    assert phone.find("#q-name").get_attribute("value") == "Adi"
    phone.driver.back()
    phone.until(lambda: phone.all("ul.rows"), "Back leads back")
    next_page(phone)
    page(phone, visits="2")
    while phone.all("#next"):
        next_page(phone)
    answers = finish(app, phone, "repeats")["answers"]
    assert answers["person"] == [{"name": "Adi", "age": 4}, {"name": "Citra", "age": 4}]
    assert answers["second"] == "Citra"
    assert len(answers["visit"]) == 2


def test_choices_and_pages_follow_the_answers(app: Flask, phone: Phone) -> None:
    phone.take_along()
    phone.begin("cascade")
    phone.find("input[value='3511']").click()
    next_page(phone)
    assert [e.get_attribute("value") for e in phone.all("#page input")] == ["tapen", "other"]
    phone.find("#q-district").click()
    next_page(phone)
    assert finish(app, phone, "cascade")["answers"] == {"regency": "3511", "district": "tapen"}
    phone.begin("in-page")
    assert not phone.all("#q-who")
    phone.find("#q-helped").click()
    phone.find("#next").click()
    phone.until(lambda: phone.all("#q-who"), "the page grows")
    assert phone.focused.get_attribute("class") == "notice"
    page(phone, who="Sri")
    assert finish(app, phone, "in-page")["answers"] == {"help": {"helped": "yes", "who": "Sri"}}
    phone.begin("piping")
    page(phone, called="<b>Ani & Co</b>")
    assert "Bagaimana kabar Anda, <b>Ani & Co</b>?" in phone.heading
    assert "Ani" not in phone.driver.title
    phone.find(".languages a[hreflang=en]").click()
    phone.until(lambda: "How are you, <b>Ani & Co</b>?" in phone.heading)
