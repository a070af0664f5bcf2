"""Which data folders hold invented answers, so that they never mix with real ones."""

from __future__ import annotations

import shutil
from pathlib import Path

MARKER = "DEMO-DATA.txt"
_WORDS = (
    "Everything in this folder is invented by 'suara demo', which may delete it at any time.\n"
    "Do not collect real answers here: 'suara serve' refuses this folder.\n"
)
_COMPLETE = "Complete: "


class WrongFolderError(Exception):
    """The folder is not for this use; the message says why and what to do."""


def is_demo(folder: Path) -> bool:
    """Whether the folder holds invented answers."""
    return (folder / MARKER).exists()


def demo_folder(data: Path) -> Path:
    """Where the invented answers go: beside the real ones, never among them."""
    return data if is_demo(data) else data.with_name(f"{data.name}-demo")


def refuse_demo(folder: Path) -> None:
    """Raises WrongFolderError if real answers would join invented ones."""
    if is_demo(folder):
        raise WrongFolderError(
            f"The folder {folder} holds invented answers. Serve them with: suara demo\n"
            "For real answers name another folder in SUARA_DATA."
        )


def is_complete(folder: Path, what: str) -> bool:
    """Whether exactly ``what`` was invented here before, to its end."""
    return is_demo(folder) and (folder / MARKER).read_text().endswith(f"{_COMPLETE}{what}\n")


def claim(folder: Path) -> None:
    """Make the folder an empty one for invented answers; earlier invented ones are deleted.

    Raises:
        WrongFolderError: the folder is in use for something else.
    """
    if is_demo(folder):
        _empty(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise WrongFolderError(
            f"The folder {folder} is in use and was not made by 'suara demo'. "
            "Move it away, or name another one in SUARA_DATA."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARKER).write_text(_WORDS)


def complete(folder: Path, what: str) -> None:
    """Note that ``what`` is all there."""
    (folder / MARKER).write_text(f"{_WORDS}{_COMPLETE}{what}\n")


def _empty(folder: Path) -> None:
    """Delete what is in the folder; the marker goes last, in case this is interrupted."""
    for path in folder.iterdir():
        if path.name != MARKER:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
