"""Answers as files for a spreadsheet, and who is never in them."""

from __future__ import annotations

import csv
import io
import json
import re
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.stores import stores
from tests.conftest import LintingClient

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
DOWNLOAD = "/coordinate/form/needs-assessment/download"


def rows_of(data: bytes, kind: str) -> list[dict[str, object]]:
    """The sheet of answers, a mapping for each response."""
    if kind == "csv":
        with ZipFile(io.BytesIO(data)) as archive:
            text = archive.read("answers.csv").decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))
    sheet = load_workbook(io.BytesIO(data), read_only=True)["answers"]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def downloaded(coordinator: LintingClient, query: str) -> list[dict[str, object]]:
    """The rows of the file, read to its end and closed as a server does."""
    response = coordinator.get(f"{DOWNLOAD}?{query}", buffered=True)
    return rows_of(response.data, "csv" if "kind=csv" in query else "xlsx")


@LANGUAGES
def test_the_page_offers_formats_words_and_filters(coordinator: LintingClient, tag: str) -> None:
    page = coordinator.get(f"{DOWNLOAD}?lang={tag}").text
    for control in ("since", "place", "kind-0", "values-0", "own_words"):
        assert f'id="{control}"' in page


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_response_is_in_the_file(app: Flask, coordinator: LintingClient, kind: str) -> None:
    response = coordinator.get(f"{DOWNLOAD}?kind={kind}", buffered=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert re.search(
        r"attachment; filename=needs-assessment-\d{4}-", response.headers["Content-Disposition"]
    )
    with app.app_context():
        stored = {document["id"] for _, document in stores().responses("needs-assessment").each()}
    assert {row["_id"] for row in rows_of(response.data, kind)} == stored


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_filters_hold_for_the_file_too(
    app: Flask, coordinator: LintingClient, kind: str
) -> None:
    rows = downloaded(coordinator, f"kind={kind}&place=3512")
    assert rows
    assert {row["kabkota"] for row in rows} == {"3512"}


def test_chosen_answers_are_codes_or_words(coordinator: LintingClient) -> None:
    codes = downloaded(coordinator, "kind=csv&place=3512")
    words = downloaded(coordinator, "kind=csv&place=3512&values=en")
    assert {row["kabkota"] for row in codes} == {"3512"}
    assert {row["kabkota"] for row in words} == {"Situbondo Regency"}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_contact_data_are_in_no_file(app: Flask, coordinator: LintingClient, kind: str) -> None:
    with app.app_context():
        told = [
            json.dumps(document) for _, document in stores().contacts("needs-assessment").each()
        ]
    numbers = re.findall(r"\+62\d+|0800\d+", " ".join(told))
    assert numbers
    rows = downloaded(coordinator, f"kind={kind}&own_words=y")
    everything = json.dumps(rows, default=str)
    assert not any(number in everything for number in numbers)
    assert "c_phone" not in everything


def test_own_words_are_there_only_when_asked_for(coordinator: LintingClient) -> None:
    for query, there in (("", False), ("&own_words=y", True)):
        rows = downloaded(coordinator, f"kind=csv{query}")
        assert ("need_text" in rows[0]) is there


@LANGUAGES
@pytest.mark.parametrize(
    ("query", "control"),
    [("kind=exe", "kind"), ("kind=csv&values=xx", "values"), ("kind=csv&since=soon", "since")],
)
def test_what_cannot_be_downloaded_is_told(
    coordinator: LintingClient, query: str, control: str, tag: str
) -> None:
    page = coordinator.get(f"{DOWNLOAD}?{query}&lang={tag}")
    assert page.mimetype == "text/html"
    assert f'href="#{control}' in page.text
