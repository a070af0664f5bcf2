"""``suara retention``: deleting what has been kept long enough."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import click

from app.audit.recording import COMMAND
from app.commands.support import with_app
from app.retention.certificates import Deleted
from app.retention.run import run as run_retention
from app.retention.run import what_is_due


@click.group()
def retention() -> None:
    """Deleting answers that have been kept as long as people were told."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@with_app
def run(dry_run: bool) -> None:
    """Delete what has been kept long enough, and write a certificate.

    A running server does this by itself every day.
    """
    now = datetime.now(UTC)
    if dry_run:
        _list(what_is_due(now))
        click.echo("Nothing was deleted: this was a dry run.")
        return
    certificate = run_retention(now, COMMAND)
    if certificate is None:
        click.echo("Nothing has been kept long enough to be deleted.")
        return
    _list(certificate.deleted)
    click.echo(f"Deleted. The certificate is certificates/{certificate.name}.json.")


def _list(deleted: Iterable[Deleted]) -> None:
    for each in deleted:
        days = f"sent {each.oldest} to {each.newest}" if each.oldest else ""
        click.echo("\t".join((each.form or "-", each.what, str(each.count), days)).rstrip())
