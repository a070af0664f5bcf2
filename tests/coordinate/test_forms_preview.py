"""A preview is what respondents will meet, in every language, and leaves nothing behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.publishing import catalogue
from app.settings import Settings
from app.stores import stores
from tests.coordinate.forms_desk import TINY, Desk
from tests.respond.person import Person

ROOT = Path(__file__).parents[2]
SHIPPED = ("needs-assessment", "activity-feedback", "activity-registration", "member-offer")
BANNER = {
    "id": "Pratinjau: apa yang Anda tulis di sini tidak dikirim dan tidak dihitung.",
    "en": "Preview: nothing that you write here is sent or counted.",
}
RULES = b"""
settings:
  - {form_id: rules, form_title: {id: Aturan, en: Rules}}
survey:
  - type: select_one yes_no
    name: children
    required: yes
    label: {id: Punya anak?, en: Any children?}
  - type: integer
    name: how_many
    relevant: ${children} = 'y'
    constraint: . < 20
    constraint_message: {id: Paling banyak 19., en: At most 19.}
    label: {id: Berapa?, en: How many?}
choices:
  - {list_name: yes_no, name: y, label: {id: Ya, en: Yes}}
  - {list_name: yes_no, name: n, label: {id: Tidak, en: No}}
"""


@pytest.fixture
def desk(empty_app: Flask) -> Desk:
    return Desk(empty_app, "en")


def text(person: Person) -> str:
    return person.response.text


@pytest.mark.parametrize(("number", "tag"), [(0, "id"), (1, "en")])
def test_each_language_can_be_tried(desk: Desk, number: int, tag: str) -> None:
    person = desk.preview(desk.upload(), number)
    assert BANNER[tag] in text(person)
    person.press("start")
    assert f'<html lang="{tag}"' in text(person)
    assert {"id": "Berapa kamar?", "en": "How many rooms?"}[tag] in text(person)
    assert BANNER[tag] in text(person)


def test_the_rules_of_the_form_hold(desk: Desk) -> None:
    person = desk.preview(desk.upload(RULES), 1).press("start")
    person.next()
    assert "Please answer this question." in text(person)
    person.next({"children": "y"}).next({"how_many": "20"})
    assert "At most 19." in text(person)
    person.switch("id")
    assert "Berapa?" in text(person)
    assert person.boxes()["how_many"] == "20"
    person.next({"how_many": "2"})
    assert person.path.endswith("/preview/f/rules/check")


def test_sending_ends_the_preview_and_stores_nothing(empty_app: Flask, desk: Desk) -> None:
    checked = desk.upload()
    person = desk.preview(checked, 1).press("start").next({"rooms": "3"})
    person.press("page")
    assert person.path == f"{checked.request.path}/preview-end"
    assert "Yours were not sent and are not counted." in text(person)
    assert BANNER["en"] not in text(person)
    desk.publish(checked)
    with empty_app.app_context():
        assert stores().responses("house").count() == 0
    settings: Settings = empty_app.extensions["settings"]
    assert not list((settings.data / "drafts").glob("*.json"))
    assert not list((settings.data / "responses").rglob("*.json"))
    assert not list((settings.data / "uploads").rglob("*.json"))


def test_leaving_leads_back(desk: Desk) -> None:
    checked = desk.upload()
    person = desk.preview(checked, 1)
    assert f'<a href="{checked.request.path}">' in text(person)


def test_a_preview_is_no_page_of_the_public_site(empty_app: Flask, desk: Desk) -> None:
    desk.preview(desk.upload())
    assert empty_app.test_client().get("/f/house").status_code == 404


def test_the_cookie_of_a_preview_stays_with_it(desk: Desk) -> None:
    checked = desk.upload()
    desk.preview(checked).press("start")
    paths = {c.path for c in desk.client._cookies.values() if c.key == "preview"}
    assert paths == {f"{checked.request.path}/preview/"}


def test_the_language_of_a_preview_stays_with_it(desk: Desk) -> None:
    checked = desk.upload()
    person = desk.preview(checked, 0)
    assert '<html lang="id"' in text(person)
    assert '<html lang="id"' in text(person.press("start"))
    assert '<html lang="en"' in desk.client.get(checked.request.path).text


def test_nothing_else_can_be_reached_in_a_preview(desk: Desk) -> None:
    base = f"{desk.upload().request.path}/preview"
    for path in ("coordinate", "account/sign-in", "f/other", "health"):
        assert desk.client.get(f"{base}/{path}").status_code == 404


def test_a_forged_post_is_refused(desk: Desk) -> None:
    base = f"{desk.upload().request.path}/preview"
    response = desk.client.post(f"{base}/f/house", data={"csrf_token": "forged"})
    assert response.status_code == 400


def test_pictures_are_shown_in_a_preview(desk: Desk) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(600)
    source = TINY.replace(b"label:", b"media::image: {id: r.png}, alt_text: {id: R, en: R}, label:")
    person = desk.preview(desk.upload(source, others={"r.png": picture}), 1).press("start")
    (address,) = re.findall(r'(?:src|href)="([^"]*r\.png[^"]*)"', text(person))
    assert "/preview/" in address
    assert desk.client.get(address).data == picture


@pytest.mark.parametrize("form_id", SHIPPED)
def test_shipped_forms_can_be_tried(desk: Desk, form_id: str) -> None:
    source = (ROOT / "forms" / f"{form_id}.yaml").read_bytes()
    person = desk.preview(desk.upload(source, f"{form_id}.yaml"), 0)
    assert person.response.status_code == 200
    person.press("start")
    assert "/p/" in person.path


def test_old_versions_can_be_tried(empty_app: Flask, desk: Desk) -> None:
    desk.publish(desk.upload())
    page = desk.publish(desk.upload(TINY.replace(b"How many rooms", b"How many doors")))
    newest, oldest = (desk.preview(page, number).press("start") for number in (1, 3))
    assert "How many doors?" in text(newest)
    assert "How many rooms?" in text(oldest)
    oldest.next({"rooms": "3"}).press("page")
    assert oldest.path.endswith("/preview-end")
    with empty_app.app_context():
        assert len(catalogue().versions("house")) == 2
        assert stores().responses("house").count() == 0
