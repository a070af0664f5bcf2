"""The XML of the OpenRosa API: what a server answers and what a phone sends.

OpenRosa 1.0: Form Discovery, Form Submission and Metadata Schema (https://docs.getodk.org/openrosa/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from app.questionnaire.problems import FormErrors
from app.questionnaire.xform_xml import OPENROSA, attribute, child, parse_xml

VERSION = "1.0"
CONTENT_TYPE = "text/xml; charset=utf-8"
PREFERRED_BYTES = 10_000_000
"""``X-OpenRosa-Accept-Content-Length``: Collect sends files in several requests of this size."""

_FORM_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"


@dataclass(frozen=True, slots=True)
class ListedForm:
    """One version of a form in a form list; ``md5`` is that of the bytes at ``download_url``."""

    form_id: str
    name: str
    version: str
    md5: str
    download_url: str
    manifest_url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A list or a picture that belongs to a form."""

    name: str
    md5: str
    download_url: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One interview as it was sent; ``root`` is its instance, ids are "" where there are none."""

    root: etree._Element
    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    """The ``instance_id`` of the interview that this one corrects."""


class NotASubmissionError(ValueError):
    """What was sent is not the XML of an interview."""


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """The form list. Collect shows none at all when one entry lacks an id, a name or an address."""
    root = etree.Element(f"{{{_FORM_LIST}}}xforms", nsmap={None: _FORM_LIST})
    for form in forms:
        entry = {
            "formID": form.form_id,
            "name": form.name,
            "version": form.version,
            "hash": f"md5:{form.md5}",
            "descriptionText": form.description or None,
            "downloadUrl": form.download_url,
            "manifestUrl": form.manifest_url or None,
        }
        _add(root, _FORM_LIST, "xform", entry)
    return _written(root)


def manifest(files: Iterable[MediaFile]) -> bytes:
    """The list of files that belong to a form."""
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={None: _MANIFEST})
    for file in files:
        entry = {
            "filename": file.name,
            "hash": f"md5:{file.md5}",
            "downloadUrl": file.download_url,
        }
        _add(root, _MANIFEST, "mediaFile", entry)
    return _written(root)


def message(words: str, *, error: bool = False) -> bytes:
    """What Collect shows to the facilitator after sending."""
    root = etree.Element(f"{{{_RESPONSE}}}OpenRosaResponse", nsmap={None: _RESPONSE})
    nature = "error" if error else "submit_success"
    etree.SubElement(root, f"{{{_RESPONSE}}}message", nature=nature).text = words
    return _written(root)


def read_submission(xml: bytes) -> Submission:
    """Read what was sent. Raises NotASubmissionError, for encrypted submissions too."""
    try:
        root = parse_xml(xml)
    except FormErrors as errors:
        raise NotASubmissionError(str(errors)) from errors
    form_id = root.get("id", "")
    if not form_id or root.get("encrypted"):
        raise NotASubmissionError("the root has no form id, or the answers are encrypted")
    return Submission(
        root=root,
        form_id=form_id,
        version=root.get("version", "") or attribute(root, "version", OPENROSA),
        instance_id=meta(root, "instanceID") or root.get("instanceID", ""),
        deprecated_id=meta(root, "deprecatedID"),
    )


def meta(root: etree._Element, name: str) -> str:
    """A value of the ``meta`` block, in whichever namespace; "" where it is not there."""
    block = child(root, "meta")
    found = None if block is None else child(block, name)
    return "" if found is None else (found.text or "").strip()


def _add(root: etree._Element, namespace: str, name: str, values: Mapping[str, str | None]) -> None:
    entry = etree.SubElement(root, f"{{{namespace}}}{name}")
    for inner, text in values.items():
        if text is not None:
            etree.SubElement(entry, f"{{{namespace}}}{inner}").text = text


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
