"""``suara form``: what is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app.commands.support import with_app
from app.published import Published
from app.publishing import catalogue, network, publish_what_ships
from app.questionnaire.problems import FormErrors, message
from app.questionnaire.xlsform import convert


@click.group()
def form() -> None:
    """The forms that people answer."""


@form.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app
def publish(file: Path) -> None:
    """Publish FILE, an XLSForm (.xlsx, .xls, .csv, .md or .yaml), as the current version.

    Everything that is wrong with it is listed at once. A new form is open straight away, unless
    something has to be mended first.
    """
    try:
        converted = convert(file.read_bytes(), network())
        published = catalogue().publish(converted, datetime.now(UTC))
    except FormErrors as errors:
        lines = "\n".join(f"  {message(problem)}" for problem in errors.problems)
        raise click.ClickException(f"{file} cannot be published:\n{lines}") from None
    for problem in published.problems:
        click.echo(f"{problem.severity}: {message(problem)}", err=True)
    click.echo(f"Published {published.form_id}, version {published.version}.")
    _say_open(published)


@form.command("list")
@with_app
def list_forms() -> None:
    """List every form: id, version, open or closed, title."""
    publish_what_ships(datetime.now(UTC))
    for form_id in catalogue().ids():
        published = catalogue().get(form_id)
        state = "open" if _is_open(published) else "closed"
        title = next(iter(published.title.values()), "")
        click.echo(f"{form_id}\t{published.version}\t{state}\t{title}")


@form.command("open")
@click.argument("form_id", metavar="FORM")
@with_app
def open_form(form_id: str) -> None:
    """Open FORM, so that people can answer it."""
    found = published_form(form_id)
    catalogue().set_open(form_id, True)
    _say_open(found)


@form.command()
@click.argument("form_id", metavar="FORM")
@with_app
def close(form_id: str) -> None:
    """Close FORM. Whoever has begun can still finish."""
    published_form(form_id)
    catalogue().set_open(form_id, False)
    click.echo(f"{form_id} is closed.")


def published_form(form_id: str) -> Published:
    """The current version of a form, or a sentence that says which forms there are."""
    try:
        return catalogue().get(form_id)
    except KeyError:
        known = ", ".join(catalogue().ids()) or "none yet; 'suara form list' publishes those"
        raise click.ClickException(f"There is no form {form_id}. The forms are: {known}.") from None


def _say_open(published: Published) -> None:
    if published.missing_settings:
        empty = ", ".join(published.missing_settings)
        click.echo(f"Network settings that it uses and that are still empty: {empty}.", err=True)
    if _is_open(published):
        click.echo(f"{published.form_id} is open.")
        return
    for problem in published.blocked:
        click.echo(message(problem), err=True)
    click.echo(f"{published.form_id} is closed to respondents for now.")


def _is_open(published: Published) -> bool:
    today = datetime.now(ZoneInfo(published.form.settings.timezone)).date()
    return catalogue().is_open(published.form_id, today)
