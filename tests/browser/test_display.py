"""Pages as they look with every display choice, and the page of the choices itself."""

from __future__ import annotations

import pytest

from app.display import CHOICES
from tests.browser import respondent
from tests.browser.chromium import Browser
from tests.browser.findings import Stop, everything


def choose_everything(browser: Browser, language: str) -> None:
    browser.open(f"/display?lang={language}&back={respondent.START}")
    for name in CHOICES:
        browser.choose(f"[name={name}]")


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_wrong_with_a_page_with_every_choice(browser: Browser, language: str) -> None:
    choose_everything(browser, language)
    assert list(everything(browser, Stop("display choices", "filled", language))) == []
    browser.press("#display .button")
    assert browser.path == respondent.START
    browser.press("#start .button")
    browser.press("#next")
    assert list(everything(browser, Stop("consent", "error", language))) == []


def test_text_is_larger_and_contrast_is_black_on_white(browser: Browser) -> None:
    choose_everything(browser, "id")
    browser.press("#display .button")
    body = browser.find("body")
    assert body.value_of_css_property("font-size") == "27px"
    assert body.value_of_css_property("color") == "rgba(0, 0, 0, 1)"
    assert body.value_of_css_property("background-color") == "rgba(255, 255, 255, 1)"
