"""The accessibility statement: the page, the documents and the version say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app.respond.about import ASSESSED, ASSESSED_ON
from tests.linting import text_of
from tests.respond.person import Person

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
STATEMENTS = {"id": "accessibility-statement.id.md", "en": "accessibility-statement.md"}
ROW = re.compile(r"^\| ([1-4]\.\d+\.\d+) [^|]+\(Level (A|AA)\) \| ([^|]+) \| ([^|]+) \|$", re.M)
LEVELS = {"Supports", "Partially Supports", "Does Not Support", "Not Applicable", "Not Evaluated"}
FILES = re.compile(r"`((?:tests|app|docs)/[^`]+)`")


def version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def said(person: Person, tag: str) -> list[str]:
    person.open(f"/accessibility?lang={tag}")
    main = person.page.find(".//main")
    assert main is not None
    return [text_of(e) for e in main.iter() if e.tag in ("h1", "h2", "p", "li")]


def test_the_statement_is_about_this_version() -> None:
    assert version() == ASSESSED, "test again, then change the statement and its date"


@pytest.mark.parametrize("tag", STATEMENTS)
def test_the_document_says_what_the_page_says(person: Person, tag: str) -> None:
    lines = (DOCS / STATEMENTS[tag]).read_text().splitlines()
    written = [re.sub(r"^(#+|-) ", "", line) for line in lines if line]
    assert written == said(person, tag)


def test_the_report_is_of_this_version_and_day() -> None:
    report = (DOCS / "acr.md").read_text()
    assert f"Version {version()}" in report
    assert ASSESSED_ON.isoformat() in report


def test_the_report_has_every_criterion_of_wcag_2_2_once() -> None:
    rows = ROW.findall((DOCS / "acr.md").read_text())
    numbers = [number for number, *_ in rows]
    assert len(numbers) == len(set(numbers))
    assert sum(level == "A" for _, level, *_ in rows) == 31
    assert sum(level == "AA" for _, level, *_ in rows) == 24
    assert {conformance for *_, conformance, _ in rows} <= LEVELS


def test_the_report_names_evidence_that_exists() -> None:
    for number, _, conformance, remarks in ROW.findall((DOCS / "acr.md").read_text()):
        named = FILES.findall(remarks)
        assert named or conformance in ("Not Applicable", "Not Evaluated"), number
        assert [name for name in named if not (ROOT / name.partition("::")[0]).exists()] == []


def test_the_protocol_says_tasks_consent_and_what_to_note() -> None:
    protocol = (DOCS / "test-protocol.id.md").read_text()
    for heading in ("## Persetujuan", "## Tugas", "## Yang dicatat"):
        assert heading in protocol
