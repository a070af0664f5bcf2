"""Every way to personal answers leaves an entry, and no entry holds an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import Role
from app.audit import trail
from app.audit.chain import Entry
from app.respond.sending import receipt_code
from app.stores import stores
from tests.cli.conftest import suara
from tests.conftest import LintingClient
from tests.coordinate.conftest import KEY, signed_in

FORM = "needs-assessment"
__all__ = ["suara"]


@pytest.fixture
def data(app: Flask, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The answered folder, as the console script finds it."""
    folder: Path = settings.data  # type: ignore[attr-defined]
    monkeypatch.setenv("SUARA_DATA", str(folder))
    monkeypatch.setenv("SUARA_SECRET_KEY", KEY)
    return folder


def entries(app: Flask) -> list[Entry]:
    with app.app_context():
        return list(trail().each())


def noted(app: Flask) -> list[tuple[str, str, str]]:
    return [(each.action, each.form, each.response) for each in entries(app)]


def one_with_contact(app: Flask) -> tuple[str, str]:
    """Key and id of a response whose person left a way to be reached."""
    with app.app_context():
        reached = {contact["id"] for _, contact in stores().contacts(FORM).each()}
        key, document = next(stores().responses(FORM).each(lambda one: one["id"] in reached))
        return key, document["id"]


def test_what_the_coordinator_sees_and_takes_away_is_noted(
    app: Flask, coordinator: LintingClient
) -> None:
    key, identity = one_with_contact(app)
    pages = f"/coordinate/form/{FORM}"
    for path in ("responses", f"responses/{key}", f"responses/{key}/contact"):
        assert coordinator.get(f"{pages}/{path}").status_code == 200
    for path in ("download?kind=csv", "download?kind=xlsx", "summary-id.pdf"):
        assert coordinator.get(f"{pages}/{path}", buffered=True).status_code == 200
    assert noted(app) == [
        ("see-list", FORM, ""),
        ("see-answers", FORM, identity),
        ("see-contact", FORM, identity),
        ("download-answers", FORM, ""),
        ("download-answers", FORM, ""),
        ("download-summary", FORM, ""),
    ]
    assert len({each.who for each in entries(app)}) == 1
    assert [each.more.get("format") for each in entries(app)][3:] == ["csv", "xlsx", "pdf"]


def test_pages_that_show_no_answers_are_not_noted(app: Flask, coordinator: LintingClient) -> None:
    for path in ("", f"/form/{FORM}/download", f"/form/{FORM}/responses/000009-1", "/log"):
        coordinator.get(f"/coordinate{path}")
    assert noted(app) == []


def test_what_respondents_do_with_their_code_is_noted_without_the_code(
    app: Flask, client: LintingClient
) -> None:
    _key, identity = one_with_contact(app)
    with app.app_context():
        code = receipt_code(identity)
    client.get("/receipt")
    client.post("/receipt", data={"code": code})
    client.get("/receipt/answers")
    client.post("/receipt/correct", data={})
    client.post("/receipt/delete", data={})
    assert noted(app) == [
        ("see-answers", FORM, identity),
        ("see-answers", FORM, identity),
        ("delete", FORM, identity),
    ]
    assert {each.who for each in entries(app)} == {"respondent"}
    with app.app_context():
        assert code not in trail().path.read_text()


def test_a_facilitator_who_sees_the_codes_is_noted(app: Flask) -> None:
    signed_in(app, Role.FACILITATOR).get("/collect/sent")
    assert noted(app) == [("see-receipts", "", "")]


def test_files_written_by_commands_are_noted(
    app: Flask, suara: Callable[..., object], data: Path, tmp_path: Path
) -> None:
    suara("export", FORM, "--format", "csv", "--output", str(tmp_path / "a.zip"))
    suara("summary", FORM, "--lang", "id", "--output", str(tmp_path / "a.pdf"))
    assert [each[0] for each in noted(app)] == ["download-answers", "download-summary"]
    assert {each.who for each in entries(app)} == {"command"}


def test_answers_are_not_shown_when_that_cannot_be_noted(
    app: Flask, coordinator: LintingClient
) -> None:
    key, _identity = one_with_contact(app)
    with app.app_context():
        trail().path.parent.mkdir(parents=True)
        trail().path.mkdir()
    reply = coordinator.get(f"/coordinate/form/{FORM}/responses/{key}")
    assert reply.status_code == 503
    assert coordinator.get("/coordinate").status_code == 200


def test_a_deletion_stands_though_it_cannot_be_noted(app: Flask, client: LintingClient) -> None:
    key, identity = one_with_contact(app)
    with app.app_context():
        code = receipt_code(identity)
    client.get("/receipt")
    client.post("/receipt", data={"code": code})
    with app.app_context():
        trail().path.parent.mkdir(parents=True)
        trail().path.mkdir()
    reply = client.post("/receipt/delete", data={})
    assert (reply.status_code, reply.location) == (302, "/receipt/deleted")
    with app.app_context():
        assert stores().responses(FORM).get(key) is None


def test_no_answer_is_in_the_log(app: Flask, coordinator: LintingClient) -> None:
    key, identity = one_with_contact(app)
    coordinator.get(f"/coordinate/form/{FORM}/responses/{key}")
    coordinator.get(f"/coordinate/form/{FORM}/responses/{key}/contact")
    for entry in entries(app):
        assert set(entry.more) <= {"format", "user"}
        assert (entry.form, entry.response) == (FORM, identity)
