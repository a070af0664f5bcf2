"""The summary of a form: as a page, and as a PDF in either language."""

from __future__ import annotations

from flask import Response, abort, render_template, request

from app import languages
from app.activities import activities
from app.audit import Action, record
from app.coordinate import blueprint, coordinators_only
from app.coordinate.filters import FilterForm
from app.coordinate.reading import Reading, now, read_or_404
from app.summaries.filters import Filters
from app.summaries.page import shown
from app.summaries.pdf import pdf
from app.summaries.report import Report, summarise


@blueprint.get("/form/<form_id>/summary")
@coordinators_only
def summary(form_id: str) -> str:
    """The internal edition, for the period and filters chosen."""
    reading, tag = read_or_404(form_id), languages.current().tag
    filter_form = FilterForm(reading.form, reading.tally(), tag, request.args)
    made = report(reading, filter_form.chosen(), tag)
    return render_template(
        "coordinate/summary.html",
        form_id=form_id,
        filter_form=filter_form,
        report=made,
        shown=shown(made),
        available=languages.available(),
    )


@blueprint.get("/form/<form_id>/summary-<language>.pdf")
@coordinators_only
def summary_pdf(form_id: str, language: str) -> Response:
    """The same as a tagged PDF, in the language of its address."""
    if language not in languages.available():
        abort(404)
    reading = read_or_404(form_id)
    filters = FilterForm(reading.form, reading.tally(), language, request.args).chosen()
    made = pdf(report(reading, filters, language))
    record(Action.DOWNLOAD_SUMMARY, form_id, more={"format": "pdf"})
    name = f"{form_id}-{reading.today():%Y-%m-%d}-{language}.pdf"
    disposition = f'attachment; filename="{name}"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": disposition})


def report(reading: Reading, filters: Filters, language: str) -> Report:
    """The internal edition of the responses that pass."""
    return summarise(
        reading.form,
        reading.plan,
        reading.tally(filters),
        language=language,
        now=now(),
        filters=filters,
        activities=activities().titles(),
    )
