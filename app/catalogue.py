"""Published forms on disk: every version that anybody ever answered, as it was then.

``<folder>/<form-id>/<version>/`` is one version (published.py). It is written under another name
and renamed, so it is whole or not there. ``<form-id>/state.json`` says which version is current and
whether the form is open; it is read afresh each time, so that every worker process sees what
another published.

A version is named by the form's settings, else after its content. Other content under a version
that exists gets the next free name (``3`` → ``3-2``), because responses say which version they
answered. The same content again changes nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from lxml import etree

from app.published import META, Original, Published, content_of, read_published, write_published
from app.questionnaire.network import Network
from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.xform_xml import parse_xml, primary_instance
from app.questionnaire.xlsform import Converted, convert, convert_workbook
from app.responses.files import locked, make_folder, put

__all__ = ["Catalogue", "Published", "State", "publish_shipped", "refresh"]

SHIPPED = Path(__file__).parent.parent / "forms"
SHIPPED_FORMS = (
    "needs-assessment",
    "activity-feedback",
    "activity-registration",
    "member-offer",
)
"""In the order in which respondents find them."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_STATE, _MAKING = "state.json", ".making"


@dataclass(frozen=True, slots=True)
class State:
    """Which version of a form is current, and when it can be answered.

    ``opens`` and ``closes`` are ISO dates that the coordinator set, "" for never, None for what the
    form itself says. ``place`` is how many forms there were when this one came. ``keep_days`` and
    ``contact_days`` are terms that the coordinator set (app/retention/terms.py).
    """

    current: str
    place: int
    open: bool = True
    opens: str | None = None
    closes: str | None = None
    keep_days: int | None = None
    contact_days: int | None = None


