"""The coordinator chooses an edition, looks at it, and gives it out."""

from __future__ import annotations

import csv
import io
import json

import pikepdf
import pytest
from flask import Flask
from openpyxl import load_workbook

from app.accounts import Role
from app.activities import activities
from app.settings import Settings
from app.stores import stores
from app.summaries.actions import Action, Actions
from tests.conftest import LintingClient
from tests.coordinate.conftest import signed_in

PAGE = "/coordinate/form/needs-assessment/editions"
FILE = "/coordinate/form/needs-assessment/edition."
LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
EDITIONS = pytest.mark.parametrize("edition", ["internal", "network", "public"])
HIDDEN = "Not shown, to protect privacy"


@LANGUAGES
@EDITIONS
@pytest.mark.parametrize(
    "form_id", ["needs-assessment", "activity-feedback", "activity-registration", "member-offer"]
)
def test_every_form_has_every_edition_in_every_language(
    coordinator: LintingClient, form_id: str, edition: str, tag: str
) -> None:
    """The client lints each page: also one whose report is in the other language."""
    for other in ("id", "en"):
        query = f"edition={edition}&language={other}&size=normal&lang={tag}"
        page = coordinator.get(f"/coordinate/form/{form_id}/editions?{query}")
        assert page.status_code == 200
        assert f'<div lang="{other}" class="edition">' in page.text


@LANGUAGES
def test_nothing_is_shown_before_an_edition_is_chosen(coordinator: LintingClient, tag: str) -> None:
    page = coordinator.get(f"{PAGE}?lang={tag}").text
    assert 'class="edition"' not in page
    for control in ("edition-0", "edition-2", "language-1", "size-1"):
        assert f'id="{control}"' in page


@pytest.mark.parametrize("size", ["normal", "large"])
@EDITIONS
def test_an_edition_is_a_tagged_pdf(coordinator: LintingClient, edition: str, size: str) -> None:
    reply = coordinator.get(f"{FILE}pdf?edition={edition}&language=en&size={size}")
    assert reply.headers["Cache-Control"] == "no-store"
    assert ("-large.pdf" in reply.headers["Content-Disposition"]) is (size == "large")
    with pikepdf.open(io.BytesIO(reply.data)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en"
        assert len(document.pages) > 5


def test_the_tables_are_protected_too(coordinator: LintingClient) -> None:
    query = "edition=public&language=en&size=normal"
    text = coordinator.get(f"{FILE}csv?{query}").data.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if len(row) > 6]
    counts = [row[5] for row in rows[1:]]
    assert HIDDEN in counts
    assert all(count == HIDDEN or count == "0" or int(count) >= 10 for count in counts)
    book = load_workbook(io.BytesIO(coordinator.get(f"{FILE}xlsx?{query}").data))
    assert [str(cell.value) for cell in book["Tables"]["F"]][1:] == counts
    assert any("fewer than 10 people" in str(cell.value) for cell in book["Notes"]["A"])


def test_what_is_given_out_is_kept_and_guards_the_next(
    app: Flask, settings: Settings, coordinator: LintingClient
) -> None:
    query = "edition=network&language=en&size=normal"
    kept = settings.data / "issued" / "needs-assessment.json"
    assert coordinator.get(f"{PAGE}?{query}").status_code == 200
    assert not kept.exists(), "a look at it gives nothing out"
    assert coordinator.get(f"{FILE}pdf?{query}").mimetype == "application/pdf"
    assert len(json.loads(kept.read_bytes())) == 1
    with app.app_context():
        responses = stores().responses("needs-assessment")
        key, _document = next(iter(responses.each()))
        responses.remove(key)
    refused = coordinator.get(f"{FILE}pdf?{query}")
    assert refused.mimetype == "text/html"
    assert "kurang dari 5 orang bertambah atau berkurang" in refused.text
    assert (
        coordinator.get(f"{FILE}pdf?{query.replace('network', 'internal')}").mimetype != "text/html"
    )


def test_an_activity_has_a_report_of_its_own(coordinator: LintingClient) -> None:
    address = "/coordinate/form/activity-feedback/editions?edition=internal&language=id&size=normal"
    every = coordinator.get(address).text
    one = coordinator.get(f"{address}&activity=temu-dinas").text
    assert 'value="temu-dinas"' in every
    assert "Temu Warga dan Dinas Sosial" in one
    assert one != every


def test_actions_are_written_and_stand_in_the_report(
    app: Flask, coordinator: LintingClient
) -> None:
    page = "/coordinate/form/needs-assessment/actions"
    coordinator.get(f"{page}?lang=en")
    typed = {
        "action-0": "Repair  wheelchairs", "finding-0": "Many wait", "who-0": "Dinas Sosial",
        "when-0": "March", "agenda-0": "Musrenbang", "action-1": "", "finding-1": "",
    }  # fmt: skip
    assert coordinator.post(f"{page}?lang=en", data=typed).status_code == 302
    with app.app_context():
        kept = Actions(stores().folder / "actions", "needs-assessment")
        assert kept.each("en") == (
            Action("Many wait", "Repair wheelchairs", "Dinas Sosial", "March", "Musrenbang"),
        )
        assert len(kept.each("id")) == 3, "those in the other language stay"
    query = "edition=public&language=en&size=normal"
    assert "Repair wheelchairs" in coordinator.get(f"{PAGE}?{query}").text
    assert "Repair wheelchairs" in coordinator.get(f"{page}?lang=en").text


@pytest.mark.parametrize("path", [PAGE, f"{FILE}pdf?edition=public&language=id&size=normal"])
def test_editions_are_for_coordinators(app: Flask, path: str) -> None:
    assert signed_in(app, Role.FACILITATOR).get(path).status_code == 403


@pytest.mark.parametrize("query", ["", "edition=press&language=id", "edition=public&language=xx"])
def test_an_edition_that_there_is_not_is_not_found(coordinator: LintingClient, query: str) -> None:
    assert coordinator.get(f"{FILE}pdf?{query}&size=normal").status_code in (200, 404)
    assert coordinator.get(f"{FILE}odt?edition=public&language=id").status_code == 404


def test_the_rate_of_response_needs_the_attendance(app: Flask, coordinator: LintingClient) -> None:
    page = "/coordinate/activities/temu-dinas"
    report = (
        "/coordinate/form/activity-feedback/editions"
        "?edition=internal&language=id&size=normal&activity=temu-dinas"
    )
    assert "orang yang hadir mengisi formulir" not in coordinator.get(report).text
    coordinator.get(page)
    assert "64" in coordinator.post(page, data={"attendance": "many", "place": "x"}).text
    assert coordinator.post(page, data={"attendance": "37", "place": " Aula "}).status_code == 302
    with app.app_context():
        kept = activities().get("temu-dinas")
    assert kept is not None
    assert (kept.attendance, kept.place) == (37, "Aula")
    assert "dari 37 orang yang hadir mengisi formulir" in coordinator.get(report).text
    assert coordinator.get("/coordinate/activities/nope").status_code == 404
    assert "/coordinate/activities/temu-dinas" in coordinator.get("/coordinate/activities").text
