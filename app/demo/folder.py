"""Which data folders hold invented answers, so that they never mix with real ones."""

from __future__ import annotations

from pathlib import Path

MARKER = "DEMO-DATA.txt"
_WORDS = (
    "Everything in this folder is invented by 'suara demo'. It may be deleted at any time.\n"
    "Do not collect real answers here: 'suara serve' refuses this folder.\n"
)


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


def claim(folder: Path) -> None:
    """Mark an empty folder as one for invented answers. Raises WrongFolderError if it is in use."""
    if is_demo(folder):
        return
    if folder.exists() and any(folder.iterdir()):
        raise WrongFolderError(
            f"The folder {folder} is in use and was not made by 'suara demo'. "
            "Move it away, or name another one in SUARA_DATA."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARKER).write_text(_WORDS)
