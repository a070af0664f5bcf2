"""The coordinator sees and changes the terms, and prints certificates; the terminal runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.audit import trail
from app.publishing import catalogue
from app.retention.run import run
from app.settings import Settings
from tests.cli.conftest import Suara, suara
from tests.conftest import LintingClient
from tests.coordinate.conftest import KEY
from tests.retention.conftest import FORM, NOW, keep, there

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
__all__ = ["suara"]
TERMS = f"/coordinate/deletion/form/{FORM}"


@LANGUAGES
def test_the_terms_of_every_form_are_shown(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    page = coordinator.get(f"/coordinate/deletion?lang={tag}").text
    with app.app_context():
        ids = catalogue().ids()
    assert all(f"/coordinate/deletion/form/{form_id}" in page for form_id in ids)
    assert "730" in page


@LANGUAGES
def test_terms_are_changed_and_that_is_noted(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"{TERMS}?lang={tag}")
    data = {"answers": "365", "contacts": "183"}
    assert coordinator.post(TERMS, data=data).status_code == 302
    page = coordinator.get("/coordinate/deletion").text
    assert "365" in page
    assert "183" in page
    assert 'value="365"' in coordinator.get(TERMS).text
    coordinator.post(TERMS, data={"answers": "", "contacts": ""})
    with app.app_context():
        assert catalogue().state(FORM).keep_days is None
        assert [each.action for each in trail().each()] == ["set-terms", "set-terms"]


@LANGUAGES
@pytest.mark.parametrize("days", ["731", "0", "-1", "soon", "9999"])
def test_a_term_that_cannot_be_is_told(coordinator: LintingClient, days: str, tag: str) -> None:
    coordinator.get(f"{TERMS}?lang={tag}")
    page = coordinator.post(TERMS, data={"answers": days, "contacts": ""})
    assert page.status_code == 200
    assert 'href="#answers"' in page.text


@LANGUAGES
def test_a_certificate_is_a_page(app: Flask, coordinator: LintingClient, tag: str) -> None:
    with app.app_context():
        keep("old", 731, contact=True)
        certificate = run(NOW, "command")
    assert certificate is not None
    path = f"/coordinate/deletion/certificate/{certificate.name}"
    assert path in coordinator.get(f"/coordinate/deletion?lang={tag}").text
    page = coordinator.get(path).text
    assert FORM in page
    assert "secret of old" not in page


@pytest.mark.parametrize("path", ["form/nothing", "certificate/nothing", "certificate/..%2Fx"])
def test_what_is_not_there_is_not_found(coordinator: LintingClient, path: str) -> None:
    assert coordinator.get(f"/coordinate/deletion/{path}").status_code == 404


@pytest.fixture
def data(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test, as the console script finds it."""
    monkeypatch.setenv("SUARA_DATA", str(settings.data))
    monkeypatch.setenv("SUARA_SECRET_KEY", KEY)
    return settings.data


def test_the_terminal_tells_first_and_then_deletes(app: Flask, suara: Suara) -> None:
    with app.app_context():
        keep("old", 731 - (datetime.now(UTC) - NOW).days, contact=True)
    dry = suara("retention", "run", "--dry-run").output
    assert f"{FORM}\tanswers\t1\tsent" in dry
    with app.app_context():
        assert there() == {"old"}
    done = suara("retention", "run").output
    assert f"{FORM}\tcontacts\t1" in done
    assert "certificates/" in done
    with app.app_context():
        assert there() == set()
    assert "Nothing has been kept long enough" in suara("retention", "run").output
