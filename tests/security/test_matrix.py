"""Every route against every role, from the application's own list of routes.

A route that is not in the table fails: whoever adds one says here whom it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.accounts import Role
from app.collect.records import HEADER
from tests.conftest import LintingClient
from tests.coordinate.conftest import signed_in

ANYONE = frozenset({None, *Role})
SIGNED_IN = frozenset(Role)
COORDINATOR = frozenset({Role.COORDINATOR})
FACILITATOR = frozenset({Role.FACILITATOR})
Who = frozenset[Role | None]

PARTS: dict[str, Who] = {
    "coordinate": COORDINATOR,
    "desk": COORDINATOR,
    "retention": COORDINATOR,
    "audit": COORDINATOR,
    "respond": ANYONE,
    "openrosa": frozenset(),  # only by a facilitator's secret address, whoever is signed in
    "display": ANYONE,
    "health": ANYONE,
    "static": ANYONE,
}
"""Whole parts, where every route is for the same people."""

ROUTES: dict[str, Who] = {
    "accounts.sign_in_page": ANYONE,
    "accounts.sign_out": ANYONE,
    "accounts.use_link": ANYONE,
    "accounts.own": SIGNED_IN,
    "accounts.change_password": SIGNED_IN,
    "accounts.end_sessions": SIGNED_IN,
    "collect.home": FACILITATOR,
    "collect.start": FACILITATOR,
    "collect.next_person": FACILITATOR,
    "collect.sent": FACILITATOR,
    "collect.take_record": FACILITATOR,
    "collect.taken": FACILITATOR,
    "collect.taken_form": FACILITATOR,
    "collect.sign_out_phones": COORDINATOR,
    # The app itself, without any form or answer: a phone opens it without a network.
    "collect.app_shell": ANYONE,
    "collect.app_start": ANYONE,
    "collect.code": ANYONE,
    "collect.manifest": ANYONE,
    "collect.views": ANYONE,
    "collect.worker": ANYONE,
    "connecting.own": FACILITATOR,
    "connecting.show": FACILITATOR | COORDINATOR,
    "connecting.code": FACILITATOR | COORDINATOR,
    "connecting.renew": FACILITATOR | COORDINATOR,
    "safety.cases": frozenset({Role.FOCAL, Role.COORDINATOR}),  # tests/safety: only without a focal
    "safety.case": frozenset({Role.FOCAL, Role.COORDINATOR}),
    "safety.hand_on": frozenset({Role.FOCAL, Role.COORDINATOR}),
    "safety.mark": COORDINATOR,
}

VALUES = {"form_id": "needs-assessment", "key": "000001-1", "language": "id", "tag": "id"}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
PASSES = {200, 201, 302, 304, 400, 401, 404, 405, 409, 410, 413, 415, 422}
"""What somebody may be told who is let in, with values that lead nowhere."""


def allowed(endpoint: str) -> Who | None:
    return ROUTES.get(endpoint, PARTS.get(endpoint.split(".")[0]))


def requests(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Rule, method and path of every route."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: VALUES.get(name, "nothing") for name in rule.arguments}
        path = adapter.build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) & METHODS):
            yield rule, method, path


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {each for each in endpoints if allowed(each) is None} == set()
    assert ROUTES.keys() - endpoints == set()
    assert PARTS.keys() - {each.split(".")[0] for each in endpoints} == set()


def is_let_in(client: LintingClient, method: str, path: str) -> bool:
    """Whether the reply is not the page to sign in and not a refusal."""
    data = {} if method == "POST" else None
    reply = client.open(path, method=method, data=data, headers={HEADER: "1"})
    asked = reply.status_code == 302 and reply.location.startswith("/account/sign-in")
    return not asked and reply.status_code not in (401, 403)


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_gets_where_they_do_not_belong(app: Flask, role: Role | None) -> None:
    wrong = []
    for rule, method, path in requests(app):
        if role in (allowed(rule.endpoint) or ()):
            continue
        client = somebody(app, role)
        if is_let_in(client, method, path):
            wrong.append((rule.endpoint, method, path))
    assert wrong == []


@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_gets_where_they_belong(app: Flask, role: Role | None) -> None:
    wrong = []
    client = somebody(app, role)
    for rule, _method, path in requests(app):
        may = role in (allowed(rule.endpoint) or ())
        if not may or "GET" not in (rule.methods or ()) or rule.endpoint == "accounts.sign_out":
            continue
        reply = client.get(path, buffered=True)
        asked = reply.status_code == 302 and reply.location.startswith("/account/sign-in")
        if asked or reply.status_code not in PASSES:
            wrong.append((rule.endpoint, path, reply.status_code))
    assert wrong == []


def somebody(app: Flask, role: Role | None) -> LintingClient:
    """A browser of somebody with this role that has a page's token, so that no post fails on it."""
    client = _signed_in_once(app, role)
    assert isinstance(client, LintingClient)
    return client


def _signed_in_once(app: Flask, role: Role | None) -> LintingClient:
    known: dict[Role | None, LintingClient] = app.extensions.setdefault("test-browsers", {})
    if role not in known:
        client = signed_in(app, role) if role else app.test_client()
        assert isinstance(client, LintingClient)
        client.get("/account/sign-in")
        known[role] = client
    return known[role]
