"""The coordinator adds people and takes access away."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.accounts import Role, services
from tests.conftest import LintingClient

LANGUAGES = pytest.mark.parametrize("tag", ["id", "en"])
LINK = re.compile(r"http://localhost(/account/link/[\w-]+)")


def account_id(app: Flask, name: str) -> str:
    with app.app_context():
        found = services().accounts.named(name)
        assert found is not None
        return found.id


@LANGUAGES
@pytest.mark.parametrize("role", list(Role))
def test_a_person_is_added_and_chooses_a_password_by_the_link(
    app: Flask, coordinator: LintingClient, client: LintingClient, role: Role, tag: str
) -> None:
    coordinator.get(f"/coordinate/people?lang={tag}")
    added = coordinator.post("/coordinate/people", data={"name": "Siti", "role": str(role)})
    assert added.status_code == 302
    page = coordinator.get("/coordinate/people").text
    found = LINK.search(page)
    assert found is not None
    assert not LINK.search(coordinator.get("/coordinate/people").text)
    client.get(f"{found[1]}?lang={tag}")
    assert client.post(found[1], data={"password": "lampu kapal nelayan"}).status_code == 302
    assert ("F01" in page) is (role is Role.FACILITATOR)


@LANGUAGES
def test_a_name_is_needed_and_is_free(coordinator: LintingClient, tag: str) -> None:
    coordinator.get(f"/coordinate/people?lang={tag}")
    for name in ("", "the coordinator", "x" * 61):
        data = {"name": name, "role": "focal"}
        assert 'href="#name"' in coordinator.post("/coordinate/people", data=data).text
    data = {"name": "Siti", "role": "queen"}
    assert 'href="#role"' in coordinator.post("/coordinate/people", data=data).text


@LANGUAGES
def test_access_is_taken_away_after_asking_once_more(
    app: Flask, coordinator: LintingClient, tag: str
) -> None:
    coordinator.get(f"/coordinate/people?lang={tag}")
    coordinator.post("/coordinate/people", data={"name": "Siti", "role": "facilitator"})
    path = f"/coordinate/people/{account_id(app, 'Siti')}/remove"
    assert "Siti" in coordinator.get(path).text
    assert coordinator.post(path, data={}).status_code == 302
    assert "Siti" in coordinator.get("/coordinate/people").text
    with app.app_context():
        assert services().accounts.named("Siti") is None
    assert coordinator.get(path).status_code == 404


def test_nobody_takes_away_their_own_access(app: Flask, coordinator: LintingClient) -> None:
    coordinator.get("/coordinate/people")
    path = f"/coordinate/people/{account_id(app, 'The coordinator')}/remove"
    assert coordinator.get(path).status_code == 403
    assert coordinator.post(path, data={}).status_code == 403


def test_a_new_link_voids_the_one_before(
    app: Flask, coordinator: LintingClient, client: LintingClient
) -> None:
    coordinator.get("/coordinate/people")
    path = f"/coordinate/people/{account_id(app, 'The coordinator')}/link"
    links = []
    for _ in range(2):
        coordinator.post(path, data={})
        found = LINK.search(coordinator.get("/coordinate/people").text)
        assert found is not None
        links.append(found[1])
    assert [client.get(link).status_code for link in links] == [410, 200]
