"""axe-core on the page that is open: every rule, WCAG level AAA apart."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from axe_selenium_python import Axe

from tests.browser.chromium import Browser

# A current axe-core; the one that axe-selenium-python carries is of 2018.
SCRIPT = str(files("axe_playwright_python") / "axe.min.js")
CONTRAST = {"color-contrast": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}


def scan(browser: Browser) -> tuple[list[str], list[str]]:
    """What breaks a rule, and what only breaks one of level AAA."""
    axe = Axe(browser.driver, SCRIPT)
    axe.inject()
    found = _run(axe, browser.script("axe_options"))
    return (
        [_told(each) for each in found if "wcag2aaa" not in each["tags"]],
        [_told(each) for each in found if "wcag2aaa" in each["tags"]],
    )


def contrast(browser: Browser) -> tuple[list[str], list[str]]:
    """Text below 4.5:1 (3:1 when large), and below 7:1 (4.5:1). ``scan`` must have run here."""
    rules = {"type": "rule", "values": list(CONTRAST)}
    found = _run(Axe(browser.driver, SCRIPT), {"runOnly": rules, "rules": CONTRAST})
    return (
        [_told(each) for each in found if each["id"] == "color-contrast"],
        [_told(each) for each in found if each["id"] == "color-contrast-enhanced"],
    )


def _run(axe: Axe, options: dict[str, Any]) -> list[dict[str, Any]]:
    result = axe.run(options=json.dumps(options))
    violations: list[dict[str, Any]] = result["violations"]
    return violations


def _told(violation: dict[str, Any]) -> str:
    places = " | ".join(node["html"][:120] for node in violation["nodes"][:3])
    return f"{violation['id']} ({len(violation['nodes'])}): {places}"
