"""Who may see what: every page of the coordinator against every role."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts import Role
from tests.coordinate.conftest import signed_in

ARGUMENTS = {
    "account_id": "nobody",
    "form_id": "needs-assessment",
    "key": "000001-1",
    "language": "id",
}


def pages(app: Flask) -> list[tuple[str, str]]:
    """Method and path of every route of the coordinator."""
    adapter = app.url_map.bind("localhost")
    return [
        (
            method,
            adapter.build(
                rule.endpoint, {name: ARGUMENTS.get(name, "nothing") for name in rule.arguments}
            ),
        )
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("coordinate.")
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def test_nobody_sees_anything_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    client.get("/account/sign-in")
    assert len(pages(app)) >= 10
    for method, path in pages(app):
        response = client.open(path, method=method, data={} if method == "POST" else None)
        assert response.status_code == 302, path
        assert response.location.startswith("/account/sign-in"), path


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_other_roles_see_nothing_either(app: Flask, role: Role) -> None:
    client = signed_in(app, role)
    client.get("/account/")
    for method, path in pages(app):
        response = client.open(path, method=method, data={} if method == "POST" else None)
        assert response.status_code == 403, path


@pytest.mark.parametrize("path", ["form/no-such-form/summary", "form/no-such-form/responses"])
def test_a_form_that_is_not_there_is_not_found(app: Flask, path: str) -> None:
    assert signed_in(app, Role.COORDINATOR).get(f"/coordinate/{path}").status_code == 404
