"""The console script ``suara``: everything that is done from a terminal.

Each command says in plain sentences what is wrong and exits with 1; nobody meets a traceback
unless they ask for one (``suara --debug …``).
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from app.commands import accounts, audit, backup, demo, forms, reports, retention, serving
from app.commands.support import plain_sentence


class PlainGroup(click.Group):
    """A group whose commands never end in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong becomes a sentence."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Whoever reads our output (head, less) has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(1) from None
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise click.ClickException(plain_sentence(error)) from error


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the whole traceback when something goes wrong.")
def cli(debug: bool) -> None:
    """Suara Inklusi: accessible surveys in Indonesian and English, safe answers, printed summaries.

    Everything is kept in one data folder: ./data, or the one that SUARA_DATA names.
    """


for command in (
    serving.serve,
    demo.demo,
    forms.form,
    accounts.account,
    reports.responses,
    reports.summary,
    reports.export,
    audit.audit,
    retention.retention,
    backup.backup,
    backup.restore,
):
    cli.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    cli(prog_name="suara")
