"""Pages for what can go wrong while somebody answers, each saying what to do next."""

from __future__ import annotations

from flask import Flask, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from app import errors
from app.questionnaire.interview import OffPath
from app.respond import pages
from app.respond import unfinished as kept
from app.respond.check import SENT
from app.respond.start import Closed, UnknownActivity
from app.respond.unfinished import Lost, Sent
from app.responses.collection import StorageError


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(OffPath, off_path)
    app.register_error_handler(Sent, sent)
    app.register_error_handler(Lost, lost)
    app.register_error_handler(Closed, closed)
    app.register_error_handler(UnknownActivity, unknown_activity)
    app.register_error_handler(StorageError, not_written)
    app.register_error_handler(CSRFError, token_refused)


def off_path(_error: OffPath) -> tuple[str, int]:
    """A page that the person is not on is not there for them."""
    form_id = (request.view_args or {}).get("form_id", "")
    return render_template("respond/off_path.html", form_id=form_id), 404


def sent(error: Sent) -> Response:
    """Another press was faster: to the same receipt."""
    kept.forget(error.form_id)
    session[SENT] = {"form": error.form_id, "id": error.identity}
    return redirect(url_for("respond.receipt"))


def lost(_error: Lost) -> Response | tuple[str, int]:
    """Nothing unfinished here. Somebody who has just sent this form is shown the receipt."""
    form_id = (request.view_args or {}).get("form_id", "")
    if form_id and (session.get(SENT) or {}).get("form") == form_id:
        return redirect(url_for("respond.receipt"))
    kept.forget(form_id)
    return render_template("respond/lost.html", form_id=form_id), 410


def closed(_error: Closed) -> tuple[str, int]:
    """The form is not open; whoever has begun may still finish, and comes in another way."""
    return render_template("respond/closed.html"), 410


def unknown_activity(_error: UnknownActivity) -> tuple[str, int]:
    """The link of the activity is wrong or incomplete."""
    return render_template("respond/unknown_activity.html"), 404


def not_written(error: StorageError) -> tuple[str, int]:
    """The disk is full or cannot be written: what was kept before is still there."""
    return render_template("errors/503.html", error=error), 503


def token_refused(error: CSRFError) -> Response | tuple[str, int, list[tuple[str, str]]]:
    """The session ended while a page was open: take what was typed, and show the page again.

    Only for a page of this site itself, as the browser says: else another site could make a person
    go on with an interview that somebody else can read.
    """
    form_id = (request.view_args or {}).get("form_id", "")
    signed = request.form.get(pages.INTERVIEW, "")
    own = request.headers.get("Origin") == request.host_url.rstrip("/")
    if request.endpoint != "respond.answer" or not own or not kept.recover(form_id, signed):
        return errors.show(error)
    flash(_("This page was open for a long time. Your answers are still here. Press Next again."))
    return pages.keep(form_id, (request.view_args or {})["page_id"])
