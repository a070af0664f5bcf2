"""What a phone takes along: whole, the same for everybody, and nothing of a person in it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.accounts import Account, Role, services
from app.accounts.store import new_account
from app.catalogue import SHIPPED_FORMS
from app.collect.bundle import contents
from app.collect.keys import SealError, open_sealed, private_key
from app.collect.offline import modules, without_comments
from app.stores import stores
from tests.collect.conftest import NOW, sign_in
from tests.conftest import LintingClient
from tests.linting import lint
from tests.questionnaire.test_real_forms import OTHERS, read
from tests.questionnaire.tiny import FORMS as TINY
from tests.respond.person import Person

PAGE = (
    '<!doctype html><html lang="{tag}"><title>{title}</title><a href="#main">x</a><main id="main">'
)


def taken(client: LintingClient, form_id: str) -> dict[str, Any]:
    listed = client.get("/collect/forms.json").json
    assert listed
    address = next(each["address"] for each in listed["forms"] if each["id"] == form_id)
    found: dict[str, Any] = json.loads(client.get(address).data)
    return found


@pytest.fixture
def phone(app: Flask, siti: Account, client: LintingClient) -> LintingClient:
    sign_in(app, client, siti)
    return client


@pytest.mark.parametrize("form_id", SHIPPED_FORMS)
def test_every_page_is_there_in_every_language(phone: LintingClient, form_id: str) -> None:
    bundle = taken(phone, form_id)
    pages = {tag: sorted(words["pages"]) for tag, words in bundle["languages"].items()}
    assert pages["id"] == pages["en"]
    for words in bundle["languages"].values():
        for page in words["pages"].values():
            assert "csrf" not in page["html"]
            assert 'type="hidden"' not in page["html"]
            assert page["html"].count("<h1>") == 1


@pytest.mark.parametrize(
    "path", [*sorted(TINY.glob("*.yaml")), *OTHERS], ids=lambda path: path.stem
)
def test_any_form_can_be_taken_along(app: Flask, path: Path) -> None:
    form = read(path)
    with app.test_request_context():
        found = contents(form)
        asked = [page for words in found["languages"].values() for page in words["pages"].values()]
    assert asked
    json.dumps(found)
    for page in asked:
        blocks = re.findall(r'<div class="(?:question|note)">|<h1>', page["html"])
        assert len(blocks) >= len(page["asked"])


def test_guidance_is_taken_along_for_the_facilitator(app: Flask) -> None:
    with app.test_request_context():
        pages = contents(read(TINY / "media.yaml"))["languages"]["id"]["pages"]
    assert any("guidance" in page["html"] for page in pages.values())


def test_the_shell_says_what_to_do_without_javascript(client: LintingClient) -> None:
    for tag in ("id", "en"):
        page = client.get(f"/collect/app/{tag}")
        assert b"<noscript>" in page.data
        assert b'href="/collect/"' in page.data
    assert client.get("/collect/app/xx").status_code == 404


@pytest.mark.parametrize("tag", ["id", "en"])
def test_every_view_obeys_the_rules_of_a_page(client: LintingClient, tag: str) -> None:
    found = client.get(f"/collect/app/{tag}/views.json").json
    assert found
    for name, html in found["views"].items():
        if name != "pieces":
            title = (
                "" if 'h1 data-text="title"' in html else html.split("<h1>")[1].split("</h1>")[0]
            )
            page = PAGE.format(tag=tag, title=title) + html + "</main></html>"
            assert lint(page) == [], name


def test_code_is_kept_for_ever_under_its_version(client: LintingClient) -> None:
    worker = client.get("/collect/worker.js").get_data(as_text=True)
    address = worker.split('"')[1]
    reply = client.get(address)
    assert reply.mimetype == "text/javascript"
    assert "immutable" in reply.headers["Cache-Control"]
    old = address.split("/")
    old[3] = "older"
    assert client.get("/".join(old)).status_code == 404
    assert "no-store" in client.get("/collect/worker.js").headers["Cache-Control"]


def test_modules_lose_nothing_but_comments() -> None:
    said = ["/** What", " * it does. */", 'export const a = "// b";', "", "  // Why.", "  let c;"]
    assert without_comments("\n".join(said)) == 'export const a = "// b";\nlet c;'


def test_bytes_to_take_the_needs_assessment_along(phone: LintingClient) -> None:
    """Issue 4 wants 60 KB: we are not there, and must not drift further."""
    address = "/collect/forms.json"
    listed = phone.get(address).json
    assert listed
    form = next(each for each in listed["forms"] if each["id"] == "needs-assessment")
    worker = phone.get("/collect/worker.js").get_data(as_text=True)
    kept = json.loads(worker.split("keep(", 1)[1].rsplit(")", 1)[0])["files"]
    sizes = {path: size_of(phone, path) for path in [*kept, form["address"]]}
    scripts = sum(size for path, size in sizes.items() if path.endswith(".js"))
    assert len(modules()) == sum(path.endswith(".js") for path in kept)
    assert scripts < 38_000
    assert sum(sizes.values()) < 84_000


def size_of(phone: LintingClient, path: str) -> int:
    with phone.get(path) as reply:
        return len(gzip.compress(reply.data))


def test_only_the_key_of_this_server_opens_a_record(app: Flask) -> None:
    with app.app_context():
        key = private_key(stores().folder / "collect")
        assert private_key(stores().folder / "collect").private_numbers() == key.private_numbers()
    for sealed in (
        {},
        {"key": "!", "iv": "", "data": ""},
        {"key": "AAAA", "iv": "AA", "data": "A"},
    ):
        with pytest.raises(SealError):
            open_sealed(key, "x", sealed)


def test_a_coordinator_signs_out_a_lost_phone(
    app: Flask, phone: LintingClient, siti: Account
) -> None:
    with app.app_context():
        boss = services().accounts.add(new_account("Rani", Role.COORDINATOR, NOW))
    coordinator = Person(app)
    sign_in(app, coordinator.client, boss)
    address = f"/collect/phones/{siti.id}/sign-out"
    coordinator.open("/coordinate/people")
    assert coordinator.page.find(f".//form[@action='{address}']") is not None
    phone.get("/collect/")
    assert phone.get("/collect/forms.json").status_code == 200
    other = f"/collect/phones/{boss.id}/sign-out"
    assert coordinator.client.post(other, data={}).status_code == 404
    coordinator.client.post(address, data={})
    assert phone.get("/collect/forms.json").status_code == 401


def test_a_facilitator_signs_out_nobody(phone: LintingClient, siti: Account) -> None:
    phone.get("/account/")
    answer = phone.post(f"/collect/phones/{siti.id}/sign-out", data={})
    assert answer.status_code == 403
