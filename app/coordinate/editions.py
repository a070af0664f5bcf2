"""Editions of a form's report: looked at, and given out as PDF or as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Response, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, SelectField

from app import languages
from app.activities import Activity, activities
from app.audit import Action, record
from app.coordinate import blueprint, coordinators_only
from app.coordinate.making import Made, make
from app.coordinate.reading import Reading, read_or_404
from app.summaries import edition_report, words
from app.summaries.edition_tables import as_csv, as_xlsx, rows
from app.summaries.editions import Audience
from app.summaries.issued import TooSimilarError
from app.summaries.page import edition_shown
from app.summaries.pdf import edition_pdf

FILES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class EditionForm(FlaskForm):
    """For whom, in which language, in which print, and about which activity."""

    class Meta:
        """It changes nothing, so it needs no token, and its address can be kept."""

        csrf = False

    edition = RadioField(lazy_gettext("For whom the summary is"), default=Audience.INTERNAL.value)
    language = RadioField(lazy_gettext("Language"))
    size = RadioField(lazy_gettext("Print"), default="normal")
    activity = SelectField(lazy_gettext("Activity"), default="")

    def __init__(self, reading: Reading, args: MultiDict[str, str]) -> None:
        super().__init__(args)
        self.edition.choices = [
            SelectChoice(each.value, edition_report.named(each)) for each in Audience
        ]
        self.language.choices = [
            SelectChoice(tag, each.name) for tag, each in languages.available().items()
        ]
        self.language.data = self.language.data or languages.current().tag
        self.size.choices = [
            SelectChoice("normal", _("Normal print")),
            SelectChoice("large", _("Large print, 18 point")),
        ]
        there = reading.tally().about.get("activity", {})
        titles = [(each.id, each.title) for each in activities().each() if each.id in there]
        if titles:
            self.activity.choices = [SelectChoice("", _("All activities")), *map(_choice, titles)]
        else:
            del self.activity

    def about(self) -> Activity | None:
        """The activity chosen."""
        return (
            activities().get(self.activity.data) if self.activity and self.activity.data else None
        )

    def arguments(self) -> dict[str, str]:
        """What was chosen, as the query of an address."""
        return {field.name: field.data for field in self if field.data}


def _choice(pair: tuple[str, str]) -> SelectChoice:
    return SelectChoice(*pair)


@blueprint.get("/form/<form_id>/editions")
@coordinators_only
def editions(form_id: str) -> str:
    """Choose an edition, and look at it as it would be given out."""
    reading = read_or_404(form_id)
    form = EditionForm(reading, request.args)
    chosen = bool(request.args.get("edition")) and form.validate()
    refused, report = "", None
    if chosen:
        try:
            report = _made(reading, form).report(form.language.data)
        except TooSimilarError as error:
            refused = too_similar(error)
    return render_template(
        "coordinate/editions.html",
        form_id=form_id,
        title=words.form_text(reading.form.title, languages.current().tag, form_id),
        form=form,
        refused=refused,
        report=report,
        shown=edition_shown(report) if report else "",
        kinds=tuple(FILES),
    )


@blueprint.get("/form/<form_id>/edition.<kind>")
@coordinators_only
def edition_file(form_id: str, kind: str) -> Response | str:
    """Give an edition out; those that protect people are kept with their counts."""
    reading = read_or_404(form_id)
    form = EditionForm(reading, request.args)
    if kind not in FILES or not form.validate():
        abort(404)
    try:
        made = _made(reading, form)
    except TooSimilarError:
        return editions(form_id)
    large = form.size.data == "large"
    content = WRITERS[kind](made, form.language.data, large)
    made.give_out()
    record(Action.DOWNLOAD_SUMMARY, form_id, more={"format": kind, "edition": form.edition.data})
    name = file_name(reading, form.edition.data, form.language.data, large, kind)
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, content_type=FILES[kind], headers=headers)


def _made(reading: Reading, form: EditionForm) -> Made:
    return make(reading, Audience(form.edition.data), form.about())


def file_name(reading: Reading, edition: str, language: str, large: bool, kind: str) -> str:
    """The name of a file that says what it is."""
    size = "-large" if large else ""
    day = f"{reading.today():%Y-%m-%d}"
    return f"{reading.form.id}-{edition}-{day}-{language}{size}.{kind}"


def too_similar(error: TooSimilarError) -> str:
    """Why there is no edition now, and what to do."""
    return _(
        "This edition cannot be given out now. Since the one of %(day)s, fewer than %(k)s people"
        " have come or gone, and whoever has both could tell what they said. Give out the earlier"
        " one again, or wait for more answers.",
        day=words.day(datetime.fromisoformat(error.made).date()),
        k=words.number(error.k),
    )


def _pdf(made: Made, language: str, large: bool) -> bytes:
    return edition_pdf(made.report(language), large=large)


def _csv(made: Made, language: str, large: bool) -> bytes:
    return as_csv(_rows(made, language), made.report(language))


def _xlsx(made: Made, language: str, large: bool) -> bytes:
    return as_xlsx(_rows(made, language), made.report(language))


def _rows(made: Made, language: str):  # type: ignore[no-untyped-def]
    return rows(made.reading.form, made.summary, made.tables, language)


WRITERS: dict[str, Callable[[Made, str, bool], bytes]] = {"pdf": _pdf, "csv": _csv, "xlsx": _xlsx}
