"""Tab through a page: everything can be reached, seen and left again, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser

THINNEST_OUTLINE = 2.0
LEAST_CONTRAST = 3.0
"""Of the focus with what is around it (WCAG 2.2, 1.4.11 and 2.4.13)."""


def walk(browser: Browser, size: tuple[int, int]) -> Iterator[str]:
    """What is wrong with the focus in a window of this size, from where it is to the end."""
    with browser.sized(*size):
        expected: list[int] = browser.script("stops")
        start = browser.script("focus")
        visited: list[int] = []
        for _ in range(len(expected) + 3):
            browser.keys(Keys.TAB)
            where: dict[str, Any] | None = browser.script("focus")
            if where is None or where["place"] in visited:
                break
            visited.append(where["place"])
            yield from _unseen(where)
        else:
            yield "Tab never comes to the end of the page"
    after = [place for place in expected if start is None or place > start["place"]]
    if visited != after:
        yield f"Tab stops at {visited}, the page has {after}"


def _unseen(where: dict[str, Any]) -> Iterator[str]:
    if where["outline"] < THINNEST_OUTLINE:
        yield f"no outline on {where['html']}"
    elif where["contrast"] < LEAST_CONTRAST:
        yield f"the outline has a contrast of {where['contrast']:.1f}: {where['html']}"
    if not where["visible"]:
        yield f"the focus is covered or outside of the window: {where['html']}"
