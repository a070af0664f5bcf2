"""Uploads made to do harm: refused with a sentence or harmless, within two seconds and 200 MB.

Each is sent to a real server in a process of its own, so that what is measured is the whole way:
the request, the check, and the page that says what was found.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

SECONDS = 2.0
"""Of the server's processor: the clock of a busy machine says nothing."""
MEGABYTES = 200.0
"""More than the server had before."""

UPLOAD = "/coordinate/forms/upload"
BOUNDARY = "----------------boundary"
PROC = Path("/proc/self/clear_refs")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROC.exists(), reason="memory is measured in /proc"),
]


@dataclass(frozen=True)
class Outcome:
    """What an upload led to; ``location`` is where the page of what was found is."""

    status: int
    page: str
    location: str
    seconds: float
    megabytes: float


class Server:
    """The server, and one coordinator's browser."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        command = [sys.executable, "-m", "tests.coordinate.hostile_server", str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert self.process.stdout is not None
        said = json.loads(self.process.stdout.readline())
        self.port = said["port"]
        self.cookies = {"suara": said["cookie"], "language": "en"}

    def close(self) -> None:
        self.process.communicate()

    def ask(
        self, path: str, body: bytes | None = None, content: str = ""
    ) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, **({"Content-Type": content} if content else {})}
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        page = response.read().decode()
        for name, value in re.findall(
            r"^(\S+?)=([^;]*)",
            "\n".join(response.headers.get_all("Set-Cookie") or []),
            re.MULTILINE,
        ):
            self.cookies[name] = value
        connection.close()
        return response.status, page, response.headers

    def upload(self, name: str, content: bytes, *others: tuple[str, bytes]) -> Outcome:
        """Send a file as a browser does, and read what was found."""
        _, page, _ = self.ask(UPLOAD)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None
        parts = [part("csrf_token", token[1].encode()), part("file", content, name)]
        parts += [part("others", each, other) for other, each in others]
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        (self._proc / "clear_refs").write_text("5")
        busy, held = self._seconds(), self._megabytes("VmRSS")
        type_ = f"multipart/form-data; boundary={BOUNDARY}"
        status, page, headers = self.ask(UPLOAD, body, type_)
        location = headers.get("Location", "")
        if location:
            _, page, _ = self.ask(location)
        peak = self._megabytes("VmHWM") - held
        return Outcome(status, page, location, self._seconds() - busy, peak)

    @property
    def _proc(self) -> Path:
        return Path("/proc") / str(self.process.pid)

    def _seconds(self) -> float:
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _megabytes(self, field: str) -> float:
        status = (self._proc / "status").read_text()
        found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
        assert found is not None
        return int(found[1]) / 1024


def part(field: str, content: bytes, name: str | None = None) -> bytes:
    file = "" if name is None else f'; filename="{name}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("hostile") / "data")
    server.upload("warm-up.yaml", FORM)
    yield server
    server.close()


FORM = b"survey:\n  - {type: text, name: a, label: A}\n"


def book(*rows: tuple[object, ...], sheet: str = "survey", more: int = 0) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as made:
        survey = made.add_worksheet(sheet)
        survey.write_row(0, 0, ["type", "name", "label", "relevant"])
        for number, row in enumerate(rows, start=1):
            survey.write_row(number, 0, row)
        for number in range(more):
            survey.write_row(number + 1, 0, ["text", f"q{number}", "A"])
    return file.getvalue()


PLAIN = book(("text", "a", "A"))


def with_part(name: str, change: Callable[[bytes], bytes], source: bytes = PLAIN) -> bytes:
    """A workbook in which one part is other than a spreadsheet program writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as plain, zipfile.ZipFile(file, "w", 8) as made:
        parts = {each: plain.read(each) for each in plain.namelist()}
        for each, content in {**parts, name: change(parts.get(name, b""))}.items():
            made.writestr(each, content)
    return file.getvalue()


