"""``suara serve`` and ``suara demo``."""

from __future__ import annotations

import os
import sys

import click

from app import create_app
from app.demo_folder import WrongFolderError, refuse_demo
from app.settings import Settings


@click.command()
def serve() -> None:
    """Serve the surveys, until stopped with Ctrl+C.

    Publishes the forms that ship with the application when they are not published yet. While there
    is no coordinator, prints a one-time link with which the first one makes an account.

    SUARA_HOST, SUARA_PORT, SUARA_DATA and SUARA_WORKERS change where, and with how many processes.
    """
    try:
        refuse_demo(Settings.from_environment().data)
    except WrongFolderError as problem:
        raise click.ClickException(str(problem)) from None
    create_app()
    start_gunicorn()


def start_gunicorn() -> None:
    """Become the server: signals and exit codes are then gunicorn's own."""
    sys.stdout.flush()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:app.serve"]
    os.execv(sys.executable, gunicorn)
