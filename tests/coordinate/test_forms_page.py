"""The page of one form: open and closed, dates, versions, copies and files to take away."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from flask import Flask

from app.publishing import catalogue, publish_what_ships
from app.questionnaire.xlsform import convert
from tests.coordinate.forms_desk import TINY, Desk

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
NOW = datetime(2026, 8, 17, 3, tzinfo=UTC)


@pytest.fixture
def shipped(empty_app: Flask) -> Flask:
    with empty_app.app_context():
        publish_what_ships(NOW)
    return empty_app


def keep(desk: Desk, **values: str) -> str:
    page = desk.client.post("/coordinate/form/house", data=values, follow_redirects=True)
    return page.text


@LANGUAGES
def test_every_form_is_listed(shipped: Flask, tag: str) -> None:
    page = Desk(shipped, tag).client.get("/coordinate/forms").text
    for form_id in ("needs-assessment", "activity-feedback", "member-offer"):
        assert f"/coordinate/form/{form_id}" in page


def test_a_form_is_closed_and_opened(empty_app: Flask) -> None:
    desk = Desk(empty_app, "en")
    desk.publish(desk.upload())
    for state, status in (("no", 410), ("yes", 200)):
        assert "It is kept when people can answer this form." in keep(desk, state=state)
        assert empty_app.test_client().get("/f/house").status_code == status


@LANGUAGES
def test_a_form_is_open_from_day_to_day(empty_app: Flask, tag: str) -> None:
    desk = Desk(empty_app, tag)
    desk.publish(desk.upload())
    today = datetime.now(UTC)
    typed = {"id": "17 Agustus 2031", "en": "17 August 2031"}[tag]
    keep(desk, state="yes", opens="1 1 2020", closes=typed)
    assert empty_app.test_client().get("/f/house").status_code == 200
    page = desk.client.get("/coordinate/form/house").text
    assert f'value="{typed}"' in page
    keep(desk, state="yes", opens=typed, closes="")
    assert empty_app.test_client().get("/f/house").status_code == 410
    keep(desk, state="yes", opens="", closes=f"1 1 {today.year - 1}")
    assert empty_app.test_client().get("/f/house").status_code == 410
    keep(desk, state="yes", opens="", closes="")
    assert empty_app.test_client().get("/f/house").status_code == 200


def test_days_that_cannot_be_are_said(empty_app: Flask) -> None:
    desk = Desk(empty_app, "en")
    desk.publish(desk.upload())
    page = keep(desk, state="no", opens="17 August 2031", closes="16 August 2031")
    assert "The last day is before the first." in page
    assert 'value="16 August 2031"' in page
    assert "Write the date like this" in keep(desk, state="yes", opens="some day")
    assert empty_app.test_client().get("/f/house").status_code == 200


def test_the_dates_of_the_form_itself_are_shown(empty_app: Flask) -> None:
    desk = Desk(empty_app, "en")
    dated = TINY.replace(b"form_id: house", b"form_id: house, opens: 2020-01-02")
    assert 'value="2 January 2020"' in desk.publish(desk.upload(dated)).text


def links(page: str) -> list[str]:
    return re.findall(
        r'href="(/coordinate/form/[^"]+/version/[^"]+/(?:xlsform|xform|original))"', page
    )


def test_a_shipped_form_is_taken_away_as_xlsx(shipped: Flask) -> None:
    desk = Desk(shipped, "en")
    page = desk.client.get("/coordinate/form/needs-assessment").text
    xlsform, xform = links(page)
    taken = desk.client.get(xlsform)
    assert taken.headers["Content-Disposition"].startswith("attachment;")
    book = openpyxl.load_workbook(io.BytesIO(taken.data))
    assert {"survey", "choices", "settings"} <= set(book.sheetnames)
    columns = [cell.value for cell in book["survey"][1]]
    assert {"class", "label::Bahasa Indonesia (id)", "label::English (en)"} <= set(columns)
    with shipped.app_context():
        published = catalogue().get("needs-assessment")
    assert desk.client.get(xform).data == published.xml
    assert convert(taken.data).form.id == "needs-assessment"


def test_the_uploaded_file_is_taken_away_as_it_was(empty_app: Flask) -> None:
    desk = Desk(empty_app, "en")
    page = desk.publish(desk.upload(TINY, "rumah kami.yaml")).text
    original = desk.client.get(links(page)[2])
    assert original.data == TINY
    assert "rumah%20kami.yaml" in original.headers["Content-Disposition"] or (
        'filename="rumah kami.yaml"' in original.headers["Content-Disposition"]
    )


def test_what_is_not_there_is_not_found(shipped: Flask) -> None:
    desk = Desk(shipped, "en")
    for path in ("no-such-form", "no-such-form/copy", "needs-assessment/version/9/xform"):
        assert desk.client.get(f"/coordinate/form/{path}").status_code == 404
    with shipped.app_context():
        key = catalogue().get("needs-assessment").folder.name
    path = f"/coordinate/form/needs-assessment/version/{key}/original"
    assert desk.client.get(path).status_code == 404


@LANGUAGES
def test_a_copy_waits_under_its_own_id(shipped: Flask, tag: str) -> None:
    desk = Desk(shipped, tag)
    address = "/coordinate/form/needs-assessment/copy"
    desk.client.get(address)
    checked = desk.client.post(address, data={"form_id": "kebutuhan-2"}, follow_redirects=True)
    assert "kebutuhan-2.xlsx" in checked.text
    (link,) = re.findall(r'href="([^"]+/xlsform)"', checked.text)
    assert convert(desk.client.get(link).data).form.id == "kebutuhan-2"
    page = desk.publish(checked)
    assert page.request.path == "/coordinate/form/kebutuhan-2"
    with shipped.app_context():
        copied, shown = catalogue().get("kebutuhan-2"), catalogue().get("needs-assessment")
    assert [q.name for q in copied.form.questions()] == [q.name for q in shown.form.questions()]
    assert copied.title == shown.title


@pytest.mark.parametrize("form_id", ["", "with space", "-x", "../x", "x" * 65, "member-offer"])
def test_an_id_that_cannot_be_is_said(shipped: Flask, form_id: str) -> None:
    desk = Desk(shipped, "en")
    address = "/coordinate/form/needs-assessment/copy"
    desk.client.get(address)
    page = desk.client.post(address, data={"form_id": form_id})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text
