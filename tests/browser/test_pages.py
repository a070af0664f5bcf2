"""Every type of page, in both languages, in its first, error and filled state."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from tests.browser import respondent
from tests.browser.chromium import Browser
from tests.browser.conftest import LANGUAGES
from tests.browser.findings import CHECKS, Findings, Stop, everything
from tests.browser.material import UNSEEN

FAULTS = {
    "axe": "document.querySelector('h1').outerHTML = '<h5>Judul</h5>'",
    "axe AAA": "document.querySelector('.note p').style.color = '#64686d'",
    "dark": "document.querySelector('.note p').style.color = '#222'",
    "dark AAA": "document.querySelector('.note p').style.color = '#a0a0a0'",
    "accessibility tree": "document.querySelector('legend').remove()",
    "language": "document.querySelector('.note p').textContent = 'This is for you and me'",
    "320 px": "document.querySelector('.note p').style.minWidth = '400px'",
    "text spacing": "document.querySelector('.note p').style.height = '1.5em'",
    "text of 200 %": "document.querySelector('#next').style.minWidth = '340px'",
    "targets": "document.querySelector('#next').style.cssText = 'min-height: 0; padding: 0'",
    "forced colours": "document.querySelector('#next').style.border = '0'",
    "keyboard": "document.querySelector('#next').style.outline = '0'",
    "error state": "document.querySelector('#e-agree').remove()",
    "other hosts": "new Image().src = 'http://127.0.0.2:9/picture.png'",
}
"""For each check something that it must find on the consent page after a failed send."""


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_wrong_with_any_page(check: str, findings: Findings) -> None:
    assert not findings.problems[check], "\n".join(findings.problems[check])


def test_every_page_is_looked_at(findings: Findings, live_app: Flask) -> None:
    seen = {_endpoint(live_app, path) for path in findings.paths}
    pages = {
        rule.endpoint
        for rule in live_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("openrosa.")
    }
    missed = pages - seen - UNSEEN
    assert not missed, f"the tours in respondent.py and staff.py go not to {sorted(missed)}"


def test_every_stop_is_made_in_every_language(findings: Findings) -> None:
    stops = {(stop.page, stop.state) for stop in findings.stops}
    assert len(findings.stops) == len(stops) * len(LANGUAGES)
    assert {state for _, state in stops} == {"first", "error", "filled"}


def test_the_page_with_the_planted_faults_has_none_of_its_own(browser: Browser) -> None:
    failed_consent(browser)
    assert not list(everything(browser, Stop("consent", "error", "id")))


@pytest.mark.parametrize("check", CHECKS)
def test_a_planted_fault_is_found(check: str, browser: Browser) -> None:
    browser.cdp("Page.setBypassCSP", enabled=check == "other hosts")
    failed_consent(browser)
    browser.driver.execute_script(FAULTS[check])
    assert check in {found for found, _ in everything(browser, Stop("consent", "error", "id"))}


def test_a_keyboard_trap_is_found(browser: Browser) -> None:
    failed_consent(browser)
    browser.driver.execute_script(
        "document.querySelector('#next').onkeydown = (event) => event.preventDefault()"
    )
    problems = [p for _, p in everything(browser, Stop("consent", "error", "id"))]
    assert any("Tab stops at" in problem for problem in problems)


def failed_consent(browser: Browser) -> None:
    """The consent page in Indonesian, sent without an answer."""
    browser.open(f"{respondent.START}?lang=id")
    browser.press("#start .button")
    browser.press("#next")


def _endpoint(app: Flask, path: str) -> str:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path)
    except NotFound:
        return ""
    return str(endpoint)
