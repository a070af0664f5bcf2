"""``suara responses``, ``suara summary`` and ``suara export``: what was answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZipFile

import click

from app import languages
from app.activities import activities
from app.audit import Action, record
from app.commands.forms import published_form
from app.commands.support import with_app
from app.coordinate.downloads import FORMATS, write_answers
from app.coordinate.making import make
from app.coordinate.reading import Reading, read
from app.coordinate.summary import report
from app.summaries.editions import Audience
from app.summaries.filters import Filters
from app.summaries.issued import TooSimilarError
from app.summaries.pdf import edition_pdf, pdf

DAY = click.DateTime(formats=["%Y-%m-%d"])
FORM = click.argument("form_id", metavar="FORM")


@click.group()
def responses() -> None:
    """The answers that are stored."""


@responses.command()
@FORM
@with_app
def count(form_id: str) -> None:
    """Print how many responses to FORM are stored."""
    click.echo(_reading(form_id).responses.count())


@click.command()
@FORM
@click.option("--lang", "language", required=True, help="Language of the summary: id or en.")
@click.option(
    "--edition",
    "audience",
    type=click.Choice([each.value for each in Audience]),
    default=Audience.INTERNAL.value,
    show_default=True,
    help="For whom it is; the network and public ones hide small numbers.",
)
@click.option(
    "--print", "size", type=click.Choice(["normal", "large"]), default="normal",
    show_default=True, help="Large print is 18 point.",
)  # fmt: skip
@click.option("--activity", "activity_id", default="", help="Only the answers about this activity.")
@click.option("--from", "since", type=DAY, help="First day, as 2026-08-17; internal only.")
@click.option("--to", "until", type=DAY, help="Last day, as 2026-08-31; internal only.")
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The PDF file to write.",
)  # fmt: skip
@with_app
def summary(
    form_id: str,
    language: str,
    audience: str,
    size: str,
    activity_id: str,
    since: datetime | None,
    until: datetime | None,
    output: Path,
) -> None:
    """Write the summary of FORM as a tagged PDF.

    With a period it is every question, one by one. Network and public editions are always about
    all answers, or about one activity: two of different periods could be subtracted.
    """
    _check_language(language)
    filters, reading = _period(since, until), _reading(form_id)
    if filters and (audience != Audience.INTERNAL or activity_id):
        raise click.ClickException("A period is possible in the internal edition of a whole form.")
    if filters:
        content = pdf(report(reading, filters, language))
    else:
        content = _edition(reading, Audience(audience), activity_id, language, size == "large")
    record(Action.DOWNLOAD_SUMMARY, form_id, more={"format": "pdf", "edition": audience})
    output.write_bytes(content)
    click.echo(f"Wrote {output}. {_WARNINGS[Audience(audience)]}")


_WARNINGS = {
    Audience.INTERNAL: "It is for internal use: small numbers can show who answered.",
    Audience.NETWORK: "It is for members of the network.",
    Audience.PUBLIC: "It may be given to anybody.",
}


def _edition(
    reading: Reading, audience: Audience, activity_id: str, language: str, large: bool
) -> bytes:
    activity = activities().get(activity_id) if activity_id else None
    if activity_id and activity is None:
        raise click.ClickException(f"There is no activity {activity_id}.")
    try:
        made = make(reading, audience, activity)
    except TooSimilarError as error:
        raise click.ClickException(
            f"Since the edition of {error.made[:10]}, fewer than {error.k} people have come or"
            " gone. Two such editions would tell what they said. Give out the earlier one again,"
            " or wait for more answers."
        ) from error
    content = edition_pdf(made.report(language), large=large)
    made.give_out()
    return content


@click.command(short_help="Write the answers to FORM as Excel or CSV.")
@FORM
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(sorted(FORMATS)),
    help="An Excel file, or CSV: one file a table, in a zip archive when OUTPUT ends in .zip.",
)
@click.option("--from", "since", type=DAY, help="First day, as 2026-08-17.")
@click.option("--to", "until", type=DAY, help="Last day, as 2026-08-31.")
@click.option("--own-words", is_flag=True, help="Include what people wrote themselves.")
@click.option("--words-in", "language", default="", help="Write answers in words, id or en.")
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)  # fmt: skip
@with_app
def export(
    form_id: str,
    kind: str,
    since: datetime | None,
    until: datetime | None,
    own_words: bool,
    language: str,
    output: Path,
) -> None:
    """Write the answers to FORM and their code book into a file for a spreadsheet.

    Contact data are never in it. Chosen answers stand in it as codes, unless --words-in names a
    language.
    """
    if language:
        _check_language(language)
    filters = _period(since, until)
    reading = _reading(form_id)
    record(Action.DOWNLOAD_ANSWERS, form_id, more={"format": kind})
    apart = kind == "csv" and output.suffix.lower() != ".zip"
    with output.open("wb") as file, TemporaryFile() as archive:
        into = archive if apart else file
        write_answers(reading, filters, into, kind, own_words=own_words, language=language)
        written = _unpack(archive, output) if apart else [output]
    names = ", ".join(map(str, written))
    click.echo(f"Wrote {names}. It holds what single people said: keep it safe.")


def _unpack(archive: IO[bytes], output: Path) -> list[Path]:
    """The answers into ``output``, every other file of the archive beside it."""
    with ZipFile(archive) as packed:
        first, *others = packed.namelist()
        places = {first: output}
        places |= {name: output.with_name(f"{output.stem}-{name}") for name in others}
        for name, place in places.items():
            place.write_bytes(packed.read(name))
    return list(places.values())


def _check_language(language: str) -> None:
    if language not in languages.available():
        known = " and ".join(languages.available())
        raise click.ClickException(f"There is no language {language}. There are {known}.")


def _period(since: datetime | None, until: datetime | None) -> Filters:
    if since and until and until < since:
        raise click.ClickException("The day in --to is before the day in --from.")
    return Filters(since=since and since.date(), until=until and until.date())


def _reading(form_id: str) -> Reading:
    published_form(form_id)
    return read(form_id)
