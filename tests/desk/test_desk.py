"""Requests are written down, have a clock, are done and leave a proof without content."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.audit import trail
from app.desk.requests import Kind, Outcome, Request, requests
from app.respond.sending import receipt_code
from app.settings import Settings
from app.stores import stores
from tests.conftest import LintingClient

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
FORM = "needs-assessment"
DESK = "/coordinate/requests"
NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)


def somebody(app: Flask) -> tuple[str, str, str]:
    """Key, id and code of a response with contact data."""
    with app.app_context():
        reached = {contact["id"] for _, contact in stores().contacts(FORM).each()}
        key, document = next(stores().responses(FORM).each(lambda one: one["id"] in reached))
        return key, document["id"], receipt_code(document["id"])


def ask(coordinator: LintingClient, kind: Kind, code: str = "", **more: str) -> str:
    """Write a request down; the address of its page."""
    coordinator.get(DESK)
    reply = coordinator.post(DESK, data={"kind": str(kind), "code": code, **more})
    assert reply.status_code == 302, reply.text
    assert coordinator.get(reply.location).status_code == 200
    return str(reply.location)


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return [each.action for each in trail().each()]


def test_the_clock_runs_three_times_24_hours() -> None:
    asked = Request("1", Kind.SEE, NOW)
    assert asked.due == NOW + timedelta(days=3)
    assert (asked.hours_left(NOW), asked.late(NOW)) == (72, False)
    almost = NOW + timedelta(hours=71, minutes=30)
    assert (asked.hours_left(almost), asked.late(almost)) == (0, False)
    after = NOW + timedelta(hours=73)
    assert (asked.hours_left(after), asked.late(after)) == (0, True)


@LANGUAGES
@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_written_down_and_finished(
    app: Flask, coordinator: LintingClient, kind: Kind, tag: str
) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    _key, identity, code = somebody(app)
    page = ask(coordinator, kind, code, note="Call her sister")
    assert "Call her sister" in coordinator.get(page).text
    assert coordinator.post(page, data={"outcome": "refused"}).status_code == 302
    assert coordinator.get(page).status_code == 200
    with app.app_context():
        (done,) = requests().finished()
        assert (done.kind, done.response, done.note) == (kind, identity, "")
        assert done.outcome is Outcome.REFUSED
        assert requests().waiting() == ()
    assert coordinator.get(DESK).status_code == 200


@LANGUAGES
def test_a_deletion_deletes_everything_and_is_noted(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    key, identity, code = somebody(app)
    page = ask(coordinator, Kind.WITHDRAW, code)
    assert coordinator.post(f"{page}/delete", data={}).status_code == 302
    with app.app_context():
        assert stores().responses(FORM).get(key) is None
        assert stores().contacts(FORM).find(id=identity) is None
        assert requests().finished()[0].outcome is Outcome.DONE
    assert actions(app) == ["request", "delete", "close-request"]
    assert coordinator.post(f"{page}/delete", data={}).status_code == 404


@LANGUAGES
def test_suspended_answers_are_read_and_downloaded_by_nobody(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    key, identity, code = somebody(app)
    answers = f"/coordinate/form/{FORM}/responses"
    page = ask(coordinator, Kind.RESTRICT, code)
    coordinator.post(f"{page}/hold", data={})
    assert coordinator.get(f"{answers}/{key}").status_code == 403
    assert coordinator.get(f"{answers}/{key}/contact").status_code == 403
    assert key not in _listed(coordinator)
    csv = coordinator.get(f"/coordinate/form/{FORM}/download?kind=xlsx", buffered=True)
    assert identity.encode() not in csv.data
    coordinator.get(page)
    coordinator.post(f"{page}/hold", data={})
    assert coordinator.get(f"{answers}/{key}").status_code == 200
    assert {"hold-back", "release"} <= set(actions(app))


def test_every_page_says_how_many_requests_wait(app: Flask, coordinator: LintingClient) -> None:
    assert "Permintaan</a>" in coordinator.get("/coordinate").text
    ask(coordinator, Kind.SEE)
    assert "Permintaan (1)</a>" in coordinator.get("/coordinate").text


def test_only_what_was_asked_for_can_be_done(app: Flask, coordinator: LintingClient) -> None:
    key, _identity, code = somebody(app)
    see = ask(coordinator, Kind.SEE, code)
    nobody = ask(coordinator, Kind.DELETE)
    for page in (f"{see}/delete", f"{see}/hold", f"{nobody}/delete"):
        assert coordinator.post(page, data={}).status_code == 404
    with app.app_context():
        assert stores().responses(FORM).get(key) is not None


@LANGUAGES
@pytest.mark.parametrize(
    ("data", "control"),
    [
        ({}, "kind"),
        ({"kind": "burn"}, "kind"),
        ({"kind": "see", "code": "K7MX-3RTW-9HPA"}, "code"),
        ({"kind": "see", "code": "what"}, "code"),
        ({"kind": "see", "day": "1 January 2199"}, "day"),
        ({"kind": "see", "note": "x" * 501}, "note"),
    ],
)
def test_what_is_wrong_is_told(
    coordinator: LintingClient, data: dict[str, str], control: str, tag: str
) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    page = coordinator.post(DESK, data=data)
    assert page.status_code == 200
    assert f'href="#{control}"' in page.text


@LANGUAGES
def test_a_request_of_an_earlier_day_may_be_late_at_once(
    coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    ask(coordinator, Kind.SEE, day="1 January 2026")
    page = coordinator.get(DESK).text
    assert {"id": "Terlambat", "en": "Late"}[tag] in page


def test_the_code_is_written_down_nowhere(
    app: Flask, coordinator: LintingClient, settings: Settings
) -> None:
    _key, _identity, code = somebody(app)
    ask(coordinator, Kind.SEE, code)
    for path in (settings.data / "requests", settings.data / "audit"):
        for file in path.iterdir():
            assert not re.search(code.replace("-", "-?").encode(), file.read_bytes())


@LANGUAGES
def test_a_page_for_answers_that_are_gone(app: Flask, coordinator: LintingClient, tag: str) -> None:
    coordinator.get(f"{DESK}?lang={tag}")
    key, _identity, code = somebody(app)
    page = ask(coordinator, Kind.SEE, code)
    with app.app_context():
        stores().erase(FORM, key)
    assert "/delete" not in coordinator.get(page).text
    assert coordinator.get(f"{DESK}/nothing").status_code == 404


def _listed(coordinator: LintingClient) -> str:
    pages = [
        coordinator.get(f"/coordinate/form/{FORM}/responses?page={n}").text for n in range(1, 4)
    ]
    return "".join(pages)
