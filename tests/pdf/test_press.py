from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.summaries.press import Press, TypesettingError
from tests.pdf.tags import text

HTML = "<html lang=en><title>T</title><body><h1>Number {}</h1>"


@pytest.fixture
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def test_documents_sent_at_once_are_not_mixed_up(press: Press) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(press.pdf, map(HTML.format, range(8))))
    assert [text(data).split()[:2] for data in made] == [["Number", str(n)] for n in range(8)]


def test_a_process_that_died_is_started_again(press: Press) -> None:
    press.pdf(HTML.format(1))
    process = press._process
    assert process is not None
    process.kill()
    process.wait()
    assert "Number 2" in text(press.pdf(HTML.format(2)))


def test_a_document_that_cannot_be_set_is_told(
    press: Press, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(str):
        def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
            return b"\xff"

    with pytest.raises(TypesettingError):
        press.pdf(Broken())
    assert "Traceback" in capfd.readouterr().err
    assert "Number 3" in text(press.pdf(HTML.format(3)))


def test_too_slow_is_told(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.summaries.press.LONGEST", 0.001)
    with pytest.raises(TypesettingError):
        press.pdf(HTML.format(1))


def test_a_forked_worker_has_a_process_of_its_own(press: Press) -> None:
    press.pdf(HTML.format(1))
    ours = press._control
    child = os.fork()
    if child == 0:
        os._exit(0 if press._running() is not ours else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert press._control is ours
