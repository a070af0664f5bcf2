"""A headless Chromium, and what a person can set in theirs: size, colours, text, scripts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

SCRIPTS = Path(__file__).parent / "scripts"
BINARIES = ("chromium", "chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PHONE = (360, 800)


def missing() -> list[str]:
    """The programs that these tests need and this machine has not."""
    return [name for name in BINARIES if shutil.which(name) is None]


def start(profile: Path) -> webdriver.Chrome:
    """Start Chromium with a fresh profile; it writes down each request."""
    options = Options()
    options.binary_location = shutil.which(BINARIES[0]) or ""
    for flag in [*FLAGS.split(), f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which(BINARIES[1])))


class Browser:
    """One window on the application at ``base``."""

    def __init__(self, driver: webdriver.Chrome, base: str) -> None:
        self.driver = driver
        self.base = base
        self.requested: set[str] = set()
        self.reset()

    def reset(self) -> None:
        """As a phone that was never here."""
        self.driver.delete_all_cookies()
        self.cdp("Emulation.setScriptExecutionDisabled", value=False)
        # Else a page that is opened after Tab has left the one before never gets the focus.
        self.cdp("Emulation.setFocusEmulationEnabled", enabled=True)
        self._prefer()
        self.size(*PHONE)

    def cdp(self, command: str, **arguments: Any) -> Any:
        """A command of the Chrome DevTools Protocol."""
        return self.driver.execute_cdp_cmd(command, arguments)

    def script(self, name: str, *arguments: Any) -> Any:
        """Run ``scripts/<name>.js``, which sees ``arguments`` and returns something."""
        return self.driver.execute_script((SCRIPTS / f"{name}.js").read_text(), *arguments)

    # -- what a person does

    def open(self, path: str) -> None:
        self.driver.get(self.base + path)

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def has(self, css: str) -> bool:
        return bool(self.all(css))

    def choose(self, css: str) -> None:
        """Press what stays on the page: a choice, a box."""
        self.find(css).click()

    def press(self, css: str) -> None:
        """Press what leads to another page, and wait for it."""
        with self.leaving():
            self.find(css).click()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait at the end until another page is there."""
        before = self.find("html")
        yield
        WebDriverWait(self.driver, 10, 0.02, (WebDriverException,)).until(
            lambda driver: (
                driver.find_element(By.TAG_NAME, "html") != before
                and driver.execute_script("return document.readyState") == "complete"
            )
        )

    def type(self, css: str, words: str) -> None:
        box = self.find(css)
        box.clear()
        box.send_keys(words)

    def keys(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def comes_true(self, condition: Callable[[], bool], seconds: float = 3) -> bool:
        """Whether it is so soon: the browser moves the focus a moment after the page is there."""
        try:
            return bool(WebDriverWait(self.driver, seconds, 0.05).until(lambda _: condition()))
        except TimeoutException:
            return False

    @property
    def heading(self) -> str:
        return self.find("h1").text

    @property
    def path(self) -> str:
        return urlsplit(self.driver.current_url).path

    # -- what a person has set

    def size(self, width: int, height: int) -> None:
        """The window in CSS pixels."""
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    @contextmanager
    def sized(self, width: int, height: int) -> Iterator[None]:
        self.size(width, height)
        try:
            yield
        finally:
            self.size(*PHONE)

    @contextmanager
    def preferring(self, feature: str, value: str) -> Iterator[None]:
        """With a media feature set, as ``prefers-color-scheme: dark``."""
        self._prefer({"name": feature, "value": value})
        try:
            yield
        finally:
            self._prefer()

    def _prefer(self, *features: dict[str, str]) -> None:
        """Motion is always reduced: colours in transition would be measured half way."""
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.cdp("Emulation.setEmulatedMedia", features=[still, *features])

    @contextmanager
    def text_size(self, percent: int) -> Iterator[None]:
        """The root font size, as set in the browser's own settings."""
        for size in (percent, 100):
            self.cdp("Page.setFontSizes", fontSizes={"standard": 16 * size // 100})
            if size == percent:
                yield

    @contextmanager
    def without_scripts(self) -> Iterator[None]:
        self.cdp("Emulation.setScriptExecutionDisabled", value=True)
        try:
            yield
        finally:
            self.cdp("Emulation.setScriptExecutionDisabled", value=False)

    # -- what came over the network

    def note_requests(self) -> None:
        """Add every address that was asked for since the last call to ``requested``."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requested.add(message["params"]["request"]["url"])
