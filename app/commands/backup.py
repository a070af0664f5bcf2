"""``suara backup`` and ``suara restore``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from app import create_app
from app.audit import Action, record
from app.backup import archive, erasing, keys
from app.commands.support import settings, with_app
from app.settings import Settings

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Write everything into one encrypted file.")
@click.argument("file", type=FILE)
@click.option(
    "--key-file",
    type=FILE,
    help="The key, outside the data folder; made if it is not there. "
    "Beside the data folder if left out.",
)
@with_app
def backup(file: Path, key_file: Path | None) -> None:
    """Write a backup of the data folder to FILE, read it back, and compare every file.

    The server may go on serving. Unfinished interviews are not in it. The key is made the first
    time; write it down and keep it elsewhere: without it nobody can open a backup.
    """
    data = settings().data
    key, new = keys.key_for(key_file or keys.beside(data), data)
    record(Action.BACKUP)
    count = archive.make(data, file, key, datetime.now(UTC))
    click.echo(f"Wrote {file}: {count} files, read back and compared.")
    if new:
        click.echo(f"A key was made: {key_file or keys.beside(data)}")
        click.echo("Write it down and keep it away from this computer:")
        click.echo(f"  {keys.written(key)}")


@click.command(short_help="Put a backup into an empty data folder.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key-file", type=FILE, help="The key; asked for if it is nowhere.")
@click.option(
    "--erased",
    "later",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The old data folder, or the folder 'erased' beside the backups: "
    "who was erased since the backup is erased again. May be given several times.",
)
def restore(file: Path, key_file: Path | None, later: tuple[Path, ...]) -> None:
    """Put the backup FILE into the empty folder that SUARA_DATA names.

    Nobody who was erased before the backup comes back. For those who were erased after it, name
    the old data folder or a copy of its lists with --erased.
    """
    data = Settings.from_environment().data
    count = archive.unpack(file, _key(key_file or keys.beside(data)), data)
    with create_app().app_context():
        gone = erasing.apply(data, *later)
        record(Action.RESTORE, more={"erased-again": gone})
    click.echo(f"Restored {count} files into {data}, every one compared.")
    click.echo(f"Erased again: {gone}.")
    if not later:
        click.echo("Whoever was erased after this backup is back. If you have the old data folder")
        click.echo("or its lists, restore once more with --erased.")


def _key(place: Path) -> bytes:
    if place.exists():
        return keys.read_key(place)
    return keys.typed(click.prompt("The key of the backups", hide_input=True))
