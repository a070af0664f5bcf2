"""``suara serve``: the real server, in processes of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from app.demo.folder import claim
from app.serve import quiet_path
from tests.cli.conftest import Suara

SUARA = Path(sys.executable).with_name("suara")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def lines_until(process: subprocess.Popen[str], pattern: str) -> str:
    """What the server printed up to and with a line that matches."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if re.search(pattern, line):
            return said
    raise AssertionError(f"the server stopped and said:\n{said}")


def workers_of(process: subprocess.Popen[str], but: frozenset[int] = frozenset()) -> frozenset[int]:
    """Its child processes, as soon as there is one that is not in ``but``."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 20
    while not (found := frozenset(map(int, children.read_text().split())) - but):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    environ = {"PATH": os.environ["PATH"], "SUARA_DATA": str(tmp_path / "data")}
    environ["SUARA_PORT"] = str(port)
    process = subprocess.Popen(
        [SUARA, "serve"],
        env=environ,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_it_says_where_it_serves_and_how_the_first_coordinator_gets_in(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    said = lines_until(process, "/account/link/")
    assert f"Suara Inklusi serves at {address}/" in said
    link = said.split()[-1]
    with urlopen(link) as page:
        assert 'autocomplete="new-password"' in page.read().decode()
    assert workers_of(process)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert '"GET /account/link/…" 200' in rest
    assert link.rpartition("/")[2] not in rest
    assert "127.0.0.1" not in rest


def test_the_address_answers_while_workers_come_and_go(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    lines_until(process, "/account/link/")
    before = workers_of(process)
    os.kill(min(before), signal.SIGKILL)
    with urlopen(f"{address}/account/sign-in") as page:
        assert page.status == 200
    assert workers_of(process, but=before)


def test_a_busy_address_is_told_without_a_traceback(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environ = {"PATH": os.environ["PATH"], "SUARA_DATA": str(tmp_path / "data")}
        environ["SUARA_PORT"] = str(port)
        result = subprocess.run(
            [SUARA, "serve"], env=environ, cwd=tmp_path, text=True, capture_output=True, timeout=60
        )
    assert result.returncode == 1
    assert f"127.0.0.1:{port} is in use" in result.stderr
    assert "SUARA_PORT" in result.stderr
    assert "Traceback" not in result.stderr


def test_real_answers_never_join_invented_ones(suara: Suara, data: Path) -> None:
    claim(data)
    result = suara("serve")
    assert result.exit_code == 1
    assert "invented answers" in result.output


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/f/needs-assessment/household/2/age", "/f/needs-assessment/household/2/age"),
        ("/account/link/x8Q2m9Zk1aaaaaaaaa", "/account/link/…"),
        ("/openrosa/AbCdEfGhIj0123456789/formList", "/openrosa/…/formList"),
        ("/coordinate/needs-assessment/000001-123456", "/coordinate/needs-assessment/…"),
        ("/" + "a" * 70, "/…"),
    ],
)
def test_the_log_names_pages_and_nobody(path: str, logged: str) -> None:
    assert quiet_path(path) == logged


def test_a_page_that_is_not_there_is_a_page(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    lines_until(process, "/account/link/")
    with pytest.raises(HTTPError) as caught:
        urlopen(f"{address}/nothing-here")
    with caught.value as reply:
        assert reply.code == 404
        assert b"<h1>" in reply.read()
