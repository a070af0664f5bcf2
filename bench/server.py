"""Real servers to measure: ours, and a bare Flask application with the same gunicorn settings."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parent.parent
HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(rb'(name|value)="([^"]*)"')


class Browser:
    """One kept connection with its cookies; no more of a browser than the measurements need."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: SimpleCookie = SimpleCookie()
        self.status = 0
        self.location = ""
        self.hidden: dict[str, str] = {}
        self.text = b""

    def get(self, path: str) -> bytes:
        """The body as it travels: compressed where the server compresses."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str | list[str]]) -> bytes:
        """Send a form with the hidden fields of the last page; follow nothing."""
        return self._ask("POST", path, urlencode({**self.hidden, **fields}, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> bytes:
        headers = {
            "Accept-Encoding": "gzip",
            "Accept-Language": "id",
            "Cookie": "; ".join(f"{c.key}={c.coded_value}" for c in self._cookies.values()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        reply = self._connection.getresponse()
        content = reply.read()
        self.status = reply.status
        for value in reply.headers.get_all("Set-Cookie") or ():
            self._cookies.load(value)
        self.location = urlsplit(reply.headers.get("Location") or "").path
        self.text = plain(reply, content)
        if self.status == 200:
            found = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(self.text)]
            self.hidden = {
                each[b"name"].decode(): unescape(each.get(b"value", b"").decode())
                for each in found
                if b"name" in each
            }
        return content


def plain(reply: http.client.HTTPResponse, content: bytes) -> bytes:
    """The body uncompressed."""
    packed = reply.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(content) if packed else content


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: list[str], port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; yields once it answers."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"SUARA_PORT": str(port)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def memory_of_workers(master: subprocess.Popen[bytes]) -> float:
    """Megabytes resident in the largest worker process now."""
    children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
    status = (Path(f"/proc/{child}/status").read_text() for child in children)
    resident = (re.search(r"VmRSS:\s+(\d+)", text) for text in status)
    return max(int(found[1]) for found in resident if found) / 1024


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not begin to listen")


SUARA = str(Path(sys.executable).with_name("suara"))
OURS = [SUARA, "serve"]
"""Serves the application, as ``make run`` does."""

BARE = [sys.executable, "-m", "gunicorn", "--config", "python:bench.bare"]
"""Serves ``bench.bare`` through the same gunicorn settings."""
