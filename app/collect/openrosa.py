"""The OpenRosa API, for ODK Collect, KoboCollect and Enketo (docs/openrosa.md).

The facilitator's token in the address is all that identifies a request: no session, no cookie, no
CSRF token.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import md5
from http import HTTPStatus
from mimetypes import guess_type
from typing import Any

from flask import Blueprint, Response, abort, g, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app import languages
from app.accounts.openrosa import facilitator_of
from app.collect import sentences
from app.collect.addresses import full_address
from app.collect.receiving import receive
from app.collect.sentences import RefusedError
from app.errors import drain
from app.exchange import openrosa
from app.exchange.openrosa import ListedForm, MediaFile
from app.published import Published
from app.publishing import catalogue
from app.respond.forms import needs_activity, today
from app.responses.attachments import LARGEST_FILE
from app.responses.collection import StorageError

blueprint = Blueprint("openrosa", __name__, url_prefix="/openrosa/<token>")

LARGEST_XML = 2_000_000
LARGEST_BODY = LARGEST_FILE + LARGEST_XML
XML_PART = "xml_submission_file"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALLOWED = {"formList": ("GET", "HEAD"), "submission": ("GET", "HEAD", "POST")}


# -- every request and every reply


@blueprint.url_value_preprocessor
def take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The token is no business of the views."""
    g.openrosa_token = (values or {}).pop("token", "")


@blueprint.url_defaults
def put_token(_endpoint: str, values: dict[str, Any]) -> None:
    """Addresses in a reply are below the same token."""
    if "openrosa_token" in g:
        values.setdefault("token", g.openrosa_token)


@blueprint.before_request
def only_facilitators() -> None:
    """A token that was renewed, or whose account is gone, stops working at once."""
    g.facilitator = facilitator_of(g.openrosa_token)
    if g.facilitator is None:
        abort(403)
    request.max_content_length = LARGEST_BODY
    request.max_form_memory_size = LARGEST_XML


@blueprint.after_request
def set_headers(response: Response) -> Response:
    """What OpenRosa wants on every reply, on errors too."""
    response.headers["X-OpenRosa-Version"] = openrosa.VERSION
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(openrosa.PREFERRED_BYTES)
    response.headers["Content-Language"] = languages.current().tag
    if "SERVER_SOFTWARE" not in request.environ:
        response.date = datetime.now(UTC)  # real servers write it themselves, and twice is wrong
    return response


def xml(content: bytes, status: int = HTTPStatus.OK) -> Response:
    """A reply in XML."""
    return Response(content, status, content_type=openrosa.CONTENT_TYPE)


# -- forms


@blueprint.get("/formList")
def form_list() -> Response:
    """The open forms, or the one asked for with all its versions.

    A form about one activity is listed only when asked for: Collect cannot say which activity.
    """
    wanted = request.args.get("formID")
    listed = [
        _listed(version)
        for published in catalogue().open_forms(today())
        if published.form_id == wanted or (not wanted and not needs_activity(published.form))
        for version in _versions(published)
    ]
    return xml(openrosa.form_list(listed))


@blueprint.get("/forms/<form_id>/<digest>/form.xml")
def form(form_id: str, digest: str) -> Response:
    """The XForm, byte for byte as it was published."""
    return xml(_published(form_id, digest).xml)


@blueprint.get("/forms/<form_id>/<digest>/manifest.xml")
def manifest(form_id: str, digest: str) -> Response:
    """The lists and pictures that belong to a form."""
    files = _published(form_id, digest).files
    listed = [
        MediaFile(name, _md5(content), _address("media", form_id, digest, name=name))
        for name, content in files.items()
    ]
    return xml(openrosa.manifest(listed))


@blueprint.get("/forms/<form_id>/<digest>/media/<name>")
def media(form_id: str, digest: str, name: str) -> Response:
    """One of these files."""
    content = _published(form_id, digest).files.get(name)
    if content is None:
        abort(404)
    kind = guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(content, mimetype=kind, headers=headers)


def _versions(current: Published) -> list[Published]:
    if request.args.get("listAllVersions") != "true":
        return [current]
    return list(catalogue().versions(current.form_id))


def _listed(published: Published) -> ListedForm:
    form_id, digest = published.form_id, published.md5
    name, *others = _titles(published)
    return ListedForm(
        form_id=form_id,
        name=name,
        version=published.version,
        md5=digest,
        download_url=_address("form", form_id, digest),
        manifest_url=_address("manifest", form_id, digest) if published.files else "",
        description=" / ".join(others) if request.args.get("verbose") == "true" else "",
    )


def _titles(published: Published) -> list[str]:
    """The title in the requester's language, then in the others."""
    tag = languages.current().tag
    ordered = sorted(published.title, key=lambda each: each != tag)
    return [title for each in ordered if (title := published.title[each])] or [published.form_id]


def _published(form_id: str, digest: str) -> Published:
    """A version by the hash of its XForm: a version's own name may not fit into an address."""
    try:
        versions = catalogue().versions(form_id)
    except KeyError:
        abort(404)
    return next((each for each in versions if each.md5 == digest), None) or abort(404)


def _address(endpoint: str, form_id: str, digest: str, **more: str) -> str:
    return full_address(f"openrosa.{endpoint}", form_id=form_id, digest=digest, **more)


def _md5(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


# -- submissions


@blueprint.get("/submission")
def submission_ready() -> Response:
    """That submissions are taken here: 204, as Collect insists."""
    return xml(b"", HTTPStatus.NO_CONTENT)


@blueprint.post("/submission")
def submission() -> Response:
    """One interview, with some or all of its files."""
    taken = receive(g.facilitator, _sent_xml(), _sent_files(), datetime.now(UTC))
    return xml(openrosa.message(taken.words), taken.status)


def _sent_xml() -> bytes:
    part = request.files.get(XML_PART)
    content = part.read(LARGEST_XML + 1) if part else request.form.get(XML_PART, "").encode()
    if not content:
        raise RefusedError(400, sentences.no_xml())
    if len(content) > LARGEST_XML:
        raise RefusedError(413, sentences.too_large())
    return content


def _sent_files() -> Mapping[str, FileStorage]:
    """Every other part that has a file, by the file's name."""
    parts = request.files.items(multi=True)
    return {file.filename or name: file for name, file in parts if name != XML_PART}


# -- what goes wrong


@blueprint.errorhandler(RefusedError)
def refused(error: RefusedError) -> Response:
    """An interview that is not kept."""
    return xml(openrosa.message(error.words, error=True), error.status)


@blueprint.errorhandler(StorageError)
def not_written(_error: StorageError) -> Response:
    """The phone keeps what the server cannot."""
    return refused(RefusedError(503, sentences.not_written()))


@blueprint.errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response:
    """Every other error, in the same envelope."""
    response = refused(RefusedError(error.code or 500, _words(error)))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    if (request.content_length or 0) > (request.max_content_length or 0):
        drain()
    return response


def _words(error: HTTPException) -> str:
    if error.code == HTTPStatus.FORBIDDEN:
        return sentences.wrong_address()
    known = {400: sentences.unreadable, 404: sentences.not_found, 405: sentences.not_allowed}
    known[413] = sentences.too_large
    return known.get(error.code or 500, sentences.went_wrong)()


@blueprint.route("/", defaults={"rest": ""}, methods=METHODS, strict_slashes=False)
@blueprint.route("/<path:rest>", methods=METHODS)
def elsewhere(rest: str) -> Response:
    """Errors of routing would come without our headers: nothing below a token is left to them."""
    if rest in ALLOWED:
        raise MethodNotAllowed(ALLOWED[rest])
    abort(404)
