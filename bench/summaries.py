"""Summaries of many responses: as a page, cold and warm, as a PDF, and what a worker then holds."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from app.accounts.model import Role
from app.accounts.services import services
from app.accounts.store import new_account
from app.settings import Settings
from bench.answers import INVENTED, fill
from bench.server import BARE, SUARA, Browser, free_port, memory_of_workers, serving
from bench.storage import milliseconds
from bench.table import Measured

FORM = "needs-assessment"
STORED = (1_000, 10_000, 100_000)
WARM = 5


def measure() -> Iterator[Measured]:
    """Seconds; the bars for 100,000 are those for a warm page and its PDF."""
    for stored in STORED:
        with tempfile.TemporaryDirectory() as place:
            folder = fill(Path(place) / "data", FORM, stored)
            yield from _one(folder, stored, Path(place))


def _one(folder: Path, stored: int, place: Path) -> Iterator[Measured]:
    port, bare_port = free_port(), free_port()
    command = [SUARA, "demo", "--responses", str(INVENTED)]
    with serving(command, port, SUARA_DATA=str(place / "data")) as ours:
        coordinator = Browser(port)
        sign_in(coordinator, folder)
        page = f"/coordinate/form/{FORM}/summary"
        cold = _seconds(coordinator, page)
        warm = min(_seconds(coordinator, page) for _ in range(WARM))
        body = place / "page.gz"
        body.write_bytes(coordinator.get(page))
        yield Measured(f"{stored:,}: page, cold (counts every answer)", cold, "s")
        bar = 0.3 if stored == STORED[-1] else None
        yield Measured(f"{stored:,}: page, warm", warm, "s", bar)
        with serving(BARE, bare_port, BENCH_BODY=str(body), SUARA_DATA=str(place / "bare")):
            other = Browser(bare_port)
            least = min(milliseconds(lambda: other.get("/")) for _ in range(50)) / 1000
            yield Measured(f"{stored:,}: page, warm", warm / least, "× bare")
        pdf = _seconds(coordinator, f"/coordinate/form/{FORM}/summary-id.pdf")
        pdf = min(pdf, _seconds(coordinator, f"/coordinate/form/{FORM}/summary-id.pdf"))
        yield Measured(f"{stored:,}: PDF, warm", pdf, "s", 3 if bar else None)
        yield Measured(f"{stored:,}: memory of a worker", memory_of_workers(ours), "MB", 100)


def sign_in(coordinator: Browser, folder: Path) -> None:
    """Make an account in the data folder, and sign in with it."""
    password = secrets.token_urlsafe(16)
    app = create_app(Settings(data=folder))
    with app.app_context():
        account = new_account(
            "bench",
            Role.COORDINATOR,
            datetime.now(UTC),
            password=services().passwords.hash(password),
        )
        services().accounts.add(account)
    coordinator.get("/account/sign-in")
    coordinator.post("/account/sign-in", {"name": "bench", "password": password})
    if coordinator.status not in (302, 303):
        raise RuntimeError(f"could not sign in: {coordinator.status}")


def _seconds(coordinator: Browser, page: str) -> float:
    begin = time.perf_counter()
    coordinator.get(page)
    if coordinator.status != 200:
        raise RuntimeError(f"{page}: {coordinator.status}")
    return time.perf_counter() - begin
