"""The needs assessment by keyboard alone: Tab, arrows, Space and Enter."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.chromium import Browser

FORM = "/f/needs-assessment"
MOST_PAGES, MOST_STOPS = 60, 80
TEXTS = {"tel": "0812 3456 7890", "text": "2", "textarea": "Air bersih"}


def focused(browser: Browser) -> WebElement:
    return browser.driver.switch_to.active_element


def tab_to(browser: Browser, css: str) -> None:
    """Press Tab until the focus is there."""
    target = browser.find(css)
    for _ in range(MOST_STOPS):
        if focused(browser) == target:
            return
        browser.keys(Keys.TAB)
    raise AssertionError(f"Tab does not lead to {css} on {browser.path}")


def press(browser: Browser, css: str) -> None:
    tab_to(browser, css)
    with browser.leaving():
        browser.keys(Keys.ENTER)


def answer(browser: Browser) -> None:
    """Go through the page once and answer what is not answered yet."""
    done: set[str] = set()
    for _ in range(MOST_STOPS):
        browser.keys(Keys.TAB)
        here = focused(browser)
        if here.get_attribute("id") == "next":
            return
        name = here.get_attribute("name") or ""
        if here.tag_name in ("input", "select", "textarea") and name not in done:
            done.add(name)
            answer_one(browser, here)
    raise AssertionError(f"Tab does not lead to Next on {browser.path}")


def answer_one(browser: Browser, control: WebElement) -> None:
    kind = control.get_attribute("type") or ""
    if kind in ("radio", "checkbox"):
        browser.keys(Keys.SPACE)
    elif kind == "select-one":
        browser.keys(Keys.ARROW_DOWN)
    elif not control.get_attribute("value"):
        browser.keys(TEXTS[kind])


def mend(browser: Browser) -> None:
    """Follow the first link of the error summary, and choose the next answer."""
    assert browser.comes_true(lambda: browser.has("[role=alert]:focus"))
    browser.keys(Keys.TAB)
    browser.keys(Keys.ENTER)
    browser.keys(Keys.ARROW_DOWN)


def test_the_skip_link_is_first_and_leads_to_the_content(browser: Browser) -> None:
    browser.open("/?lang=id")
    browser.keys(Keys.TAB)
    assert focused(browser).text == "Lewati ke isi utama"
    assert focused(browser).size["height"] >= 44
    browser.keys(Keys.ENTER)
    assert focused(browser).tag_name == "main"
    browser.keys(Keys.TAB)
    assert browser.find("main").find_elements("xpath", ".//a")[0] == focused(browser)


def test_arrows_choose_and_enter_continues(browser: Browser) -> None:
    browser.open(f"{FORM}?lang=en")
    press(browser, "#start .button")
    tab_to(browser, "[name=consent]")
    browser.keys(Keys.ARROW_DOWN)
    assert browser.find("[name=consent][value=no]").is_selected()
    browser.keys(Keys.ARROW_UP)
    assert browser.find("[name=consent][value=yes]").is_selected()
    with browser.leaving():
        browser.keys(Keys.ENTER)
    assert browser.heading == "How is this form being filled in?"


def test_an_error_is_found_followed_and_mended(browser: Browser) -> None:
    browser.open(f"{FORM}?lang=en")
    press(browser, "#start .button")
    press(browser, "#next")
    assert browser.comes_true(lambda: browser.has("[role=alert]:focus"))
    browser.keys(Keys.TAB)
    assert focused(browser).get_attribute("href").endswith("#q-consent")
    browser.keys(Keys.ENTER)
    assert focused(browser).get_attribute("id") == "q-consent"
    browser.keys(Keys.SPACE)
    press(browser, "#next")
    assert browser.heading == "How is this form being filled in?"


def test_the_needs_assessment_from_start_to_receipt(browser: Browser) -> None:
    browser.open(f"{FORM}?lang=id")
    press(browser, "#start .button")
    met: list[str] = []
    while not browser.path.endswith("/check"):
        met.append(browser.path)
        assert len(met) < MOST_PAGES, met
        if browser.has("[role=alert]"):
            mend(browser)
            tab_to(browser, "#next")
        else:
            answer(browser)
        with browser.leaving():
            browser.keys(Keys.ENTER)
    assert len(met) > 10
    press(browser, "#send")
    assert browser.has(".code")
