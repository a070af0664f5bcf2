"""The coordinator's pages, in both languages, with and without answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from flask import Flask

from app.accounts import Role
from app.demo.invent import SHARES
from app.publishing import catalogue, publish_what_ships
from app.stores import stores
from tests.conftest import LintingClient
from tests.coordinate.conftest import RESPONSES, signed_in

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
FORM = "/coordinate/form/needs-assessment"


def count(app: Flask, form_id: str = "needs-assessment") -> int:
    with app.app_context():
        return stores().responses(form_id).count()


@LANGUAGES
def test_the_dashboard_tells_how_many_when_from_where_and_how(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    page = coordinator.get(f"/coordinate?lang={tag}").text
    for form_id in SHARES:
        section = page.partition(f'<section id="form-{form_id}"')[2].partition("</section>")[0]
        counts = [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', section)]
        assert sum(counts[-20:]) > 0
        assert f"/coordinate/form/{form_id}/summary" in section
    assert f'<td class="number">{count(app)}</td>' in page
    assert "http://localhost/f/needs-assessment" in page
    assert "Situbondo" in page


@LANGUAGES
def test_a_new_installation_says_what_is_still_missing(empty_app: Flask, tag: str) -> None:
    coordinator = signed_in(empty_app, Role.COORDINATOR)
    with empty_app.app_context():
        publish_what_ships(datetime.now(UTC))
    page = coordinator.get(f"/coordinate?lang={tag}").text
    assert {"id": "Penanggung jawab data", "en": "Responsible for the data"}[tag] in page
    assert {"id": "Belum ada yang mengisi.", "en": "Nobody has answered yet."}[tag] in page


def test_an_installation_without_forms_has_a_dashboard(empty_app: Flask) -> None:
    assert signed_in(empty_app, Role.COORDINATOR).get("/coordinate").status_code == 200


@LANGUAGES
def test_a_form_is_closed_and_opened_again(
    app: Flask, coordinator: LintingClient, client: LintingClient, tag: str
) -> None:
    for wanted, status in (("no", 410), ("yes", 200)):
        coordinator.get(f"/coordinate?lang={tag}")
        answer = coordinator.post(f"{FORM}/open", data={"open": wanted})
        assert answer.location == "/coordinate#form-needs-assessment"
        assert 'role="status"' in coordinator.get("/coordinate").text
        assert client.get("/f/needs-assessment").status_code == status


@LANGUAGES
def test_responses_are_listed_newest_first_a_page_at_a_time(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    seen: list[str] = []
    address = f"{FORM}/responses?lang={tag}"
    while address:
        page = coordinator.get(address).text
        seen += re.findall(r"/responses/(\d+-\d+)", page)
        found = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    with app.app_context():
        stored = [key for key, _ in stores().responses("needs-assessment").each()]
    assert seen == stored[::-1]


@pytest.mark.parametrize("page", ["0", "-3", "999", "x"])
def test_a_page_that_is_not_there_is_the_nearest(coordinator: LintingClient, page: str) -> None:
    assert "/responses/0" in coordinator.get(f"{FORM}/responses?page={page}").text


@LANGUAGES
@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("place=3512", lambda d: d["answers"]["about_you"]["kabkota"] == "3512"),
        ("channel=assisted", lambda d: d["channel"] == "assisted"),
        ("spoken=en", lambda d: d["language"] == "en"),
        ("since=1+Agustus+2026&until=2026-08-15", lambda d: "2026-08-01" <= wib(d) <= "2026-08-15"),
    ],
)
def test_filters_let_through_what_they_say(
    app: Flask, coordinator: LintingClient, query: str, keeps, tag: str
) -> None:
    with app.app_context():
        collection = stores().responses("needs-assessment")
        expected = {key for key, document in collection.each() if keeps(document)}
    page = coordinator.get(f"{FORM}/responses?{query}&lang={tag}").text
    assert len(expected) < count(app)
    assert set(re.findall(r"/responses/(\d+-\d+)", page)) <= expected
    words = {"id": f"{len(expected)} jawaban ditemukan", "en": f"{len(expected)} answer"}
    assert words[tag] in page


def wib(document: dict[str, str]) -> str:
    from zoneinfo import ZoneInfo

    submitted = datetime.fromisoformat(document["submitted"])
    return submitted.astimezone(ZoneInfo("Asia/Jakarta")).date().isoformat()


@LANGUAGES
@pytest.mark.parametrize("page", ["responses", "summary"])
@pytest.mark.parametrize(
    ("query", "control"),
    [
        ("since=31+Februari+2026", "since"),
        ("since=17-8-2026&until=16-8-2026", "until"),
        ("until=yesterday", "until"),
        ("place=nowhere", "place"),
        ("spoken=%00", "spoken"),
    ],
)
def test_a_wrong_filter_is_told_and_shows_everything(
    app: Flask, coordinator: LintingClient, page: str, query: str, control: str, tag: str
) -> None:
    text = coordinator.get(f"{FORM}/{page}?{query}&lang={tag}").text
    assert f'href="#{control}"' in text
    assert str(count(app)) in text


@LANGUAGES
def test_one_response_in_words_with_version_and_consent(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    with app.app_context():
        collection = stores().responses("needs-assessment")
        key, document = next(
            (k, d) for k, d in collection.each() if d["answers"]["about_you"]["kabkota"] == "3512"
        )
        version = catalogue().get("needs-assessment").version
    page = coordinator.get(f"{FORM}/responses/{key}?lang={tag}").text
    assert {"id": "Kabupaten Situbondo", "en": "Situbondo Regency"}[tag] in page
    assert document["consent"]["text"] in page
    assert f"<dd>{version}</dd>" in page
    assert document["receipt"] not in page


@LANGUAGES
def test_contact_data_are_shown_apart_only(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    with app.app_context():
        _, contact = next(iter(stores().contacts("needs-assessment").each()))
        found = stores().responses("needs-assessment").find(id=contact["id"])
        assert found is not None
    phone = next(iter(contact["contact"]["finish_part"].values()))["c_phone"]
    answers = coordinator.get(f"{FORM}/responses/{found[0]}?lang={tag}").text
    assert phone not in answers
    assert f"/responses/{found[0]}/contact" in answers
    page = coordinator.get(f"{FORM}/responses/{found[0]}/contact?lang={tag}").text
    assert phone in page
    assert "Situbondo" not in page


def test_who_left_no_contact_has_no_contact_page(app: Flask, coordinator: LintingClient) -> None:
    with app.app_context():
        known = {document["id"] for _, document in stores().contacts("needs-assessment").each()}
        collection = stores().responses("needs-assessment")
        key = next(key for key, document in collection.each() if document["id"] not in known)
    assert "/contact" not in coordinator.get(f"{FORM}/responses/{key}").text
    assert coordinator.get(f"{FORM}/responses/{key}/contact").status_code == 404


@pytest.mark.parametrize("key", ["000001-1", "x", "..%2F..%2Fsecret.key", "999999-1"])
def test_a_response_that_is_not_there_is_not_found(coordinator: LintingClient, key: str) -> None:
    assert coordinator.get(f"{FORM}/responses/{key}").status_code == 404


@LANGUAGES
@pytest.mark.parametrize("form_id", SHARES)
def test_every_form_has_a_summary_that_says_who_it_is_for(
    coordinator: LintingClient, form_id: str, tag: str
) -> None:
    page = coordinator.get(f"/coordinate/form/{form_id}/summary?lang={tag}").text
    assert {"id": "bukan untuk disebarkan", "en": "not for distribution"}[tag] in page
    assert {"id": "bukan sampel acak", "en": "not from a random sample"}[tag] in page
    for other in ("id", "en"):
        assert f"/coordinate/form/{form_id}/summary-{other}.pdf" in page


@LANGUAGES
def test_the_summary_counts_what_the_filters_let_through(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    with app.app_context():
        collection = stores().responses("needs-assessment")
        assisted = sum(1 for _, document in collection.each() if document["channel"] == "assisted")
    assert 0 < assisted < count(app)
    page = coordinator.get(f"{FORM}/summary?channel=assisted&lang={tag}").text
    assert f"<strong>{assisted}</strong>" in page
    assert "summary-en.pdf?channel=assisted" in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_is_in_the_language_of_its_address(
    coordinator: LintingClient, language: str
) -> None:
    response = coordinator.get(f"/coordinate/form/member-offer/summary-{language}.pdf?lang=id")
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF")
    assert f"-{language}.pdf" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    with pikepdf.open(BytesIO(response.data)) as document:
        assert str(document.Root.Lang).startswith(language)


def test_a_pdf_in_another_language_is_not_found(coordinator: LintingClient) -> None:
    assert coordinator.get(f"{FORM}/summary-xx.pdf").status_code == 404


@LANGUAGES
def test_saying_a_network_setting_publishes_the_forms_again(
    app: Flask, coordinator: LintingClient, client: LintingClient, tag: str
) -> None:
    page = coordinator.get(f"/coordinate/network?lang={tag}").text
    boxes = dict(re.findall(r'id="([a-z_]+\.[a-z]+)" name="[^"]+" value="([^"]*)"', page))
    with app.app_context():
        before = catalogue().get("needs-assessment").version
    data = {**boxes, "contact.id": "WA 0800 5555", "contact.en": "WA 0800 5555"}
    assert coordinator.post("/coordinate/network", data=data).status_code == 302
    assert "WA 0800 5555" in coordinator.get("/coordinate/network").text
    with app.app_context():
        published = catalogue().get("needs-assessment")
        assert published.version != before
        assert b"WA 0800 5555" in published.xml
        key, document = next(iter(stores().responses("needs-assessment").each()))
        assert document["version"] == before
    assert coordinator.get(f"{FORM}/responses/{key}").status_code == 200


def test_the_language_switch_keeps_what_was_typed_and_changes_nothing(
    app: Flask, coordinator: LintingClient
) -> None:
    coordinator.get("/coordinate/network")
    data = {"contact.id": "belum selesai", "lang": "en"}
    page = coordinator.post("/coordinate/network", data=data).text
    assert 'value="belum selesai"' in page
    assert '<html lang="en"' in page
    with app.app_context():
        assert b"belum selesai" not in catalogue().get("needs-assessment").xml


@LANGUAGES
def test_an_activity_is_set_up_and_its_links_open_its_forms(
    coordinator: LintingClient, client: LintingClient, tag: str
) -> None:
    coordinator.get(f"/coordinate/activities?lang={tag}")
    data = {"title": "Rapat <Desa>", "day": "17 Agustus 2026"}
    assert coordinator.post("/coordinate/activities", data=data).status_code == 302
    page = coordinator.get("/coordinate/activities").text
    assert "Rapat &lt;Desa&gt;" in page
    links = re.findall(r'href="http://localhost(/f/[^"]+\?activity=rapat-desa-[^"]+)"', page)
    assert len(links) == 2
    for link in links:
        assert "Rapat &lt;Desa&gt;" in client.get(f"{link}&lang={tag}").text


@LANGUAGES
def test_an_activity_needs_a_name_and_a_day(coordinator: LintingClient, tag: str) -> None:
    coordinator.get(f"/coordinate/activities?lang={tag}")
    page = coordinator.post("/coordinate/activities", data={"title": " ", "day": "soon"}).text
    assert 'href="#title"' in page
    assert 'href="#day"' in page
    assert 'value="soon"' in page


def test_invented_people_leave_as_many_answers_as_asked_for(app: Flask) -> None:
    total = sum(count(app, form_id) for form_id in SHARES)
    assert abs(total - RESPONSES) <= len(SHARES)
