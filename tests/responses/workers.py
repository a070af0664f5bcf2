"""Other processes that write to the same store."""

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from app.responses.tinydb import TinyDBCollection
from tests.responses.documents import response


def start(work: Callable[[], None]) -> int:
    """Run in a process of its own, whose id this returns; it leaves with 0 if all went well."""
    process = os.fork()
    if process == 0:
        _leave_after(work)
    return process


def _leave_after(work: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def run(works: Iterable[Callable[[], None]]) -> bool:
    """Run all at once, each in a process of its own; whether all went well."""
    processes = [start(work) for work in works]
    statuses = [os.waitpid(process, 0)[1] for process in processes]
    return not any(statuses)


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def acknowledge(folder: Path, first: int, pipe: int) -> None:
    """Add responses from number `first` on without end; write each number when it is stored."""
    collection = TinyDBCollection(folder)
    number = first
    while True:
        collection.add(response(number))
        os.write(pipe, b"%d\n" % number)
        number += 1
