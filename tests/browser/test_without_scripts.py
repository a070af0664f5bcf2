"""The whole way with JavaScript off (checklist, 1): what most of the world's phones can do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from selenium.webdriver.common.action_chains import ActionChains

from app.stores import Stores
from tests.browser.chromium import Browser
from tests.browser.respondent import PAGES, START, TOGETHER, fill


@pytest.fixture
def plain(browser: Browser) -> Iterator[Browser]:
    """The browser with scripts switched off, which a page that has one proves."""
    with browser.without_scripts():
        page = "data:text/html,<title>off</title><script>document.title = 'on'</script>"
        browser.driver.get(page)
        assert browser.driver.title == "off"
        yield browser


def sent(app: Flask) -> int:
    stores: Stores = app.extensions["stores"]
    return stores.responses("every-kind").count()


def to_check(browser: Browser) -> None:
    """Answer everything, without detours."""
    browser.open(f"{START}?lang=en")
    browser.press("#start .button")
    for answers in ({"agree": "yes"}, *PAGES.values(), {}, {}, TOGETHER):
        fill(browser, answers)
        browser.press("#next")
    assert browser.heading == "Check your answers"


def answered(browser: Browser, page: str) -> str:
    """What the list of answers says of a page."""
    change = browser.find(f".answers a[href*='/p/{page}']")
    return change.find_element("xpath", "ancestor::div[1]").text


def test_from_the_start_to_the_receipt(plain: Browser, live_app: Flask) -> None:
    before = sent(live_app)
    plain.open(f"{START}?lang=id")
    plain.press("#start .button")
    fill(plain, {"agree": "yes"})
    plain.press("#next")

    plain.press("#next")
    assert plain.driver.title.startswith("Kesalahan: ")
    assert plain.comes_true(lambda: plain.has("[role=alert]:focus"))
    fill(plain, {"single": "green"})
    plain.press("[name=lang][value=en]")
    assert plain.heading == "Which colour do you like best?"
    assert plain.find("[name=single][value=green]").is_selected()
    plain.press("#next")

    fill(plain, {"multiple": "blue"})
    plain.press(".back")
    assert plain.find("[name=single][value=green]").is_selected()
    plain.press("#next")
    assert plain.find("[name=multiple][value=blue]").is_selected()
    for answers in (*list(PAGES.values())[1:], {}, {}, TOGETHER):
        fill(plain, answers)
        plain.press("#next")

    assert "Green" in answered(plain, "single")
    plain.press(".answers a[href*='/p/single']")
    fill(plain, {"single": "red"})
    plain.press("#next")
    assert plain.heading == "Check your answers"
    assert "Red" in answered(plain, "single")
    plain.press("#send")
    code = plain.find(".code").text
    plain.driver.refresh()
    assert plain.find(".code").text == code
    plain.open(f"{START}/check")
    assert plain.find(".code").text == code
    assert sent(live_app) == before + 1


def test_a_double_press_sends_once(plain: Browser, live_app: Flask) -> None:
    before = sent(live_app)
    to_check(plain)
    with plain.leaving():
        ActionChains(plain.driver).double_click(plain.find("#send")).perform()
    plain.open("/receipt")
    assert plain.has(".code")
    assert sent(live_app) == before + 1


def test_sending_again_after_going_back_sends_once(plain: Browser, live_app: Flask) -> None:
    before = sent(live_app)
    to_check(plain)
    plain.press("#send")
    code = plain.find(".code").text
    plain.driver.back()
    if plain.has("#send"):
        plain.press("#send")
    assert plain.find(".code").text == code
    assert sent(live_app) == before + 1
