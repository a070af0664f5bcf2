"""Files that were given as answers, for the coordinator to download; never shown on a page."""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from app.audit import Action, record
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import read_or_404
from app.respond.own import attachment
from app.responses.collection import Document
from app.safety.hidden import hidden_of
from app.stores import stores


@blueprint.get("/form/<form_id>/responses/<key>/file/<path:name>")
@coordinators_only
def attached_file(form_id: str, key: str, name: str) -> Response:
    """One file of a response."""
    document = read_or_404(form_id).responses.get(key)
    if document is None:
        abort(404)
    if hidden_of(form_id)(document):
        abort(403)
    record(Action.SEE_ANSWERS, form_id, document["id"])
    return attachment(form_id, document["id"], name)


def attached(form_id: str, document: Document) -> list[tuple[str, str]]:
    """The files of a response by name, each with what its person said can be seen."""
    said = document.get("files", {})
    names = stores().attachments.names(form_id, document["id"])
    return [(name, said.get(name, {}).get("description", "")) for name in names]
