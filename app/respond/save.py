"""Stop for now and come back later, or stop for good."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.respond import blueprint
from app.respond import unfinished as kept
from app.respond.answering import resume
from app.respond.words import form_title, plain
from app.responses.receipts import spell
from app.settings import Settings


@blueprint.get("/f/<form_id>/saved")
def saved(form_id: str) -> str:
    """The code with which to go on later, on any device."""
    resumed = resume(form_id)
    settings: Settings = current_app.extensions["settings"]
    code = (kept.entry(form_id) or {}).get("code", "") if resumed.unfinished.storable else ""
    return render_template(
        "respond/saved.html",
        form_id=form_id,
        code=code,
        spelled=spell(code),
        days=settings.draft_days,
        title_rest=[plain(form_title(resumed.form))],
    )


@blueprint.get("/f/<form_id>/stop")
def stop(form_id: str) -> str:
    """Ask once more before deleting."""
    resumed = resume(form_id)
    return render_template(
        "respond/stop.html", form_id=form_id, title_rest=[plain(form_title(resumed.form))]
    )


@blueprint.post("/f/<form_id>/stop")
def delete(form_id: str) -> Response:
    """Delete the unfinished interview, here and on the server."""
    kept.delete(form_id)
    return redirect(url_for("respond.stopped", form_id=form_id))


@blueprint.get("/f/<form_id>/stopped")
def stopped(form_id: str) -> str:
    """That the answers are gone."""
    return render_template("respond/stopped.html", form_id=form_id)
