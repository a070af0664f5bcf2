"""The backup of every day, and the end of the old ones."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from app.audit.recording import APP, Action, record
from app.backup import archive, erasing, keys
from app.settings import Settings

_NAME = re.compile(r"suara-(\d{4}-\d\d-\d\d)\.backup")
ERASED = "erased"
"""Where the lists of erasures are kept beside the backups, for ``suara restore --erased``."""


def back_up(settings: Settings, now: datetime, today: date) -> Path | None:
    """Write today's backup into the folder that the settings name, unless it is there.

    The day's deletions have been done by then. Backups older than ``backup_days`` are deleted,
    whether the new one succeeds or not. Raises BackupProblemError, KeyProblemError, OSError.
    """
    folder = settings.backups
    if folder is None:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _drop_old(folder, today - timedelta(days=settings.backup_days))
    erasing.copy_lists(settings.data, folder / ERASED)
    to = folder / f"suara-{today.isoformat()}.backup"
    if to.exists():
        return None
    key, _new = keys.key_for(keys.beside(settings.data), settings.data)
    record(Action.BACKUP, who=APP)
    archive.make(settings.data, to, key, now)
    return to


def _drop_old(folder: Path, oldest: date) -> None:
    for path in folder.iterdir():
        found = _NAME.fullmatch(path.name)
        if found and date.fromisoformat(found[1]) < oldest:
            path.unlink()
