"""Everything that is looked at on a page, and what was wrong there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.browser import axe, tree, words
from tests.browser.chromium import Browser
from tests.browser.focus import walk

CHECKS = (
    "axe",
    "axe AAA",
    "dark",
    "dark AAA",
    "accessibility tree",
    "language",
    "320 px",
    "text spacing",
    "text of 200 %",
    "targets",
    "forced colours",
    "keyboard",
    "error state",
    "other hosts",
)
NARROW = (320, 640)
SHORT, LARGE = (320, 256), (1280, 720)
SMALLEST_TARGET, SMALLEST_FOR_COORDINATORS = 48, 44
"""CSS pixels (WCAG 2.2, 2.5.5); links in a sentence are excepted."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page as it was looked at: which, in which state (first, error, filled) and language."""

    page: str
    state: str
    language: str

    def __str__(self) -> str:
        return f"{self.page}, {self.state}, {self.language}"


@dataclass(slots=True)
class Findings:
    """The stops of a tour, and what was wrong at them: check → sentences."""

    stops: list[Stop] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    problems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look(self, browser: Browser, stop: Stop) -> None:
        """Look at the page that is open."""
        self.stops.append(stop)
        self.paths.add(browser.path)
        for check, problem in everything(browser, stop):
            self.problems[check].append(f"{stop} ({browser.path}): {problem}")


def everything(browser: Browser, stop: Stop) -> Iterator[tuple[str, str]]:
    """(check, problem) for all that is wrong with the page that is open."""
    if stop.state == "error":
        yield from _each("error state", _error_state(browser, stop))
    yield from _axe(browser)
    yield from _each("accessibility tree", tree.problems(tree.read(browser)))
    html = browser.driver.execute_script("return document.documentElement.outerHTML")
    yield from _each("language", words.problems(html, stop.language))
    at_a_desk = browser.path.startswith(("/coordinate", "/safety"))
    smallest = SMALLEST_FOR_COORDINATORS if at_a_desk else SMALLEST_TARGET
    yield from _each("targets", browser.script("targets", smallest))
    yield from _layout(browser)
    with browser.preferring("forced-colors", "active"):
        yield from _each("forced colours", browser.script("bounds"))
    if stop.state != "filled":
        size = SHORT if stop.language == "id" else LARGE
        yield from _each("keyboard", walk(browser, size))
    yield from _each("other hosts", _foreign(browser))


def _each(check: str, problems: Iterator[str] | list[str]) -> Iterator[tuple[str, str]]:
    return ((check, problem) for problem in problems)


def _axe(browser: Browser) -> Iterator[tuple[str, str]]:
    for check, found in zip(("axe", "axe AAA"), axe.scan(browser), strict=True):
        yield from _each(check, found)
    with browser.preferring("prefers-color-scheme", "dark"):
        for check, found in zip(("dark", "dark AAA"), axe.contrast(browser), strict=True):
            yield from _each(check, found)


def _layout(browser: Browser) -> Iterator[tuple[str, str]]:
    with browser.sized(*NARROW):
        yield from _each("320 px", browser.script("layout"))
        browser.script("spaced", True)
        yield from _each("text spacing", browser.script("layout"))
        browser.script("spaced", False)
        with browser.text_size(200):
            yield from _each("text of 200 %", browser.script("layout"))


def _error_state(browser: Browser, stop: Stop) -> Iterator[str]:
    """What must hold after a failed send (checklist, 2 to 4)."""
    word = {"id": "Kesalahan: ", "en": "Error: "}[stop.language]
    if not browser.driver.title.startswith(word):
        yield f"the title is {browser.driver.title!r}"
    if not browser.comes_true(lambda: browser.has("[role=alert]:focus")):
        yield "the focus is not on the error summary"
    if not browser.has("main [role=alert] ~ h1, main [role=alert] ~ * h1"):
        yield "the error summary does not stand before the h1"
    links = browser.all("[role=alert] a")
    messages = {(link.get_attribute("href") or "").split("#")[-1]: link.text for link in links}
    yield from tree.untold(tree.read(browser), messages)


def _foreign(browser: Browser) -> Iterator[str]:
    """Addresses of other hosts that were asked for until now."""
    browser.note_requests()
    for address in sorted(browser.requested):
        if address.startswith(("http", "ws")) and not address.startswith(f"{browser.base}/"):
            yield address
    browser.requested.clear()
