"""``suara form check``: the same check that an upload passes, and what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from app import languages
from app.commands.support import with_app
from app.publishing import network
from app.questionnaire.problems import Problem, message
from app.questionnaire.xlsform_examine import Examined, examine

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.argument("others", nargs=-1, type=FILE)
@with_app
def check(file: Path, others: tuple[Path, ...]) -> None:
    """Check FILE, an XLSForm, and publish nothing.

    OTHERS are lists and pictures that the form needs. Everything that is wrong is listed at once,
    what keeps people out too; exits with 1 when the form cannot be published.
    """
    examined = examine_files(file, others)
    tell(examined.problems)
    if examined.converted is None:
        raise refusal(file)
    click.echo(f"{file} can be published as {examined.converted.form.id}.")


def examine_files(file: Path, others: Iterable[Path]) -> Examined:
    """What an upload of these files would find."""
    files = {each.name: each.read_bytes() for each in others}
    return examine(file.read_bytes(), file.name, network(), files, languages.available())


def tell(problems: Iterable[Problem]) -> None:
    """Say every problem on a line of its own, with its weight."""
    for problem in problems:
        click.echo(f"{problem.severity}: {message(problem)}", err=True)


def refusal(file: Path) -> click.ClickException:
    """What ends a command whose form cannot be published; what is wrong has been told."""
    return click.ClickException(f"{file} cannot be published: mend the errors and try again.")
