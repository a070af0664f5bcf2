"""``suara demo``: invented answers, to look around in."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from app import create_app
from app.accounts import Role, services
from app.accounts.store import new_account
from app.commands.serving import check_free, start_gunicorn
from app.demo import folder as folders
from app.demo.invent import invent, prepare
from app.settings import Settings

NAME = "demo"


@click.command(short_help="Serve invented answers from a folder of their own.")
@click.option(
    "--responses",
    default=400,
    show_default=True,
    type=click.IntRange(4, 1_000_000),
    help="How many answers to invent.",
)
@click.option(
    "--seed", default=1, show_default=True, type=int,
    help="The same number gives the same people.",
)  # fmt: skip
@click.option("--only-fill", is_flag=True, help="Fill the folder and stop, without serving it.")
def demo(responses: int, seed: int, only_fill: bool) -> None:
    """Invent answers, keep them in a folder of their own, and serve that.

    The folder is ./data-demo, or the one in SUARA_DATA with -demo added. What was invented there
    before is replaced when --responses or --seed differ. Real answers are never touched.
    """
    folder = folders.demo_folder(Settings.from_environment().data)
    os.environ["SUARA_DATA"] = str(folder)
    settings = Settings.from_environment()
    if not only_fill:
        check_free(settings)
    fill(folder, responses, seed)
    if not only_fill:
        click.echo(sign_in_words(settings))
        start_gunicorn()


def fill(folder: Path, responses: int, seed: int) -> None:
    """Invent what is asked for, unless it is there already."""
    today = datetime.now(UTC)
    what = f"{responses} responses, seed {seed}, {today:%Y-%m-%d}"
    if folders.is_complete(folder, what):
        return
    folders.claim(folder)
    with create_app(Settings.from_environment()).app_context():
        prepare(today)
        length, label = max(responses, 4), f"Inventing answers in {folder}"
        with click.progressbar(
            invent(responses, seed, today), length=length, label=label, show_pos=True
        ) as bar:
            for _ in bar:
                pass
    folders.complete(folder, what)


def sign_in_words(settings: Settings) -> str:
    """Make a new password for the demo's coordinator, and say how to sign in."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    with create_app(settings).app_context():
        accounts, hashed = services().accounts, services().passwords.hash(password)
        found = accounts.named(NAME)
        if found is None:
            account = new_account(NAME, Role.COORDINATOR, datetime.now(UTC), password=hashed)
            accounts.add(account)
        else:
            accounts.change(found.id, password=hashed)
    return (
        "Everything here is invented.\n"
        f"The coordinator's page is /coordinate; name: {NAME}, password: {password}"
    )
