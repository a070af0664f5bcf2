"""Files of a published version: its XLSForm, its XForm, and the upload that it came from."""

from __future__ import annotations

from io import BytesIO

from flask import Response, abort, send_file

from app import languages
from app.coordinate import blueprint, coordinators_only
from app.coordinate.form_checked import usable_or_404, waiting_or_404
from app.coordinate.form_list import form_or_404
from app.exchange.xlsform_out import MIMETYPE, workbook_xlsx
from app.published import Published
from app.publishing import catalogue
from app.summaries import blank


@blueprint.get("/form/<form_id>/version/<key>/xlsform")
@coordinators_only
def form_xlsx(form_id: str, key: str) -> Response:
    """The form as it was written, to be changed in Excel; our own columns are in it."""
    published = version_or_404(form_id, key)
    return _file(workbook_xlsx(published.workbook), f"{form_id}-{key}.xlsx", MIMETYPE)


@blueprint.get("/forms/checked/<token>/xlsform")
@coordinators_only
def checked_xlsx(token: str) -> Response:
    """An upload or a copy that is not published yet, to be changed in Excel."""
    published = usable_or_404(waiting_or_404(token).published)
    return _file(workbook_xlsx(published.workbook), f"{published.form_id}.xlsx", MIMETYPE)


@blueprint.get("/form/<form_id>/version/<key>/xform")
@coordinators_only
def form_xml(form_id: str, key: str) -> Response:
    """The XForm, as every program reads it that follows the specification."""
    published = version_or_404(form_id, key)
    return _file(published.xml, f"{form_id}-{key}.xml", "application/xml")


@blueprint.get("/form/<form_id>/version/<key>/paper/<size>.pdf")
@coordinators_only
def form_paper(form_id: str, key: str, size: str) -> Response:
    """The form to fill in on paper, in the language of the page; ``size`` is normal or large."""
    if size not in ("normal", "large"):
        abort(404)
    tag = languages.current().tag
    content = blank.render(version_or_404(form_id, key), tag, large=size == "large")
    return _file(content, f"{form_id}-{tag}-{size}.pdf", "application/pdf")


@blueprint.get("/form/<form_id>/version/<key>/original")
@coordinators_only
def form_original(form_id: str, key: str) -> Response:
    """The very file that was uploaded."""
    original = version_or_404(form_id, key).original
    if original is None:
        abort(404)
    return _file(original.content, original.name, "application/octet-stream")


def version_or_404(form_id: str, key: str) -> Published:
    """A version by the name of its folder, which is fit for an address."""
    form_or_404(form_id)
    found = (each for each in catalogue().versions(form_id) if each.folder.name == key)
    published = next(found, None)
    if published is None:
        abort(404)
    return published


def _file(content: bytes, name: str, mimetype: str) -> Response:
    return send_file(BytesIO(content), mimetype, as_attachment=True, download_name=name)
