"""``suara serve`` and ``suara demo``."""

from __future__ import annotations

import errno
import os
import socket
import sys
from datetime import UTC, datetime

import click

from app import create_app
from app.demo.folder import refuse_demo
from app.publishing import publish_what_ships
from app.settings import Settings


@click.command()
def serve() -> None:
    """Serve the surveys, until stopped with Ctrl+C.

    Publishes the forms that ship with the application when they are not published yet. While there
    is no coordinator, prints a one-time link with which the first one makes an account.

    SUARA_HOST, SUARA_PORT, SUARA_DATA and SUARA_WORKERS change where, and with how many processes.
    """
    refuse_demo(Settings.from_environment().data)
    check_free(Settings.from_environment())
    with create_app().app_context():
        publish_what_ships(datetime.now(UTC))
    start_gunicorn()


def start_gunicorn() -> None:
    """Become the server: signals and exit codes are then gunicorn's own."""
    sys.stdout.flush()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:app.serve"]
    os.execv(sys.executable, gunicorn)


def check_free(settings: Settings) -> None:
    """Say so if the address is taken; gunicorn would try for five seconds first."""
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
