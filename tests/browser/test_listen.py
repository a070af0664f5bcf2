"""Reading aloud, with voices of our own in the place of the phone's: what is said, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.browser import respondent
from tests.browser.chromium import SCRIPTS, Browser
from tests.browser.findings import Stop, everything


@contextmanager
def voices(browser: Browser, *tags: str) -> Iterator[None]:
    source = f"const VOICES = {json.dumps(tags)};\n" + (SCRIPTS / "voices.js").read_text()
    wrapped = f"(() => {{ {source} }})()"
    added = browser.cdp("Page.addScriptToEvaluateOnNewDocument", source=wrapped)
    try:
        yield
    finally:
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])


def consent(browser: Browser) -> None:
    browser.open(f"/display?lang=id&back={respondent.START}")
    browser.choose("[name=listen]")
    browser.press("#display .button")
    browser.press("#start .button")


def said(browser: Browser) -> list[str]:
    return [text for _, text in browser.driver.execute_script("return window.said")]


def finish(browser: Browser) -> None:
    browser.driver.execute_script("window.saying.onend()")


def test_what_is_on_the_page_is_read_in_its_order_and_language(browser: Browser) -> None:
    with voices(browser, "en-US", "id_ID"):
        consent(browser)
        assert said(browser) == []
        buttons = browser.all(".aloud")
        assert buttons
        buttons[-1].click()
        for _ in range(20):
            if browser.has(".read-aloud"):
                finish(browser)
        heard = said(browser)
        shown = browser.all("#page .question .choice span")
        assert [word.text for word in shown] == heard[-len(shown) :]
        languages = browser.driver.execute_script("return window.said.map(([lang]) => lang)")
        assert set(languages) == {"id"}
        assert buttons[-1].text.startswith("Dengarkan")


def test_a_pause_keeps_the_place_and_what_is_read_is_marked(browser: Browser) -> None:
    with voices(browser, "id-ID"):
        consent(browser)
        button = browser.all(".aloud")[-1]
        button.click()
        finish(browser)
        assert len(browser.all(".read-aloud")) == 1
        button.click()
        assert button.text.startswith("Lanjut")
        assert not browser.has(".read-aloud")
        before = said(browser)
        button.click()
        assert said(browser) == [*before, before[-1]]


def test_without_a_voice_of_the_language_there_is_no_button(browser: Browser) -> None:
    with voices(browser, "en-US"):
        consent(browser)
        assert not browser.has(".aloud")


def test_nothing_is_wrong_with_a_page_that_can_be_heard(browser: Browser) -> None:
    with voices(browser, "id-ID"):
        consent(browser)
        assert browser.has(".aloud")
        assert list(everything(browser, Stop("consent", "first", "id"))) == []
