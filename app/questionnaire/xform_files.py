"""Lists that come with a form as files of their own: CSV, XML and GeoJSON → items.

Each becomes a tree ``root/item/…`` as ODK XForms says ("Secondary Instances - External").
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xform_xml import parse_xml, without_namespaces

MAX_BYTES = 10 * 1024 * 1024
MAX_ITEMS = 100_000
"""Every village of Indonesia is 84,000."""


def read_items(name: str, source: bytes, list_name: str = "") -> etree._Element:
    """The ``root`` of the items in a file; with ``list_name`` only those of that list.

    Raises FormErrors when the file cannot be read as its name says.
    """
    if len(source) > MAX_BYTES:
        raise FormErrors([problem("too_large", limit=MAX_BYTES // 2**20)])
    try:
        if name.lower().endswith(".xml"):
            return without_namespaces(parse_xml(source))
        rows = _geojson(source) if name.lower().endswith(".geojson") else _csv(source)
        return _tree(row for row in rows if not list_name or row.get("list_name") == list_name)
    except (FormErrors, ValueError, TypeError, KeyError, AttributeError, csv.Error) as error:
        raise FormErrors([problem("file_unreadable", name=name)]) from error


def _csv(source: bytes) -> Iterator[Mapping[str, str]]:
    text = source.decode("utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield {key.strip(): value for key, value in row.items() if key and value is not None}


def _geojson(source: bytes) -> Iterator[Mapping[str, str]]:
    """Features as items: properties, id, and the point as ODK writes one (lat lon alt acc)."""
    for feature in json.loads(source)["features"]:
        cells = {key: _plain(value) for key, value in (feature.get("properties") or {}).items()}
        if "id" in feature:
            cells["id"] = _plain(feature["id"])
        geometry = feature.get("geometry") or {}
        if geometry.get("type") == "Point":
            longitude, latitude = geometry["coordinates"][:2]
            cells["geometry"] = f"{latitude} {longitude} 0 0"
        yield cells


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _tree(rows: Iterable[Mapping[str, str]]) -> etree._Element:
    root = etree.Element("root")
    for number, row in enumerate(rows):
        if number == MAX_ITEMS:
            raise ValueError("too many items")
        item = etree.SubElement(root, "item")
        for key, value in row.items():
            etree.SubElement(item, _name(key)).text = value
    return root


def _name(column: str) -> str:
    """A column's name as the name of an element, which an expression can ask for.

    ``label::English (en)`` is ``label_en``.
    """
    column, _, language = column.partition("::")
    tag = f"_{tag_of(language)}" if language else ""
    name = re.sub(r"[^\w.-]", "_", column.strip() + tag)
    return name if re.match(r"[^\W\d]", name) else f"_{name}"
