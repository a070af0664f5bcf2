"""The tour of the pages for people who sign in: coordinators and facilitators."""

from __future__ import annotations

from pathlib import Path

from tests.browser.chromium import Browser
from tests.browser.material import FORM, Work
from tests.browser.respondent import Look

PASSWORD = "empat kata yang panjang"
HERE = Path(__file__).parent
GOOD_FORM, BROKEN_FORM = HERE / "every_kind.yaml", HERE / "broken.yaml"


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
    browser.open(f"/coordinate/deletion/form/{FORM}")
    browser.type("#answers", "sebulan")
    browser.press("main form .button")
    look("days that answers are kept", "error")
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
