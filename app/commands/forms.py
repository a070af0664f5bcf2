"""``suara form``: what is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app import languages
from app.commands import form_check
from app.commands.support import with_app
from app.coordinate.form_upload import file_name
from app.published import Original, Published
from app.publishing import catalogue, publish_what_ships
from app.questionnaire.problems import message
from app.summaries import blank


@click.group()
def form() -> None:
    """The forms that people answer."""


form.add_command(form_check.check)


@form.command()
@click.argument("file", type=form_check.FILE)
@click.argument("others", nargs=-1, type=form_check.FILE)
@with_app
def publish(file: Path, others: tuple[Path, ...]) -> None:
    """Publish FILE, an XLSForm (.xlsx, .xls, .csv, .md or .yaml), as the current version.

    OTHERS are lists and pictures that the form needs. Everything that is wrong with it is listed
    at once. A new form is open straight away, unless something has to be mended first.
    """
    examined = form_check.examine_files(file, others)
    form_check.tell(examined.problems)
    if examined.converted is None:
        raise form_check.refusal(file)
    original = Original(file_name(file.name), file.read_bytes())
    published = catalogue().publish(examined.converted, datetime.now(UTC), "upload", original)
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


@form.command("print")
@click.argument("form_id", metavar="FORM")
@click.option("--lang", "language", required=True, help="Language of the paper: id or en.")
@click.option(
    "--print",
    "size",
    type=click.Choice(["normal", "large"]),
    default="normal",
    show_default=True,
    help="Large print is 18 point.",
)
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The PDF file to write.",
)  # fmt: skip
@with_app
def print_form(form_id: str, language: str, size: str, output: Path) -> None:
    """Write FORM as a tagged PDF, to be filled in on paper and typed in afterwards."""
    if language not in languages.available():
        known = " and ".join(languages.available())
        raise click.ClickException(f"There is no language {language}. There are {known}.")
    output.write_bytes(blank.render(published_form(form_id), language, large=size == "large"))
    click.echo(f"Wrote {output}.")


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
