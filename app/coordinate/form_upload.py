"""Uploading a form: it is checked before anything is kept, and nothing is published yet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePath

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import languages
from app.accounts import signed_in
from app.coordinate import blueprint, coordinators_only, form_waiting
from app.coordinate.form_waiting import Uploads, Waiting
from app.coordinate.reading import now
from app.published import Original
from app.publishing import network
from app.questionnaire.xlsform_examine import examine
from app.questionnaire.xlsform_read import MAX_BYTES
from app.security import csrf
from app.settings import Settings

LARGEST = 20_000_000
"""Bytes of one upload: the form with its lists and pictures."""
LONGEST_NAME = 100

_UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


class UploadForm(FlaskForm):
    """A form and what belongs to it."""

    file = FileField(
        lazy_gettext("The form"),
        [FileRequired(lazy_gettext("Choose the file of the form."))],
        description=lazy_gettext("An XLSForm: .xlsx, .xls, .csv, .md or .yaml, up to 10 MB."),
    )
    others = MultipleFileField(
        lazy_gettext("Files that the form needs (if there are any)"),
        description=lazy_gettext(
            "Lists of choices (.csv, .xml, .geojson), pictures, sound and film that the form "
            "names. Choose all of them at once. All files together: up to 20 MB."
        ),
    )


@csrf.exempt
@blueprint.route("/forms/upload", methods=["GET", "POST"])
@coordinators_only
def upload_form() -> Response | str:
    """Choose a form and its files; what was found is a page of its own."""
    # The token stands in the body, and how large that may be is known only here.
    request.max_content_length = LARGEST
    csrf.protect()
    form = UploadForm()
    if form.validate_on_submit():
        waiting = check_and_keep(form.file.data, form.others.data or [])
        return redirect(url_for("coordinate.checked_form", token=waiting.token))
    return render_template("coordinate/forms/upload.html", form=form)


def check_and_keep(file: FileStorage, others: Iterable[FileStorage]) -> Waiting:
    """Examine an upload with the settings of the network. Raises StorageError."""
    original = Original(file_name(file.filename or ""), file.stream.read(MAX_BYTES + 1))
    files = {file_name(each.filename or ""): each.stream.read() for each in others}
    examined = examine(original.content, original.name, network(), files, languages.available())
    form_waiting.expire(folder(), now())
    return uploads().keep(examined, original, now())


def file_name(given: str) -> str:
    """The last part of what a browser says a file is called, fit to be shown and to be a name.

    Without characters that control a terminal, a path or the direction of a line.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C").translate(_UNSAFE)
    path = PurePath(plain.strip(" .") or "form")
    return path.stem[: LONGEST_NAME - 10] + path.suffix[:10]


def uploads() -> Uploads:
    """The uploads of whoever is signed in."""
    account = signed_in()
    assert account is not None, "the page is for coordinators only"
    return Uploads(folder() / account.id)


def folder() -> Path:
    """Where the uploads of all coordinators are."""
    settings: Settings = current_app.extensions["settings"]
    return settings.data / "uploads"