class Catalogue:
    """The published forms in one folder. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], Published] = {}
        make_folder(folder)

    def ids(self) -> tuple[str, ...]:
        """Every form, in the order in which they were first published."""
        found = (path.parent.name for path in self._folder.glob(f"*/{_STATE}"))
        return tuple(sorted(found, key=lambda form_id: (self.state(form_id).place, form_id)))

    def state(self, form_id: str) -> State:
        """Raises KeyError when there is no such form."""
        if not _ID.fullmatch(form_id):
            raise KeyError(form_id)
        try:
            return State(**json.loads((self._folder / form_id / _STATE).read_bytes()))
        except FileNotFoundError:
            raise KeyError(form_id) from None

    def get(self, form_id: str, version: str | None = None) -> Published:
        """A version of a form, the current one unless told. Raises KeyError."""
        wanted = self.state(form_id).current if version is None else version
        if (form_id, wanted) not in self._known:
            folder = self._folder / form_id / _folder_name(wanted)
            try:
                self._known[form_id, wanted] = read_published(folder)
            except FileNotFoundError:
                raise KeyError(f"{form_id} {wanted}") from None
        return self._known[form_id, wanted]

    def versions(self, form_id: str) -> tuple[Published, ...]:
        """Every version of a form, the oldest first. Raises KeyError."""
        self.state(form_id)
        found = (read_published(path.parent) for path in self._metas(form_id))
        return tuple(sorted(found, key=lambda each: each.published))

    def _metas(self, form_id: str) -> Iterator[Path]:
        paths = (self._folder / form_id).glob(f"*/{META}")
        return (path for path in paths if path.parent.name != _MAKING)

    # -- publishing

    def publish(
        self,
        converted: Converted,
        now: datetime,
        source: str = "upload",
        original: Original | None = None,
    ) -> Published:
        """Make a converted form the current version of its form, and open it if it is new.

        Content that was published before becomes current again as the version it was. ``original``
        is the uploaded file: a coordinator finds notes in it that a form does not have.
        """
        form_id = converted.form.id
        if not _ID.fullmatch(form_id):
            raise FormErrors([problem("form_id_invalid", name=form_id)])
        make_folder(self._folder / form_id)
        with locked(self._folder / form_id):
            content = content_of(converted)
            version = self._version_with(form_id, content)
            if version is None:
                made = self._versioned(converted)
                version = self._write(made, content, source, now, original)
            self._make_current(form_id, version)
        return self.get(form_id, version)

    def _version_with(self, form_id: str, content: str) -> str | None:
        found = (read_published(path.parent) for path in self._metas(form_id))
        return next((each.version for each in found if each.content == content), None)

    def _versioned(self, converted: Converted) -> Converted:
        """The same under a version that is still free, with that version in its XML."""
        wanted = converted.form.version or content_of(converted)[:8]
        taken = {read_published(path.parent).version for path in self._metas(converted.form.id)}
        free = next(name for name in _candidates(wanted) if name not in taken)
        if free == converted.form.version:
            return converted
        told = [problem("version_bumped", version=wanted, name=free)] if free != wanted else []
        return replace(
            converted,
            xml=_with_version(converted.xml, free),
            form=replace(converted.form, version=free),
            problems=(*converted.problems, *told),
        )

    def _write(
        self,
        converted: Converted,
        content: str,
        source: str,
        now: datetime,
        original: Original | None,
    ) -> str:
        folder = self._folder / converted.form.id
        making = folder / _MAKING
        shutil.rmtree(making, ignore_errors=True)
        write_published(making, converted, content, source, now, original)
        os.rename(making, folder / _folder_name(converted.form.version))
        return converted.form.version

    def _make_current(self, form_id: str, version: str) -> None:
        try:
            state = replace(self.state(form_id), current=version)
        except KeyError:
            state = State(version, len(self.ids()))
        self._put_state(form_id, state)

    def _put_state(self, form_id: str, state: State) -> None:
        put(self._folder / form_id / _STATE, json.dumps(asdict(state)).encode())

    # -- being open

    def set_open(self, form_id: str, is_open: bool) -> None:
        """Open a form to respondents, or close it. Raises KeyError."""
        self._change(form_id, open=is_open)

    def set_dates(self, form_id: str, opens: date | None, closes: date | None) -> None:
        """Set the first and the last day on which a form can be answered. Raises KeyError."""
        self._change(
            form_id,
            opens=opens.isoformat() if opens else "",
            closes=closes.isoformat() if closes else "",
        )

    def set_terms(self, form_id: str, keep_days: int | None, contact_days: int | None) -> None:
        """Set how long answers and contact data are kept. Raises KeyError."""
        self._change(form_id, keep_days=keep_days, contact_days=contact_days)

    def _change(self, form_id: str, **values: bool | str | int | None) -> None:
        self.state(form_id)
        with locked(self._folder / form_id):
            state = State(**{**asdict(self.state(form_id)), **values})
            self._put_state(form_id, state)

    def is_open(self, form_id: str, today: date) -> bool:
        """Whether respondents can answer it on that day; false when there is no such form."""
        try:
            state, published = self.state(form_id), self.get(form_id)
        except KeyError:
            return False
        said = published.extras.settings
        opens = state.opens if state.opens is not None else said.get("opens", "")
        closes = state.closes if state.closes is not None else said.get("closes", "")
        day = today.isoformat()
        in_time = (not opens or opens <= day) and (not closes or day <= closes)
        return state.open and in_time and not published.blocked

    def open_forms(self, today: date) -> tuple[Published, ...]:
        """Every form that respondents can answer on that day."""
        return tuple(self.get(form_id) for form_id in self.ids() if self.is_open(form_id, today))


def publish_shipped(catalogue: Catalogue, network: Network, now: datetime) -> None:
    """Publish the forms of ``forms/``, filled in with the network's settings.

    A form that the coordinator has published under the same id since is left alone.
    """
    known = catalogue.ids()
    for form_id in SHIPPED_FORMS:
        if form_id not in known or catalogue.get(form_id).source == "shipped":
            source = (SHIPPED / f"{form_id}.yaml").read_bytes()
            catalogue.publish(convert(source, network), now, "shipped")


def refresh(catalogue: Catalogue, network: Network, now: datetime) -> dict[str, FormErrors]:
    """Publish every form again whose texts change with the network's settings.

    Returns the forms that could not be converted again, with why; their current version stays.
    """
    refused = {}
    for form_id in catalogue.ids():
        current = catalogue.get(form_id)
        try:
            converted = convert_workbook(current.workbook, network, current.files, form_id)
            catalogue.publish(converted, now, current.source, current.original)
        except FormErrors as errors:
            refused[form_id] = errors
    return refused


def _candidates(version: str) -> Iterator[str]:
    yield version
    number = 2
    while True:
        yield f"{version}-{number}"
        number += 1


def _folder_name(version: str) -> str:
    """A version as the name of a folder; no two versions have the same."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", version):
        return version
    return "v-" + version.encode().hex()[:200]


def _with_version(xml: bytes, version: str) -> bytes:
    root = parse_xml(xml)
    primary_instance(root).set("version", version)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
