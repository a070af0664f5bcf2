"""A form is uploaded, checked, tried and published; nothing is kept that nobody asked to keep."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.coordinate import form_waiting
from app.coordinate.form_upload import file_name
from app.publishing import catalogue
from app.settings import Settings
from tests.coordinate.forms_desk import TINY, Desk

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "xlsforms"
LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
LIST = b"name,label\na,Asembagus\n"
WITH_FILE = TINY.replace(b"type: integer", b"type: select_one_from_file desa.csv")


@pytest.fixture
def desk(empty_app: Flask) -> Desk:
    return Desk(empty_app, "en")


def forms(app: Flask) -> tuple[str, ...]:
    with app.app_context():
        return catalogue().ids()


def kept(app: Flask) -> list[Path]:
    settings: Settings = app.extensions["settings"]
    return [path for path in (settings.data / "uploads").rglob("*") if path.is_file()]


@LANGUAGES
def test_a_form_without_problems_can_be_published(empty_app: Flask, tag: str) -> None:
    desk = Desk(empty_app, tag)
    checked = desk.upload()
    assert {"id": "Formulir ini dapat diterbitkan", "en": "This form can be published"}[
        tag
    ] in checked.text
    assert "house.yaml" in checked.text
    assert forms(empty_app) == ()
    page = desk.publish(checked)
    assert page.request.path == "/coordinate/form/house"
    assert {"id": "Rumah", "en": "House"}[tag] in page.text
    assert forms(empty_app) == ("house",)
    assert empty_app.test_client().get("/f/house").status_code == 200


@LANGUAGES
def test_every_problem_is_told_at_once_at_its_place(empty_app: Flask, tag: str) -> None:
    wrong = TINY.replace(b"name: rooms", b"name: 1 room").replace(b"integer", b"integr")
    checked = Desk(empty_app, tag).upload(wrong + b"  - {type: text, name: b, label: {id: B}}\n")
    words = {
        "id": "Formulir ini belum dapat diterbitkan",
        "en": "This form cannot be published yet",
    }
    assert words[tag] in checked.text
    assert checked.text.count("<li>") >= 3
    assert 'role="alert"' in checked.text
    for quoted in ("1 room", "integr", "label::English (en)"):
        assert f'<bdi lang="">{quoted}</bdi>' in checked.text


def test_a_page_of_very_many_problems_stays_readable(empty_app: Flask, desk: Desk) -> None:
    rows = b"".join(b"  - {type: text, name: 1x%d, label: A}\n" % n for n in range(1500))
    checked = desk.upload(b"survey:\n" + rows)
    assert "1500 things must be changed." in checked.text
    assert "1300 more problems are not listed." in checked.text
    assert len(checked.text) < 200_000


def test_of_a_refused_form_only_what_was_found_is_kept(empty_app: Flask, desk: Desk) -> None:
    desk.upload(b"survey:\n  - {type: text}\n")
    assert [path.name for path in kept(empty_app)] == ["upload.json"]


def test_no_file_chosen_is_said(desk: Desk) -> None:
    page = desk.send(b"", "")
    assert page.status_code == 200
    assert "Choose the file of the form." in page.text


def test_files_of_the_form_come_along(empty_app: Flask, desk: Desk) -> None:
    alone = desk.upload(WITH_FILE)
    assert "desa.csv" in alone.text
    assert "What keeps it from being opened" in alone.text
    checked = desk.upload(
        WITH_FILE, others={"desa.csv": LIST, "notes.vtt": b"", "x.svg": b"<svg/>"}
    )
    assert "x.svg" in checked.text
    desk.publish(desk.upload(WITH_FILE, others={"desa.csv": LIST, "notes.vtt": b""}))
    with empty_app.app_context():
        assert catalogue().get("house").files == {"desa.csv": LIST}


def test_a_blocked_form_is_published_and_stays_closed(empty_app: Flask, desk: Desk) -> None:
    page = desk.publish(desk.upload(WITH_FILE))
    assert "What keeps it from being opened" in page.text
    assert empty_app.test_client().get("/f/house").status_code == 410


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\sri\\form.xlsx", "form.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..", "form"),
        ("", "form"),
        ("\u202egpj.xlsx", "gpj.xlsx"),
        ("a\x00\x1b[31mb.csv", "a[31mb.csv"),
        ('<b>"x".md', "_b__x_.md"),
        ("x" * 300 + ".yaml", "x" * 90 + ".yaml"),
        ("formulir kami.xlsx", "formulir kami.xlsx"),
    ],
)
def test_a_file_name_is_safe_to_show_and_to_keep(given: str, shown: str) -> None:
    assert file_name(given) == shown


def test_a_name_with_markup_is_text(desk: Desk) -> None:
    checked = desk.upload(name="<img src=x onerror=alert(1)>.yaml")
    assert "<img" not in checked.text


def test_a_new_version_says_what_it_replaces(empty_app: Flask, desk: Desk) -> None:
    desk.publish(desk.upload())
    checked = desk.upload(TINY.replace(b"How many rooms", b"How many doors"))
    assert "There is a form with this id already:" in checked.text
    page = desk.publish(checked)
    assert page.text.count("Download as XForm") == 2


def test_an_upload_belongs_to_one_coordinator(empty_app: Flask, desk: Desk) -> None:
    address = desk.upload().request.path
    other = Desk(empty_app, "en", "Budi")
    for path in (address, f"{address}/preview/f/house", f"{address}/preview-end"):
        assert other.client.get(path).status_code == 404
        assert desk.client.get(path).status_code == 200
    other.client.get("/coordinate/forms/upload")
    for action in ("publish", "discard"):
        assert other.client.post(f"{address}/{action}", data={}).status_code == 404
    assert desk.client.get(f"{address}x").status_code == 404


def test_an_upload_can_be_thrown_away(empty_app: Flask, desk: Desk) -> None:
    checked = desk.upload()
    assert "house.yaml" in desk.client.get("/coordinate/forms").text
    page = desk.press(checked, "discard")
    assert "The upload is deleted." in page.text
    assert "house.yaml" not in page.text
    assert kept(empty_app) == []


def test_what_nobody_touched_for_days_is_thrown_away(empty_app: Flask, desk: Desk) -> None:
    address = desk.upload().request.path
    settings: Settings = empty_app.extensions["settings"]
    (folder,) = (settings.data / "uploads").glob("*/*")
    form_waiting.expire(settings.data / "uploads", datetime.now(UTC))
    assert desk.client.get(address).status_code == 200
    old = (datetime.now(UTC) - form_waiting.KEPT - timedelta(hours=1)).timestamp()
    os.utime(folder, (old, old))
    desk.client.get("/coordinate/forms")
    assert desk.client.get(address).status_code == 404


def test_the_oldest_upload_goes_when_there_are_many(empty_app: Flask, desk: Desk) -> None:
    first = desk.upload().request.path
    for _ in range(form_waiting.MOST):
        desk.send(TINY)
    assert desk.client.get(first).status_code == 404
    settings: Settings = empty_app.extensions["settings"]
    assert len(list((settings.data / "uploads").glob("*/*"))) == form_waiting.MOST


def test_a_post_without_the_token_is_refused(empty_app: Flask, desk: Desk) -> None:
    desk.client.token = "forged"
    assert desk.client.post("/coordinate/forms/upload", data={}).status_code == 400


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["id", "en"])
def test_the_forms_of_others_are_told_in_both_languages(empty_app: Flask, tag: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/xlsforms is not on this machine")
    desk = Desk(empty_app, tag)
    refused = set()
    for path in sorted(SHARED.glob("*.[xcm]*")):
        checked = desk.upload(path.read_bytes(), path.name)
        if "preview/f/" not in checked.text:
            refused.add(path.name)
    assert refused == {
        # A repeat inside a repeat.
        "pyxform__UCL_Biomass_Plot_Form.xlsx",
        # Questions and choices that are only a picture.
        "pyxform__attribute_columns_test.xlsx",
    }
