"""One server and one Chromium for all tests in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.activities import activities
from app.demo.invent import invent, prepare
from app.publishing import catalogue
from app.questionnaire.xlsform import convert
from app.settings import Settings
from tests.browser import chromium, material, respondent, staff
from tests.browser.chromium import Browser
from tests.browser.findings import Findings, Stop
from tests.browser.server import serving

LANGUAGES = ("id", "en")
RESPONSES = 24
EVERY_KIND = Path(__file__).parent / "every_kind.yaml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with every shipped form, one of every kind of question, and answers."""
    now = datetime.now(UTC)
    app = create_app(Settings(data=tmp_path_factory.mktemp("browser") / "data"))
    with app.app_context():
        prepare(now)
        catalogue().publish(convert(EVERY_KIND.read_bytes()), now)
        catalogue().set_open("member-offer", False)
        for _ in invent(RESPONSES, 7, now):
            pass
        assert activities().each()
    return app


@pytest.fixture(scope="session")
def address(live_app: Flask) -> Iterator[str]:
    with serving(live_app) as base:
        yield base


@pytest.fixture(scope="session")
def window(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser that all tests share; use ``browser``."""
    if absent := chromium.missing():
        pytest.skip(f"not installed: {', '.join(absent)}")
    driver = chromium.start(tmp_path_factory.mktemp("chromium"))
    try:
        yield Browser(driver, address)
    finally:
        driver.quit()


@pytest.fixture
def browser(window: Browser) -> Browser:
    """The browser as one that was never here."""
    window.reset()
    return window


@pytest.fixture(scope="session")
def findings(window: Browser, live_app: Flask) -> Findings:
    """What was wrong with any page, after a tour of all pages in each language."""
    found = Findings()
    for language in LANGUAGES:

        def look(page: str, state: str, language: str = language) -> None:
            found.look(window, Stop(page, state, language))

        window.reset()
        respondent.tour(window, language, look)
        staff.tour(window, language, look, material.prepare(live_app, language))
    return found
