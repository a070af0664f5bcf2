"""Our JavaScript in a real browser: the modules of app/static/collect, run on data from Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from selenium import webdriver

STATIC = Path(__file__).parents[2] / "app" / "static"
SCRIPTS = Path(__file__).parent / "scripts"
SECONDS = 120


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def static_files() -> Iterator[str]:
    """A server of the static files alone; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(STATIC)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Modules:
    """A page that may import our modules."""

    def __init__(self, driver: webdriver.Chrome, base: str) -> None:
        self.driver = driver
        driver.get(f"{base}/collect/")
        driver.set_script_timeout(SECONDS)

    def run(self, name: str, data: Any) -> Any:
        """What ``scripts/<name>.js`` makes of ``data``."""
        body = (SCRIPTS / f"{name}.js").read_text()
        done = "arguments[arguments.length - 1]"
        found = self.driver.execute_async_script(
            f"const given = arguments[0], done = {done};"
            f"(async () => {{ {body} }})()"
            ".then((value) => done({ value }), (error) => done({ error: String(error.stack) }));",
            data,
        )
        assert "error" not in found, found["error"]
        return found["value"]
