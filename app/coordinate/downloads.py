"""The answers as a file for a spreadsheet: Excel, or CSV in a zip, each with its code book."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

from flask import Response, render_template, request, send_file
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectChoice

from app import languages
from app.audit import Action, record
from app.coordinate import blueprint, coordinators_only
from app.coordinate.filters import FilterForm
from app.coordinate.reading import Reading, now, read_or_404
from app.exchange.csvs import write_csv
from app.exchange.xlsx import write_xlsx
from app.publishing import catalogue
from app.summaries import words
from app.summaries.filters import Filters

Write = Callable[..., None]

FORMATS: dict[str, tuple[Write, str, str]] = {
    "xlsx": (
        write_xlsx,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (write_csv, "zip", "application/zip"),
}
"""How a format is written, what its file's name ends in, and its media type."""


class DownloadForm(FilterForm):
    """Which answers, and how they are written down."""

    kind = RadioField(
        lazy_gettext("File"),
        choices=[
            SelectChoice("xlsx", lazy_gettext("Excel file")),
            SelectChoice("csv", lazy_gettext("CSV files in a zip archive, for other programs")),
        ],
        default="xlsx",
    )
    values = RadioField(lazy_gettext("How chosen answers are written"), default="")
    own_words = BooleanField(lazy_gettext("Include what people wrote in their own words"))

    def __init__(self, reading: Reading, language: str, args: MultiDict[str, str]) -> None:
        super().__init__(reading.form, reading.tally(), language, args)
        codes = SelectChoice("", lazy_gettext("As short codes, for calculating"))
        in_words = (SelectChoice(tag, each.name) for tag, each in languages.available().items())
        self.values.choices = [codes, *in_words]


@blueprint.get("/form/<form_id>/download")
@coordinators_only
def download(form_id: str) -> Response | str:
    """Choose what to download; once it is chosen, the file."""
    reading, tag = read_or_404(form_id), languages.current().tag
    form = DownloadForm(reading, tag, request.args)
    filters = form.chosen()
    if "kind" not in request.args or form.errors:
        return render_template(
            "coordinate/download.html",
            form_id=form_id,
            title=words.form_text(reading.form.title, tag, form_id),
            form=form,
        )
    return _file(reading, filters, form)


def write_answers(
    reading: Reading,
    filters: Filters,
    output: BinaryIO,
    kind: str,
    *,
    own_words: bool = False,
    language: str = "",
) -> None:
    """Write the responses that pass into a file. Raises TooManyRowsError."""
    write = FORMATS[kind][0]
    versions = catalogue().versions(reading.form.id)
    write(
        reading.form,
        (document for _, document in reading.shown(filters)),
        output,
        made=now(),
        earlier=[each.form for each in versions if each.version != reading.form.version],
        free_text=own_words,
        language=language,
    )


def _file(reading: Reading, filters: Filters, form: DownloadForm) -> Response:
    _, ending, media = FORMATS[form.kind.data]
    record(Action.DOWNLOAD_ANSWERS, reading.form.id, more={"format": form.kind.data})
    # Without a name on the disk, so nothing is left behind; the reply closes it when it is sent.
    output = TemporaryFile()  # noqa: SIM115
    write_answers(
        reading,
        filters,
        output,
        form.kind.data,
        own_words=form.own_words.data,
        language=form.values.data,
    )
    output.seek(0)
    name = f"{reading.form.id}-{reading.today():%Y-%m-%d}.{ending}"
    reply = send_file(output, mimetype=media, as_attachment=True, download_name=name, etag=False)
    reply.headers["Cache-Control"] = "no-store"
    return reply
