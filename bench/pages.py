"""The respondent's pages: bytes and requests of the first one, time against a bare Flask page."""

from __future__ import annotations

import re
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.server import BARE, OURS, Browser, free_port, serving
from bench.storage import milliseconds
from bench.table import Measured

FORM = "needs-assessment"
ROUNDS = 200
PARTS = re.compile(rb'<(?:link|script|img)[^>]+(?:href|src)="(/[^"]+)"')


def measure() -> Iterator[Measured]:
    """Bytes as they travel; times as medians of the same minutes, one request after the other."""
    with tempfile.TemporaryDirectory() as place:
        port, bare_port = free_port(), free_port()
        body = Path(place) / "page.html.gz"
        with serving(OURS, port, SUARA_DATA=f"{place}/data"):
            person = Browser(port)
            page = begin(person)
            yield from _size(person, page)
            body.write_bytes(person.get(page))
            with serving(BARE, bare_port, BENCH_BODY=str(body), SUARA_DATA=f"{place}/bare"):
                yield from _time(person, page, Browser(bare_port))


def begin(person: Browser) -> str:
    """Start the form as a person does; the address of its first question page."""
    person.get(f"/f/{FORM}")
    person.post(f"/f/{FORM}", {})
    return person.location


def _size(person: Browser, page: str) -> Iterator[Measured]:
    html = person.get(page)
    parts = sorted({found.decode() for found in PARTS.findall(person.text)})
    sizes = {part: len(person.get(part)) for part in parts}
    scripts = [part for part in parts if ".js" in part]
    total = (len(html) + sum(sizes.values())) / 1024
    yield Measured("first question page, everything included", total, "KB gzip", 14)
    yield Measured("requests for it", 1 + len(parts), "", 3)
    yield Measured("of them scripts (none is needed to answer)", len(scripts), "")


def _time(person: Browser, page: str, other: Browser) -> Iterator[Measured]:
    got: list[float] = []
    bare_got: list[float] = []
    posted: list[float] = []
    bare_posted: list[float] = []
    for _ in range(ROUNDS):
        got.append(milliseconds(lambda: person.get(page)))
        bare_got.append(milliseconds(lambda: other.get("/")))
        posted.append(milliseconds(lambda: person.post(page, {"consent": "yes"})))
        bare_posted.append(milliseconds(lambda: other.post("/", {"consent": "yes"})))
        if person.status not in (302, 303):
            raise RuntimeError(f"the answer was not accepted: {person.status}")
    yield Measured("GET of a bare Flask page of the same bytes", statistics.median(bare_got), "ms")
    yield _ratio("GET of a question page", got, bare_got, 5)
    yield _ratio("POST of its answer", posted, bare_posted, 10)


def _ratio(what: str, ours: list[float], bare: list[float], bar: float) -> Measured:
    return Measured(what, statistics.median(ours) / statistics.median(bare), "× bare", bar)
