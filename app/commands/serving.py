"""``suara serve`` and ``suara demo``."""

from __future__ import annotations

import errno
import os
import socket
import sys

import click

from app import create_app
from app.demo.folder import WrongFolderError, refuse_demo
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
    start_gunicorn(Settings.from_environment())


def start_gunicorn(settings: Settings) -> None:
    """Become the server: signals and exit codes are then gunicorn's own."""
    _check_free(settings)
    sys.stdout.flush()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:app.serve"]
    os.execv(sys.executable, gunicorn)


def _check_free(settings: Settings) -> None:
    """Gunicorn would try for five seconds and then say it in its own words."""
    place = f"{settings.host}:{settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        with socket.create_server((settings.host, settings.port), family=family):
            return
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise click.ClickException(
                f"{place} is in use by another program. Stop that, or choose another number "
                "in SUARA_PORT."
            ) from None
        raise click.ClickException(
            f"It is not possible to serve at {place}: {problem.strerror}."
        ) from None
