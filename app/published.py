"""One published version of a form: a folder that is written once and never changes.

It holds ``form.xml`` (the contract), ``extras.json`` (our own columns), ``workbook.json`` (the form
as it was written), ``meta.json``, ``files/`` (lists and media), and ``original/`` (the very file
that was uploaded, whatever else is in it: notes, colours, other sheets).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from app.questionnaire.extras import Extras
from app.questionnaire.model import Form
from app.questionnaire.problems import Problem, Severity
from app.questionnaire.workbook import Workbook
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import Converted
from app.responses.files import make_folder, put

META = "meta.json"
_SETTINGS = ("setting_needed", "setting_stands_in")
_NEEDS = (*_SETTINGS, "file_missing")
_XML, _EXTRAS, _WORKBOOK, _FILES = "form.xml", "extras.json", "workbook.json", "files"
_ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a form was uploaded as; its name is safe as the name of a file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Published:
    """One version of one form. Files are read when they are asked for, and then kept.

    ``content`` identifies what was converted, whatever version it got. ``source`` says where it
    came from (``shipped``, ``upload``, …). ``problems`` are what there was to tell about it.
    """

    folder: Path
    form_id: str
    version: str
    title: Mapping[str, str]
    published: datetime
    md5: str
    sha256: str
    content: str
    source: str
    problems: tuple[Problem, ...]

    @property
    def blocked(self) -> tuple[Problem, ...]:
        """What keeps it from being opened to respondents, such as an empty network setting."""
        return tuple(each for each in self.problems if each.severity is Severity.BLOCKS)

    @property
    def missing_settings(self) -> tuple[str, ...]:
        """Names of the network settings that it needs and that are still empty."""
        needed = (each.params["name"] for each in self.problems if each.code in _SETTINGS)
        return tuple(dict.fromkeys(needed))

    @cached_property
    def xml(self) -> bytes:
        """The XForm XML."""
        return (self.folder / _XML).read_bytes()

    @cached_property
    def extras(self) -> Extras:
        """Our own columns and settings."""
        return Extras.from_data(json.loads((self.folder / _EXTRAS).read_bytes()))

    @cached_property
    def form(self) -> Form:
        """The form, as every other part reads it."""
        return read_form(self.xml, self.extras, self.files)

    @property
    def workbook(self) -> Workbook:
        """The form as it was written, the network's settings not filled in."""
        return Workbook.from_data(json.loads((self.folder / _WORKBOOK).read_bytes()))

    @property
    def files(self) -> dict[str, bytes]:
        """Lists and media by name."""
        folder = self.folder / _FILES
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return {path.name: path.read_bytes() for path in found}

    def file(self, name: str) -> Path | None:
        """Where one of the files is; None for a name that none of them has."""
        folder = self.folder / _FILES
        known = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        return folder / name if name in known else None

    @property
    def original(self) -> Original | None:
        """The file that was uploaded; None for a form that did not come from a file."""
        folder = self.folder / _ORIGINAL
        found = next(folder.iterdir(), None) if folder.is_dir() else None
        return Original(found.name, found.read_bytes()) if found else None


def read_published(folder: Path) -> Published:
    """The version in a folder. Raises FileNotFoundError when there is none."""
    meta = json.loads((folder / META).read_bytes())
    problems = tuple(_problem(each) for each in meta.pop("problems"))
    published = datetime.fromisoformat(meta.pop("published"))
    return Published(folder=folder, published=published, problems=problems, **meta)


def write_published(
    folder: Path,
    converted: Converted,
    content: str,
    source: str,
    now: datetime,
    original: Original | None = None,
) -> None:
    """Write a version into a new folder, every file on disk when this returns."""
    xml, form = converted.xml, converted.form
    if original is not None:
        make_folder(folder / _ORIGINAL)
        put(folder / _ORIGINAL / original.name, original.content)
    make_folder(folder / _FILES)
    for name, file in converted.files.items():
        put(folder / _FILES / Path(name).name, file)
    put(folder / _XML, xml)
    put(folder / _EXTRAS, _json(converted.extras.as_data()))
    put(folder / _WORKBOOK, _json(converted.workbook.as_data()))
    meta = {
        "form_id": form.id,
        "version": form.version,
        "title": _title(form),
        "published": now.isoformat(),
        "md5": hashlib.md5(xml, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(xml).hexdigest(),
        "content": content,
        "source": source,
        "problems": [asdict(each) for each in converted.problems],
    }
    put(folder / META, _json(meta))


def content_of(converted: Converted) -> str:
    """A name for what was converted: the same for the same XForm, extras, files and needs.

    A network setting that now says what had stood in for it makes another version, which no longer
    tells that the setting is empty.
    """
    digest = hashlib.sha256(converted.xml)
    digest.update(_json(converted.extras.as_data()))
    for name in sorted(converted.files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(converted.files[name]).digest())
    needs = sorted((p.code, p.params["name"]) for p in converted.problems if p.code in _NEEDS)
    digest.update(_json(needs))
    return digest.hexdigest()


def _title(form: Form) -> dict[str, str]:
    plain = form.title.versions.get("", {})
    return {tag: "".join(part for part in t if isinstance(part, str)) for tag, t in plain.items()}


def _problem(data: dict[str, Any]) -> Problem:
    return Problem(**{**data, "severity": Severity(data["severity"])})


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()
