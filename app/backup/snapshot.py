"""The data folder as it is at one moment, while the server goes on writing.

Files that are replaced when they change are linked: what is linked never changes. Files that are
added to are copied. Unfinished interviews are left out: they live for days only, and somebody who
broke off and was deleted must not come back with a backup.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.responses.erasures import NAME as ERASED
from app.responses.files import LOCK, WRITING

LEFT_OUT = {LOCK, WRITING, "throttle"}
LEFT_OUT_FOLDERS = {"drafts", "daily"}
ADDED_TO = {ERASED, "log.jsonl"}
_PREFIX = ".snapshot-"


@contextmanager
def snapshot(data: Path) -> Iterator[Path]:
    """A folder with the files as they are now; it is gone after the block."""
    for left in data.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=data))
    try:
        # The seal before the log, which may be ahead of its seal and never behind.
        for path in sorted(_files(data), key=lambda path: path.name in ADDED_TO):
            _take(path, folder / path.relative_to(data))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(data: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(data):
        if Path(place) == data:
            folders[:] = [
                each
                for each in folders
                if each not in LEFT_OUT_FOLDERS and not each.startswith(_PREFIX)
            ]
        yield from (Path(place) / name for name in names if name not in LEFT_OUT)


def _take(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        if path.name in ADDED_TO:
            shutil.copy2(path, to)
        else:
            os.link(path, to)
    except FileNotFoundError:
        return  # erased since the folder was listed
