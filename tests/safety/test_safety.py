"""Who did not feel safe is read by the focal person first, and by nobody else before."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from flask import Flask

from app.accounts import Role, services
from app.audit import trail
from app.publishing import catalogue
from app.responses.collection import Document
from app.safety.hidden import concern, hidden_of
from app.stores import stores
from tests.conftest import LintingClient
from tests.coordinate.conftest import signed_in

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
FORM = "activity-feedback"
LIST = f"/coordinate/form/{FORM}/responses"


@pytest.fixture
def focal(app: Flask) -> LintingClient:
    client = signed_in(app, Role.FOCAL)
    with app.app_context():
        account = services().accounts.named("The focal")
        assert account is not None
        services().accounts.change(account.id, password="chosen")
    return client


def report(app: Flask, answer: str = "no") -> tuple[str, str]:
    """Let one person's answer to the question about safety be this; key and id."""
    with app.app_context():
        responses = stores().responses(FORM)
        found = ((k, d) for k, d in responses.each() if "respect_part" in d["answers"])
        key, document = next(found)
        document["answers"]["respect_part"]["b_respect"] = answer
        responses.replace(key, document)
        return key, document["id"]


def shape(app: Flask) -> None:
    """Fail early where the form has no such group."""
    with app.app_context():
        assert catalogue().get(FORM).form.settings.safety == "b_respect"


def downloaded(coordinator: LintingClient) -> set[str]:
    reply = coordinator.get(f"/coordinate/form/{FORM}/download?kind=csv", buffered=True)
    with ZipFile(io.BytesIO(reply.data)) as archive:
        text = archive.read("answers.csv").decode("utf-8-sig")
    return {row["_id"] for row in csv.DictReader(io.StringIO(text))}


def listed(coordinator: LintingClient) -> str:
    return "".join(coordinator.get(f"{LIST}?page={page}").text for page in (1, 2, 3))


@LANGUAGES
@pytest.mark.usefixtures("focal")
def test_a_no_is_hidden_from_the_coordinator_everywhere(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"/coordinate?lang={tag}")
    shape(app)
    key, identity = report(app)
    with app.app_context():
        stores().attachments.put(FORM, identity, "place.jpg", b"place")
    for path in (key, f"{key}/contact", f"{key}/file/place.jpg"):
        assert coordinator.get(f"{LIST}/{path}").status_code == 403
    assert key not in listed(coordinator)
    assert identity not in downloaded(coordinator)
    assert coordinator.get("/safety").status_code == 403
    assert coordinator.get(f"/safety/{FORM}/{key}").status_code == 403
    assert coordinator.post(f"/safety/{FORM}/{key}/hand-on", data={}).status_code == 403


@LANGUAGES
def test_the_focal_person_reads_it_and_hands_it_on(
    app: Flask, focal: LintingClient, coordinator: LintingClient, tag: str
) -> None:
    focal.get(f"/safety?lang={tag}")
    key, identity = report(app)
    assert key in focal.get("/safety").text
    assert focal.get(f"/safety/{FORM}/{key}").status_code == 200
    assert focal.post(f"/safety/{FORM}/{key}/hand-on", data={}).status_code == 302
    assert key not in focal.get("/safety").text
    assert focal.get(f"/safety/{FORM}/{key}").status_code == 404
    assert coordinator.get(f"{LIST}/{key}").status_code == 200
    assert identity in downloaded(coordinator)
    with app.app_context():
        actions = [each.action for each in trail().each() if each.response == identity]
    assert actions[:2] == ["see-answers", "hand-on"]


@LANGUAGES
def test_answers_that_tell_of_harm_are_given_to_the_focal_person(
    app: Flask, focal: LintingClient, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"/coordinate?lang={tag}")
    key, _identity = report(app, "yes")
    assert coordinator.get(f"{LIST}/{key}").status_code == 200
    assert coordinator.post(f"/safety/{FORM}/{key}/mark", data={}).status_code == 302
    assert coordinator.get(f"{LIST}/{key}").status_code == 403
    assert focal.get(f"/safety/{FORM}/{key}").status_code == 200
    focal.post(f"/safety/{FORM}/{key}/hand-on", data={})
    assert coordinator.get(f"{LIST}/{key}").status_code == 200
    coordinator.post(f"/safety/{FORM}/{key}/mark", data={})
    assert coordinator.get(f"{LIST}/{key}").status_code == 403


@LANGUAGES
def test_without_a_focal_person_a_report_is_still_read(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    key, _identity = report(app)
    assert key in coordinator.get(f"/safety?lang={tag}").text
    assert coordinator.get(f"/safety/{FORM}/{key}").status_code == 200


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.FACILITATOR])
def test_nobody_else_sees_reports(app: Flask, role: Role) -> None:
    assert signed_in(app, role).get("/safety").status_code == 403


@pytest.mark.parametrize("path", ["nothing/000001-1", f"{FORM}/000001-1", f"{FORM}/what"])
def test_what_is_not_there_is_not_found(focal: LintingClient, path: str) -> None:
    assert focal.get(f"/safety/{path}").status_code == 404


def test_yes_partly_and_silence_are_no_report(app: Flask) -> None:
    for answer in ("yes", "partly", ""):
        key, _identity = report(app, answer)
        with app.app_context():
            document = stores().responses(FORM).get(key)
            assert document is not None
            assert not concern(document)
            assert not hidden_of(FORM)(document)


def test_answers_to_a_version_that_is_not_there_are_judged_by_the_current_one(app: Flask) -> None:
    key, _identity = report(app)
    with app.app_context():
        document: Document | None = stores().responses(FORM).get(key)
        assert document is not None
        assert concern({**document, "version": "never"})
