"""What the application does by itself once a day: deleting what has been kept long enough.

A thread in each worker looks now and then. It needs no request, because answers on a server that
nobody visits must go too; and a file lock and a note of the last day let one worker do the work.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from app.audit.recording import APP
from app.backup.scheduled import back_up
from app.demo.folder import is_demo
from app.responses import files
from app.retention.run import run
from app.settings import Settings

EVERY_SECONDS = 600
_NOTE = "last.json"


def watch(app: Flask) -> threading.Thread:
    """Begin to look, in a thread that ends with the process."""
    thread = threading.Thread(target=_look_for_ever, args=(app,), name="daily", daemon=True)
    thread.start()
    return thread


def run_if_due(app: Flask, now: datetime) -> bool:
    """Do the day's work, unless it has been done today or another process is at it.

    Invented answers stay: they are older than what real people were promised. Raises StorageError:
    then it is tried again at the next look.
    """
    settings: Settings = app.extensions["settings"]
    if is_demo(settings.data):
        return False
    folder = settings.data / "daily"
    today = now.astimezone(ZoneInfo(settings.timezone)).date()
    files.make_folder(folder)
    with _alone(folder) as alone:
        if not alone or _last(folder) == today:
            return False
        with app.app_context():
            run(now, APP)
            back_up(settings, now, today)
        files.put(folder / _NOTE, json.dumps({"day": today.isoformat()}).encode())
    return True


def _look_for_ever(app: Flask) -> None:
    pause = threading.Event()
    while True:
        try:
            run_if_due(app, datetime.now(UTC))
        except Exception:
            app.logger.exception("The work of the day could not be done; it is tried again.")
        pause.wait(EVERY_SECONDS)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process is at it; waits for nobody."""
    lock = os.open(folder / files.LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(lock)


def _last(folder: Path) -> date | None:
    try:
        return date.fromisoformat(json.loads(files.content(folder / _NOTE) or b"null")["day"])
    except (ValueError, TypeError, KeyError):
        return None