def entities(part: bytes) -> bytes:
    """Ten to the ninth letters from a few lines, and the content of a file of the server."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    declared = f'<!DOCTYPE b [<!ENTITY l0 "a">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    head, _, rest = part.partition(b"?>")
    return head + b"?>" + declared.encode() + rest.replace(b"survey", b"&l8;&f;")


def utf16(part: bytes) -> bytes:
    return entities(part).replace(b'encoding="UTF-8"', b"").decode().encode("utf-16")


def csv(rows: int) -> bytes:
    return b"survey\n,type,name,label\n" + b",text,a,b\n" * rows


HARD = "${q1} " * 100
LISTS = "choices:\n" + "".join(f"  - {{list_name: l, name: c{n}, label: A}}\n" for n in range(3000))
ASKING = "".join(f"  - {{type: select_one l, name: q{n}, label: A}}\n" for n in range(1000))

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": (
        "form.xlsx",
        lambda: with_part("xl/sharedStrings.xml", lambda _: bytes(300 * 2**20)),
        "unpacks to more than",
    ),
    "a zip of many parts": (
        "form.xlsx",
        lambda: b"".join([_many_parts(30_000)]),
        "unpacks to more than",
    ),
    "XML bomb": ("form.xlsx", lambda: with_part("xl/workbook.xml", entities), "XML entities"),
    "XML bomb in a sheet": (
        "form.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", entities),
        "XML entities",
    ),
    "XML bomb in UTF-16": (
        "form.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", utf16),
        "cannot be read",
    ),
    "15 MB": ("form.xlsx", lambda: PLAIN + bytes(15 * 10**6), "larger than"),
    "20,000 rows": ("form.xlsx", lambda: book(more=20_000), "more than"),
    "20,000 rows of CSV": ("form.csv", lambda: csv(20_000), "more than"),
    "9 MB of CSV": ("form.csv", lambda: csv(900_000), "larger than"),
    "9 MB of YAML": ("form.yaml", lambda: FORM + b"  - [a, a, a, a]\n" * 500_000, "larger than"),
    "9 MB of Markdown": ("form.md", lambda: b"| survey |\n" + b"|-" * 4_500_000, "larger than"),
    "a line of dashes": (
        "form.md",
        lambda: b"| survey |\n|" + b"-" * 500_000 + b"x|\n",
        "no sheet",
    ),
    "a reference that never closes": (
        "form.xlsx",
        lambda: book(("text", "a", "${" + " " * 32_000 + "x")),
        "not closed",
    ),
    "a million references": (
        "form.xlsx",
        lambda: book(*(("text", f"q{n}", HARD) for n in range(1900))),
        "references",
    ),
    "millions of choices": (
        "form.yaml",
        lambda: f"survey:\n{ASKING}{LISTS}".encode(),
        "choices together",
    ),
    "words of a film": ("form.xlsx", lambda: b"\x00\x00\x00\x18ftypmp42" * 9, "not an XLSForm"),
    "an address": ("form.csv", lambda: b"file:///etc/passwd", "not an XLSForm"),
}


def _many_parts(count: int) -> bytes:
    file = io.BytesIO(PLAIN)
    with zipfile.ZipFile(file, "a") as made:
        for number in range(count):
            made.writestr(f"{number}.xml", b"")
    return file.getvalue()


@pytest.mark.parametrize("name", list(REFUSED))
def test_refused_with_a_sentence_and_soon(server: Server, name: str) -> None:
    file, make, sentence = REFUSED[name]
    outcome = server.upload(file, make())
    assert outcome.status == 302
    assert "This form cannot be published yet" in outcome.page
    assert sentence in outcome.page
    assert "root:" not in outcome.page
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES


def test_fifty_megabytes_are_not_even_taken(server: Server) -> None:
    outcome = server.upload("form.xlsx", bytes(50 * 10**6))
    assert outcome.status == 413
    assert "That is too much to send at once" in outcome.page
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < 20


HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macros": ("form.xlsm", lambda: with_part("xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0")),
    "formulas": (
        "form.xlsx",
        lambda: book(("text", "a", "=1+1"), ("text", "b", '=HYPERLINK("x")')),
    ),
    "a path as a name": ("../../../../tmp/x.yaml", lambda: FORM),
    "a name with markup": ("&lt;b&gt;<script>alert(1)</script>.yaml", lambda: FORM),
    "a pattern that hangs": (
        "form.yaml",
        lambda: FORM + b"  - {type: text, name: b, label: B, constraint: \"regex(., '(a+)+b')\"}\n",
    ),
    "a billion rows": (
        "form.yaml",
        lambda: (
            FORM
            + b"  - {type: begin_repeat, name: r, label: R, repeat_count: 1000000000}\n"
            + b"  - {type: text, name: b, label: B}\n  - {type: end_repeat}\n"
        ),
    ),
    "markup in a label": (
        "form.yaml",
        lambda: b"survey:\n  - {type: text, name: a, label: '<script>alert(1)</script>'}\n",
    ),
}


@pytest.mark.parametrize("name", list(HARMLESS))
def test_harmless(server: Server, name: str) -> None:
    file, make = HARMLESS[name]
    outcome = server.upload(file, make())
    assert outcome.status == 302
    assert "This form can be published" in outcome.page
    assert "<script>" not in outcome.page
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES
    busy = server._seconds()
    assert walk(server, outcome) == 200
    assert server._seconds() - busy < SECONDS


def walk(server: Server, outcome: Outcome) -> int:
    """Begin in the preview and answer its first page with what a hostile person would write."""
    link = re.search(r'href="([^"]*preview/f/[^"]*)"', outcome.page)
    assert link is not None
    status, page, _ = server.ask(link[1].replace("&amp;", "&"))
    for body in ("", f"a={'a' * 5000}!&%3Ado=next"):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None
        address = link[1].partition("?")[0] + ("/p/a" if body else "")
        form = "application/x-www-form-urlencoded"
        _, _, headers = server.ask(address, f"csrf_token={token[1]}&{body}".encode(), form)
        status, page, _ = server.ask(headers["Location"])
        assert "<script>" not in page
    return status
