"""The tour of the respondent's pages, every type in every state."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.chromium import Browser

Look = Callable[[str, str], None]
"""Called with the page that is open and its state: first, error or filled."""

ALONE = {
    "/": "home",
    "/help": "help",
    "/accessibility": "accessibility",
    "/display": "display choices",
    "/receipt": "enter a code",
    "/f/needs-assessment": "start of a shipped form",
    "/f/activity-feedback": "start with activities",
    "/f/activity-feedback?activity=none": "unknown activity",
    "/f/member-offer": "closed",
    "/f/needs-assessment/check": "no unfinished answers",
    "/not/there": "not found",
}
"""Pages that open by their address, by anybody."""

PAGES: dict[str, dict[str, str]] = {
    "single select": {"single": "red"},
    "multiple select": {"multiple": "red"},
    "select list": {"list": "blue"},
    "text": {"word": "Panji"},
    "long text": {"story": "Panji"},
    "number": {"number": "4"},
    "date": {"day-day": "17", "day-month": "8", "day-year": "2020"},
    "phone": {"phone": "0812 3456 7890"},
}
"""Pages of ``every_kind.yaml`` with one question: what is answered, box → value."""

TOGETHER = {
    "weight": "1,5",
    "scale": "4",
    "hour": "8.30",
    "noted": "OK",
    "order-red": "1",
    "order-blue": "2",
    "order-green": "3",
}
START = "/f/every-kind"


def tour(browser: Browser, language: str, look: Look) -> None:
    """Go everywhere in one language."""
    browser.open(f"/?lang={language}")
    for address, page in ALONE.items():
        browser.open(address)
        look(page, "first")
    _wrong_code(browser, look)
    _refusing(browser, look)
    _answering(browser, look)
    _sent(browser, look)


def fill(browser: Browser, answers: dict[str, str]) -> None:
    """Fill in boxes, whatever they are."""
    for name, value in answers.items():
        kind = browser.find(f"main [name='{name}']")
        if kind.get_attribute("type") in ("radio", "checkbox"):
            browser.choose(f"[name='{name}'][value='{value}']")
        elif kind.tag_name == "select":
            browser.choose(f"[name='{name}'] option[value='{value}']")
        else:
            browser.type(f"[name='{name}']", value)


def _wrong_code(browser: Browser, look: Look) -> None:
    browser.open("/receipt")
    browser.type("#code", "ABCD")
    browser.press("#enter .button")
    look("enter a code", "error")


def _refusing(browser: Browser, look: Look) -> None:
    browser.open(START)
    browser.press("#start .button")
    browser.press("[value=save]")
    look("nothing saved yet", "first")
    browser.press(".back")
    fill(browser, {"agree": "no"})
    browser.press("#next")
    look("refused", "first")
    browser.press("#page .button")
    look("ended", "first")


def _answering(browser: Browser, look: Look) -> None:
    browser.open(START)
    look("start", "first")
    browser.press("#start .button")
    _states(browser, look, "consent", {"agree": "yes"})
    browser.open(f"{START}/p/together")
    look("not on this page", "first")
    browser.open(START)
    look("start with unfinished answers", "first")
    browser.press(".notice .button")
    for page, answers in PAGES.items():
        _states(browser, look, page, answers)
    look("note", "first")
    browser.press("#next")
    _rows(browser, look)
    _states(browser, look, "many questions", TOGETHER)


def _states(browser: Browser, look: Look, page: str, answers: dict[str, str]) -> None:
    look(page, "first")
    browser.press("#next")
    look(page, "error")
    fill(browser, answers)
    look(page, "filled")
    browser.press("#next")


def _rows(browser: Browser, look: Look) -> None:
    look("repeat, empty", "first")
    browser.press("[value=add]")
    _states(browser, look, "row of a repeat", {"nickname": "Sri"})
    look("repeat", "first")
    browser.press("#next")


def _sent(browser: Browser, look: Look) -> None:
    look("check", "first")
    browser.press(".more .as-link")
    look("saved", "first")
    browser.press(".back")
    browser.press(".danger")
    look("stop", "first")
    browser.press(".second")
    browser.press("#send")
    look("receipt", "first")
    browser.press("a.second[href='/receipt/answers']")
    look("own answers", "first")
    browser.press("a.danger")
    look("delete", "first")
    browser.press("#delete .danger")
    look("withdrawn", "first")
    browser.open(START)
    browser.press("#start .button")
    browser.press("[value=stop]")
    browser.press("#stop .danger")
    look("stopped", "first")
