"""``suara account``: who may sign in."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app

from app.accounts import Account, Role, links, openrosa, services
from app.accounts.store import CodeTakenError, NameTakenError, new_account
from app.commands.support import address, with_app
from app.commands.welcome import first_link, link_address

ROLES = click.Choice([str(role) for role in Role])


@click.group(short_help="Who may sign in.")
def account() -> None:
    """Who may sign in: coordinators, organisers, facilitators, the focal person."""


@account.command()
@click.argument("name")
@click.option("--role", type=ROLES, required=True, help="What the person does in the network.")
@click.option("--code", default="", help="A facilitator's registered code; made up if left out.")
@with_app
def add(name: str, role: str, code: str) -> None:
    """Add an account and print a one-time link with which NAME chooses a password.

    For a facilitator the server address for ODK Collect or KoboCollect is printed too.
    """
    if not name.strip():
        raise click.ClickException("The account needs a name.")
    try:
        made = services().accounts.add(_new(name, Role(role), code))
    except NameTakenError:
        raise click.ClickException(f"There is an account named {name} already.") from None
    except CodeTakenError:
        raise click.ClickException(f"Another facilitator has the code {code} already.") from None
    click.echo(f"Added {made.name} ({made.role}).")
    _print_password_link(made)
    if made.role is Role.FACILITATOR:
        click.echo(f"The code to write into interviews: {made.code}")
        _print_collect(made)


@account.command("list")
@with_app
def list_accounts() -> None:
    """List every account with its role, and who has not chosen a password yet."""
    for each in services().accounts.each():
        state = "" if each.password else "no password yet"
        click.echo("\t".join((each.name, each.role, each.code, state)).rstrip())


@account.command()
@click.argument("name", required=False)
@with_app
def invite(name: str | None) -> None:
    """Print a new one-time link.

    With NAME: for choosing a new password, for example because the old one is forgotten; the old
    password works until the link is used. Without NAME: for the first coordinator's account.
    """
    if name is not None:
        _print_password_link(_account(name))
        return
    link = first_link(datetime.now(UTC))
    if not link:
        raise click.ClickException(
            "There is a coordinator already. Name the account that the link is for, "
            "or add another one with: suara account add NAME --role coordinator"
        )
    click.echo(link)


@account.command("openrosa")
@click.argument("name")
@click.option(
    "--renew", is_flag=True, help="Make a new address; the old one stops working at once."
)
@with_app
def openrosa_address(name: str, renew: bool) -> None:
    """Print the server address that a facilitator gives to ODK Collect or KoboCollect."""
    found = _account(name)
    if found.role is not Role.FACILITATOR:
        raise click.ClickException(f"{found.name} is not a facilitator, but {found.role}.")
    if renew:
        found = services().accounts.change(found.id, collect_serial=found.collect_serial + 1)
    _print_collect(found)


@account.command()
@click.argument("name")
@click.confirmation_option(prompt="Remove this account? It is signed out everywhere.")
@with_app
def remove(name: str) -> None:
    """Remove an account. What it collected stays."""
    found = _account(name)
    services().accounts.remove(found.id)
    click.echo(f"Removed {found.name}.")


def _new(name: str, role: Role, code: str) -> Account:
    if code and role is not Role.FACILITATOR:
        raise click.ClickException("Only a facilitator has a code.")
    if role is Role.FACILITATOR:
        code = code.strip() or services().accounts.free_code()
    return new_account(name, role, datetime.now(UTC), code=code)


def _account(name: str) -> Account:
    found = services().accounts.named(name)
    if found is None:
        raise click.ClickException(f"There is no account named {name}. See: suara account list")
    return found


def _print_password_link(found: Account) -> None:
    token = links.for_password(services(), found, datetime.now(UTC))
    click.echo(f"Give {found.name} this link to choose a password; it works once, for seven days:")
    click.echo(f"  {link_address(token)}")


def _print_collect(found: Account) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    click.echo("Server address for ODK Collect or KoboCollect (keep it secret):")
    click.echo(f"  {address(app, f'/openrosa/{openrosa.token_of(found)}')}")
