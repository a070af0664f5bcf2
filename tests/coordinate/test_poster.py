"""The poster: its QR code leads to the form, and a screen reader finds all that is on it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.accounts import Role
from app.activities import activities
from tests.coordinate.conftest import signed_in
from tests.pdf.tags import faults, read, text


@pytest.mark.parametrize(("language", "said"), [("id", "Arahkan kamera"), ("en", "Hold your")])
def test_a_poster_has_the_link_in_one_language(app: Flask, language: str, said: str) -> None:
    coordinator = signed_in(app, Role.COORDINATOR)
    reply = coordinator.get(f"/coordinate/form/needs-assessment/poster-{language}.pdf")
    assert reply.status_code == 200
    assert faults(reply.data) == []
    words = text(reply.data)
    assert said in words
    link = f"http://localhost/f/needs-assessment?lang={language}"
    assert link in re.sub(r"\s", "", words)
    figures = read(reply.data).all("Figure")
    assert len(figures) == 1
    assert figures[0].alt


def test_an_activity_has_posters_of_its_own(app: Flask) -> None:
    coordinator = signed_in(app, Role.COORDINATOR)
    with app.app_context():
        activity = activities().each()[0]
    page = coordinator.get("/coordinate/activities?lang=en")
    address = f"/coordinate/form/activity-feedback/poster-id.pdf?activity={activity.id}"
    assert address in page.text.replace("&amp;", "&")
    words = text(coordinator.get(address).data)
    assert activity.title in " ".join(words.split())
    assert f"activity={activity.id}" in re.sub(r"\s", "", words)


def test_only_a_coordinator_gets_a_poster(app: Flask) -> None:
    address = "/coordinate/form/needs-assessment/poster-id.pdf"
    assert app.test_client().get(address).status_code in (302, 303)
    assert signed_in(app, Role.FACILITATOR).get(address).status_code == 403
    coordinator = signed_in(app, Role.COORDINATOR, "another")
    assert coordinator.get("/coordinate/form/needs-assessment/poster-xx.pdf").status_code == 404
