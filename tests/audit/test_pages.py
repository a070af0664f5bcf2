"""The coordinator reads the log, and checks it; so does the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.audit import trail
from app.commands.audit import SealType
from tests.audit.test_hooks import FORM, data
from tests.cli.conftest import suara
from tests.conftest import LintingClient

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
__all__ = ["data", "suara"]


def look(coordinator: LintingClient, times: int) -> None:
    for _ in range(times):
        coordinator.get(f"/coordinate/form/{FORM}/responses")


@LANGUAGES
def test_the_page_is_there_before_anything_happened(coordinator: LintingClient, tag: str) -> None:
    assert "<table" not in coordinator.get(f"/coordinate/log?lang={tag}").text


@LANGUAGES
def test_entries_are_listed_by_name_and_in_pages(coordinator: LintingClient, tag: str) -> None:
    look(coordinator, 53)
    page = coordinator.get(f"/coordinate/log?lang={tag}").text
    assert page.count("The coordinator") == 50
    assert re.search(r"53:[0-9a-f]{64}", page)
    assert 'href="/coordinate/log?before=4"' in page
    older = coordinator.get("/coordinate/log?before=4").text
    assert older.count("The coordinator") == 3
    assert 'rel="next"' not in older


@LANGUAGES
def test_a_whole_log_is_told_from_a_damaged_one(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    look(coordinator, 3)
    coordinator.get(f"/coordinate/log?lang={tag}")
    assert "<li>3" not in coordinator.post("/coordinate/log", data={}).text
    with app.app_context():
        path = trail().path
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    coordinator.get("/coordinate/log")
    wrong = coordinator.post("/coordinate/log", data={}).text
    assert {"id": "Ada yang salah", "en": "Something is wrong"}[tag] in wrong


Suara = Callable[..., Result]


def test_verify_says_what_is_wrong_and_ends_with_one(
    suara: Suara, data: Path, tmp_path: Path
) -> None:
    assert "0 entries" in suara("audit", "verify").output
    for name in ("a.zip", "b.zip"):
        suara("export", FORM, "--format", "csv", "--output", str(tmp_path / name))
    whole = suara("audit", "verify")
    assert (whole.exit_code, "2 entries" in whole.output) == (0, True)
    proof = re.search(r"2:[0-9a-f]{64}", whole.output)
    assert proof is not None
    assert suara("audit", "verify", "--proof", proof[0]).exit_code == 0
    log = data / "audit" / "log.jsonl"
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    cut = suara("audit", "verify", "--proof", proof[0])
    assert cut.exit_code == 1
    assert "The end is cut off: there was an entry 2." in cut.output


def test_the_terminal_shows_the_newest_entries(suara: Suara, data: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        suara("export", FORM, "--format", "csv", "--output", str(tmp_path / name))
    shown = suara("audit", "show", "--last", "1").output.splitlines()
    assert len(shown) == 1
    assert shown[0].split("\t")[0] == "2"
    assert suara("audit", "show", "--form", "other").output == ""


@pytest.mark.parametrize("typed", ["", "2", "2:abc", "x" * 70])
def test_a_proof_that_was_mistyped_is_refused(suara: Suara, data: Path, typed: str) -> None:
    result = suara("audit", "verify", "--proof", typed)
    assert result.exit_code == 2
    assert SealType.name in result.output or "Write it" in result.output
