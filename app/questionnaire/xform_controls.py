"""What sort of question a node is, from its bind and its control."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from app.questionnaire.model import DataClass, Kind
from app.questionnaire.xform_xml import JAVAROSA, OPENROSA, attribute, local

UNSUPPORTED = ("geotrace", "geoshape")
"""Types whose answers nobody can give by typing."""

_BY_TYPE = {
    "int": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "geopoint": Kind.GEOPOINT,
    "barcode": Kind.BARCODE,
}
_BY_CONTROL = {
    "select1": Kind.SELECT_ONE,
    "select": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
    "trigger": Kind.ACKNOWLEDGE,
    "range": Kind.RANGE,
}
_BY_MEDIA = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}
CLASSES = frozenset(each.value for each in DataClass)
_FREE = (Kind.TEXT, Kind.BARCODE, Kind.GEOPOINT, Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)


def kind_of(control: etree._Element | None, bind: Mapping[str, str], fixed: bool) -> Kind:
    """The kind of a question. ``fixed``: its value comes from elsewhere than the respondent.

    pyxform writes a note as a read-only text input, so that is what a note is, unless it has a
    value to show.
    """
    if control is None:
        return _unseen(bind)
    name = local(control)
    if name in _BY_CONTROL:
        return _BY_CONTROL[name]
    if name == "upload":
        return _BY_MEDIA.get(control.get("mediatype", "").partition("/")[0], Kind.FILE)
    if control.get("query"):
        return Kind.SELECT_ONE
    kind = _BY_TYPE.get(bind_type(bind), Kind.TEXT)
    if kind is Kind.TEXT and is_true(bind.get("readonly", "")) and not fixed:
        return Kind.NOTE
    return kind


def _unseen(bind: Mapping[str, str]) -> Kind:
    if bind.get(f"{{{JAVAROSA}}}preload"):
        return Kind.METADATA
    if bind.get("calculate"):
        return Kind.CALCULATE
    recorded = bind_type(bind) in ("geopoint", "binary")
    return Kind.METADATA if recorded else Kind.HIDDEN


def bind_type(bind: Mapping[str, str]) -> str:
    """The type of a bind without its prefix (``xsd:int``, ``odk:rank``)."""
    return bind.get("type", "string").rpartition(":")[2]


def is_true(written: str) -> bool:
    """Whether an expression is the constant true."""
    return written.strip() in ("true()", "true", "1")


def parameters_of(control: etree._Element | None, bind: Mapping[str, str]) -> dict[str, str]:
    """Start, end and step of a range, rows of a text, largest size of an image."""
    found = {}
    if control is not None:
        for name in ("start", "end", "step", "rows", "mediatype"):
            if name in control.attrib:
                found[name] = str(control.get(name))
        if thumb := attribute(control, "accuracyThreshold", ""):
            found["accuracyThreshold"] = thumb
    if pixels := bind.get(f"{{{OPENROSA}}}max-pixels"):
        found["max-pixels"] = pixels
    return found


def class_of(kind: Kind, said: str) -> DataClass:
    """The data class the form says, else the one that its kind has."""
    if said.strip().upper() in CLASSES:
        return DataClass(said.strip().upper())
    if kind is Kind.METADATA:
        return DataClass.METADATA
    return DataClass.FREE_TEXT if kind in _FREE else DataClass.ORDINARY
