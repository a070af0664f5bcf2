"""A facilitator's phone: Chromium with a profile of its own, and a server that can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from socket import SHUT_RDWR
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import BaseWSGIServer, make_server

from tests.browser import chromium

PIN = "204060"


class Server:
    """The application on one port, started and stopped as often as a test likes."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = 0
        self.lose_replies_to = ""
        self._server: BaseWSGIServer | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The application, some of whose answers are lost on the way."""
        reply = self.app.wsgi_app(environ, start_response)
        if environ["PATH_INFO"] != self.lose_replies_to:
            return reply
        b"".join(reply)
        environ["werkzeug.socket"].shutdown(SHUT_RDWR)
        raise ConnectionAbortedError

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self, threaded=True)
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"


class Phone:
    """What a facilitator does with it."""

    def __init__(self, base: str, profile: Path) -> None:
        self.base = base
        self.profile = profile
        self.switch_on()

    def switch_on(self) -> None:
        self.driver = chromium.start(self.profile)
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False},
        )

    def switch_off(self) -> None:
        self.driver.quit()

    def sign_in(self, cookie: str) -> None:
        self.driver.get(f"{self.base}/health")
        self.driver.add_cookie({"name": "suara", "value": cookie, "path": "/"})

    def open(self, path: str) -> None:
        self.driver.get(self.base + path)

    @property
    def path(self) -> str:
        return urlsplit(self.driver.current_url).path

    # -- seeing

    def until(self, condition: Callable[[], Any], what: str = "") -> Any:
        ignored = (StaleElementReferenceException, WebDriverException)
        wait = WebDriverWait(self.driver, 60, 0.05, ignored)
        return wait.until(lambda _driver: condition(), what)

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    @property
    def heading(self) -> str:
        return self.find("h1").text

    @property
    def words(self) -> str:
        return self.find("main").text

    def rows(self, name: str) -> list[str]:
        return [row.text for row in self.all(f"[data-list={name}] > li")]

    def has_rows(self, name: str, number: int) -> None:
        self.until(lambda: len(self.rows(name)) == number, f"{number} rows in {name}")

    def stored(self, store: str) -> list[dict[str, Any]]:
        """What lies on the phone."""
        found: list[dict[str, Any]] = self.driver.execute_async_script(
            """const done = arguments[1], request = indexedDB.open("suara-collect");
            request.onsuccess = () => {
              const reading = request.result.transaction(arguments[0]);
              const all = reading.objectStore(arguments[0]).getAll();
              all.onsuccess = () => { request.result.close(); done(all.result); };
            };""",
            store,
        )
        return found

    @property
    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def update(self) -> None:
        """Let the browser look for a new version of the app."""
        self.driver.execute_async_script(
            "const done = arguments[0];"
            "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => done());"
        )

    def caches(self) -> list[str]:
        """The copies of the app that the worker keeps."""
        found: list[str] = self.driver.execute_async_script("caches.keys().then(arguments[0])")
        return found

    # -- doing

    def press(self, what: str) -> None:
        self.find(f"[data-do={what}]").click()

    def keys(self, *keys: str) -> None:
        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def enter_pin(self, pin: str = PIN) -> None:
        self.until(lambda: self.find("#pin")).send_keys(pin, Keys.ENTER)
        self.until(lambda: self.all("[data-list=open]"), "the lists")

    def take_along(self) -> None:
        """Open the app with a network, take the forms along, choose a PIN."""
        self.open("/collect/app/id")
        self.until(lambda: self.all("[data-do=take]"), "the lists")
        self.press("take")
        self.enter_pin()
        ready = (
            "return navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
        )
        self.until(lambda: self.driver.execute_script(ready), "the worker")

    def begin(self, form_id: str = "needs-assessment") -> None:
        self.until(lambda: self.find(f"li[data-id={form_id}] [data-do=begin]")).click()
        self.until(lambda: self.find("form[data-form=begin] button.button")).click()
        self.until(lambda: self.all("#page"), "a page")
