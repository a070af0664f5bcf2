"""The tour of the pages for people who sign in: coordinators and facilitators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from app.accounts import Role, links, services
from app.accounts.store import new_account
from app.publishing import catalogue
from app.stores import stores
from tests.browser.chromium import Browser
from tests.browser.respondent import Look

PASSWORD = "empat kata yang panjang"
FORM = "needs-assessment"
HERE = Path(__file__).parent
GOOD_FORM, BROKEN_FORM = HERE / "every_kind.yaml", HERE / "broken.yaml"

UNSEEN = {
    "static", "health.health", "connecting.code", "connecting.own",
    "coordinate.summary_pdf", "coordinate.form_xlsx", "coordinate.form_xml",
    "coordinate.form_original", "respond.own_copy_pdf",
    "respond.go_on",
    "coordinate.preview_upload_end", "coordinate.preview_version_end",
    "collect.app_start", "collect.app_shell", "collect.code", "collect.manifest", "collect.taken",
    "collect.taken_form", "collect.views", "collect.worker",
}  # fmt: skip
"""Endpoints that a tour need not look at: files, addresses that only lead on, the offline app."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the tour of one language needs: one-time links, and pages that open by address."""

    coordinator_link: str
    facilitator_link: str
    facilitator: str
    addresses: Mapping[str, str]


def prepare(app: Flask, language: str) -> Work:
    """Make a facilitator, a link for a coordinator, and know what there is to see."""
    now = datetime.now(UTC)
    with app.app_context():
        code = services().accounts.free_code()
        name = f"Fasilitator {language}"
        made = services().accounts.add(new_account(name, Role.FACILITATOR, now, code=code))
        tokens = [links.for_first_account(services(), now)]
        tokens.append(links.for_password(services(), made, now))
        places = {
            "<form_id>": FORM,
            "responses/<key>": f"responses/{_with_contact()}",
            "version/<key>": f"version/{catalogue().get(FORM).folder.name}",
            "<account_id>": made.id,
        }
    return Work(*(f"/account/link/{token}" for token in tokens), name, _addresses(app, places))


def _with_contact() -> str:
    """The key of a response whose person may be reached."""
    reachable = {document["id"] for _, document in stores().contacts(FORM).each()}
    return next(key for key, one in stores().responses(FORM).each() if one["id"] in reachable)


def _addresses(app: Flask, places: Mapping[str, str]) -> dict[str, str]:
    """Endpoint → address of every page of coordinators that takes nothing unknown."""
    found = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/coordinate") or rule.endpoint in UNSEEN:
            continue
        address = rule.rule
        for place, value in places.items():
            address = address.replace(place, value)
        if "GET" in (rule.methods or ()) and "<" not in address:
            found[rule.endpoint] = address
    return found


def tour(browser: Browser, language: str, look: Look, work: Work) -> None:
    """Go everywhere in one language."""
    browser.open(f"/account/sign-in?lang={language}")
    _accounts(browser, look, work)
    for endpoint, address in work.addresses.items():
        browser.open(address)
        look(endpoint, "first")
    _errors(browser, look)
    _uploading(browser, look, language)
    _collecting(browser, look, work)


def _accounts(browser: Browser, look: Look, work: Work) -> None:
    look("sign in", "first")
    browser.press("#sign-in .button")
    look("sign in", "error")
    browser.open(work.coordinator_link)
    look("first account", "first")
    browser.press("#first-account .button")
    look("first account", "error")
    browser.type("#name", f"Koordinator {work.facilitator}")
    browser.type("#password", PASSWORD)
    look("first account", "filled")
    browser.press("#first-account .button")
    browser.open(work.coordinator_link)
    look("used link", "first")
    browser.open("/account/")
    look("own account", "first")
    browser.open("/account/password")
    look("change password", "first")
    browser.press("#change-password .button")
    look("change password", "error")


def _errors(browser: Browser, look: Look) -> None:
    for page, form in {
        "/coordinate/activities": "activity",
        "/coordinate/people": "person",
    }.items():
        browser.open(page)
        browser.press(f"#{form} .button")
        look(page, "error")
    browser.open(f"/coordinate/form/{FORM}/responses?since=kapan")
    look("responses", "error")
    browser.open("/coordinate/form/activity-registration/summary?since=kapan")
    look("summary", "error")


def _uploading(browser: Browser, look: Look, language: str) -> None:
    browser.open("/coordinate/forms/upload")
    browser.press("#upload .button")
    look("upload", "error")
    browser.find("#file").send_keys(str(BROKEN_FORM))
    browser.press("#upload .button")
    look("upload with problems", "first")
    browser.open("/coordinate/forms/upload")
    browser.find("#file").send_keys(str(GOOD_FORM))
    browser.press("#upload .button")
    look("checked upload", "first")
    browser.press(f"main .links a[hreflang={language}]")
    look("preview", "first")
    # In another language than the coordinator's: what comes afterwards is still in theirs.
    browser.driver.back()
    browser.press(f"main .links a:not([hreflang={language}])")


def _collecting(browser: Browser, look: Look, work: Work) -> None:
    browser.open("/account/")
    browser.press("form[action='/account/sign-out'] .button")
    browser.open(work.facilitator_link)
    look("choose a password", "first")
    browser.press("#choose-password .button")
    look("choose a password", "error")
    browser.type("#password", PASSWORD)
    browser.press("#choose-password .button")
    for page in ("/collect/", "/collect/f/activity-feedback", "/collect/sent", "/collect/odk/"):
        browser.open(page)
        look(page, "first")
    browser.open("/coordinate")
    look("not allowed", "first")
    browser.open("/collect/f/every-kind")
    browser.press("#begin .button")
    look("consent for a facilitator", "first")
