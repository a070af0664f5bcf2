"""What a phone downloads: the form list, forms, manifests and their files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from app import create_app
from app.accounts import Account
from app.accounts.openrosa import token_of
from app.accounts.services import Services
from app.catalogue import SHIPPED, Catalogue
from app.questionnaire.network import read_network
from app.questionnaire.xlsform import convert
from app.settings import Settings
from tests.openrosa.conftest import NOW, VILLAGES, VISIT, MakePhone
from tests.openrosa.phone import ENKETO, Phone, check_headers


def digest(content: bytes) -> str:
    return f"md5:{md5(content, usedforsecurity=False).hexdigest()}"


def publish_changed(catalogue: Catalogue) -> None:
    source = (
        VISIT.read_bytes().replace(b"version: 7", b"version: 8").replace(b"Apakah", b"Bolehkah")
    )
    catalogue.publish(convert(source, files={"villages.csv": VILLAGES}), NOW + timedelta(days=1))


def test_the_list_has_all_that_collect_needs(phone: Phone) -> None:
    (form,) = phone.forms()
    assert form["formID"] == "visit"
    assert form["name"] == "Kunjungan"
    assert form["version"] == "7"
    assert "descriptionText" not in form
    assert form["downloadUrl"].startswith(f"{phone.base}/")


def test_the_name_is_in_the_language_of_whoever_asks(phone: Phone) -> None:
    phone.headers = {**phone.headers, "Accept-Language": "en"}
    assert phone.forms()[0]["name"] == "Home visit"
    assert phone.forms("?verbose=true")[0]["descriptionText"] == "Kunjungan"


def test_a_form_is_downloaded_byte_for_byte(phone: Phone, catalogue: Catalogue) -> None:
    (form,) = phone.forms()
    downloaded = phone.get(form["downloadUrl"]).data
    assert downloaded == catalogue.get("visit").xml
    assert digest(downloaded) == form["hash"]


def test_files_of_a_form_are_in_its_manifest(phone: Phone) -> None:
    (form,) = phone.forms()
    (file,) = phone.manifest(form["manifestUrl"])
    assert file["filename"] == "villages.csv"
    downloaded = phone.get(file["downloadUrl"])
    assert downloaded.data == VILLAGES
    assert digest(downloaded.data) == file["hash"]


def test_a_form_without_files_has_no_manifest(phone: Phone, catalogue: Catalogue) -> None:
    gate = Path(__file__).parent.parent / "forms" / "gate.yaml"
    catalogue.publish(convert(gate.read_bytes()), NOW)
    (form,) = phone.forms("?formID=gate")
    assert "manifestUrl" not in form
    assert phone.get(form["downloadUrl"]).data == catalogue.get("gate").xml


def test_only_the_form_that_was_asked_for(phone: Phone, catalogue: Catalogue) -> None:
    gate = Path(__file__).parent.parent / "forms" / "gate.yaml"
    catalogue.publish(convert(gate.read_bytes()), NOW)
    assert [form["formID"] for form in phone.forms()] == ["visit", "gate"]
    assert [form["formID"] for form in phone.forms("?formID=visit")] == ["visit"]
    assert phone.forms("?formID=none") == []


def test_every_version_can_still_be_downloaded(phone: Phone, catalogue: Catalogue) -> None:
    (before,) = phone.forms()
    publish_changed(catalogue)
    (current,) = phone.forms()
    assert current["version"] == "8"
    assert current["hash"] != before["hash"]
    every = phone.forms("?listAllVersions=true")
    assert [form["version"] for form in every] == ["7", "8"]
    for form in every:
        assert digest(phone.get(form["downloadUrl"]).data) == form["hash"]


@pytest.mark.parametrize("close", ["switch", "date"])
def test_a_form_is_listed_only_while_it_is_open(
    phone: Phone, catalogue: Catalogue, close: str
) -> None:
    if close == "switch":
        catalogue.set_open("visit", False)
    else:
        catalogue.set_dates("visit", None, date(2020, 1, 1))
    assert phone.forms() == []
    assert phone.forms("?formID=visit") == []


def test_a_form_about_an_activity_is_listed_only_when_asked_for(
    phone: Phone, catalogue: Catalogue
) -> None:
    source = VISIT.read_text().replace("interview_mode", "activity_id", 1)
    source = source.replace("form_id: visit", "form_id: opinion").replace(
        "${interview_mode}", "${activity_id}"
    )
    catalogue.publish(convert(source.encode(), files={"villages.csv": VILLAGES}), NOW)
    assert [form["formID"] for form in phone.forms()] == ["visit"]
    assert [form["formID"] for form in phone.forms("?formID=opinion")] == ["opinion"]


def test_enketo_asks_with_head_first(phone: Phone) -> None:
    phone.headers, phone.query = ENKETO, "?formID=visit"
    head = phone.open("HEAD", f"{phone.base}/formList")
    assert head.status_code == 200
    assert head.data == b""
    (form,) = phone.forms("?formID=visit")
    phone.query = ""
    assert phone.get(form["downloadUrl"]).data


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_submissions_are_announced_with_204(phone: Phone, method: str) -> None:
    response = phone.open(method, f"{phone.base}/submission")
    assert response.status_code == 204
    assert response.data == b""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "", 404),
        ("GET", "/forms/visit/0123/form.xml", 404),
        ("GET", "/forms/none/0123/manifest.xml", 404),
        ("GET", "/forms/..%2Fstate/0123/form.xml", 404),
        ("DELETE", "/submission", 405),
        ("POST", "/formList", 405),
    ],
)
def test_errors_have_the_headers_too(phone: Phone, method: str, path: str, status: int) -> None:
    response = phone.open(method, phone.base + path)
    assert response.status_code == status
    assert b'nature="error"' in response.data
    assert ("Allow" in response.headers) is (status == 405)


def test_a_file_of_another_name_is_not_there(phone: Phone) -> None:
    (form,) = phone.forms()
    (file,) = phone.manifest(form["manifestUrl"])
    address = file["downloadUrl"].replace("villages.csv", "..%2Fmeta.json")
    assert phone.open("GET", address).status_code == 404


# -- whose address it is


def test_a_wrong_token_opens_nothing(phone: Phone) -> None:
    phone.base = phone.base[:-1] + ("A" if phone.base[-1] != "A" else "B")
    for method, path in (("GET", "/formList"), ("HEAD", "/submission"), ("POST", "/submission")):
        response = phone.open(method, phone.base + path)
        assert response.status_code == 403, path


def test_a_renewed_address_stops_at_once(
    phone: Phone, make_phone: MakePhone, siti: Account, services: Services
) -> None:
    assert phone.may_send()
    renewed = services.accounts.change(siti.id, collect_serial=siti.collect_serial + 1)
    assert not phone.may_send()
    assert make_phone(renewed).may_send()


def test_an_account_that_is_removed_collects_no_more(
    phone: Phone, siti: Account, services: Services
) -> None:
    services.accounts.remove(siti.id)
    assert not phone.may_send()


@pytest.mark.parametrize("language", ["id", "en"])
def test_refusals_are_in_the_language_of_whoever_asks(phone: Phone, language: str) -> None:
    phone.headers = {**phone.headers, "Accept-Language": language}
    phone.base += "x"
    response = phone.open("GET", f"{phone.base}/formList")
    assert response.headers["Content-Language"] == language
    begins = {"id": "Alamat server ini", "en": "This server address"}
    assert begins[language] in response.text


def test_addresses_are_below_the_public_one(settings: Settings, siti: Account) -> None:
    public = replace(settings, url="https://suara.example.org/di")
    app: Flask = create_app(public)
    catalogue: Catalogue = app.extensions["catalogue"]
    catalogue.publish(convert(VISIT.read_bytes(), files={"villages.csv": VILLAGES}), NOW)
    with app.app_context():
        token = token_of(siti)
    response = Client(app).get(
        f"/openrosa/{token}/formList", environ_overrides={"SCRIPT_NAME": "/di"}
    )
    check_headers(response)
    assert f"<downloadUrl>https://suara.example.org/di/openrosa/{token}/forms/" in response.text


def test_the_shipped_forms_can_be_collected(phone: Phone, catalogue: Catalogue) -> None:
    network = read_network((SHIPPED / "network.yaml").read_bytes())
    said = network.saying({name: {"id": "PPDiS", "en": "PPDiS"} for name in network.missing()})
    source = (SHIPPED / "needs-assessment.yaml").read_bytes()
    catalogue.publish(convert(source, said), NOW)
    form = next(form for form in phone.forms() if form["formID"] == "needs-assessment")
    assert form["name"] == "Suara Warga: Kebutuhan dan Layanan"
