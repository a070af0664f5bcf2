"""One upload, looked at as a whole: can it be published, and what should its author know?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

from app.questionnaire.model import Choice, Form, Question, Text
from app.questionnaire.network import Network
from app.questionnaire.problems import FormErrors, Problem, Severity, problem
from app.questionnaire.xform_lists import ITEMSETS
from app.questionnaire.xlsform import Converted, convert_workbook
from app.questionnaire.xlsform_accessible import check_accessible
from app.questionnaire.xlsform_read import read_workbook

MEDIA_FORMS = ("image", "big-image", "audio", "video", "sign_video")

_LISTS = ("csv", "xml", "geojson")
_PICTURES = ("png", "jpg", "jpeg", "gif", "webp")
_SOUNDS = ("mp3", "m4a", "ogg", "wav", "mp4", "webm")
FILE_TYPES = (*_LISTS, *_PICTURES, *_SOUNDS, "vtt")
"""Endings of files that may belong to a form. No SVG: it can hold scripts."""

_FILE_NAME = re.compile(r"[^/\\\x00-\x1f<>:\"|?*.][^/\\\x00-\x1f<>:\"|?*]{0,99}")


@dataclass(frozen=True, slots=True)
class Examined:
    """``converted`` is None when an error refuses the form; ``problems`` are all, in any case."""

    problems: tuple[Problem, ...]
    converted: Converted | None = None


def examine(
    source: bytes,
    name: str = "",
    network: Network | None = None,
    files: Mapping[str, bytes] | None = None,
    offered: Collection[str] = (),
) -> Examined:
    """Convert a form and check what conversion does not: accessibility, and the files beside it.

    ``name`` is what the file was called; ``offered`` the language tags that people can choose.
    """
    given = {key: content for key, content in (files or {}).items() if _is_taken(key)}
    found = [problem("file_refused", name=key) for key in files or {} if key not in given]
    try:
        workbook = read_workbook(source)
    except FormErrors as errors:
        return Examined((*errors.problems, *found))
    found += check_accessible(workbook, offered)
    try:
        converted = convert_workbook(workbook, network, given, name)
    except FormErrors as errors:
        return Examined((*errors.problems, *found))
    told = (*converted.problems, *found, *_beside(converted, given))
    if any(each.severity is Severity.ERROR for each in told):
        return Examined(told)
    return Examined(told, replace(converted, problems=told, files=_needed(converted)))


def _is_taken(name: str) -> bool:
    ending = name.rpartition(".")[2].lower()
    return _FILE_NAME.fullmatch(name) is not None and ending in FILE_TYPES


def _beside(converted: Converted, given: Mapping[str, bytes]) -> Iterator[Problem]:
    """Media that the form names and does not have, and files that it does not name."""
    form = converted.form
    if missing := sorted(set(media_files(form)) - given.keys()):
        yield problem("media_missing", names=", ".join(missing))
    films = {name for name in media_files(form, ("video",)) if name in given}
    if silent := sorted(name for name in films if captions_of(name) not in given):
        yield problem("captions_missing", names=", ".join(silent))
    for name in sorted(given.keys() - _named(form)):
        yield problem("file_unused", name=name)


def _needed(converted: Converted) -> dict[str, bytes]:
    named = _named(converted.form)
    return {name: content for name, content in converted.files.items() if name in named}


def _named(form: Form) -> set[str]:
    """Every file that may stand beside the form."""
    films = media_files(form, ("video", "sign_video"))
    captions = map(captions_of, films)
    return {*media_files(form), *captions, *form.external.values(), ITEMSETS}


def captions_of(film: str) -> str:
    """The name of the file with a film's captions."""
    return str(PurePath(film).with_suffix(".vtt"))


def media_files(form: Form, kinds: Collection[str] = MEDIA_FORMS) -> Iterator[str]:
    """Every picture, sound and film that the form shows, by file name."""
    for text in _texts(form):
        for kind in kinds:
            for template in text.versions.get(kind, {}).values():
                if name := "".join(part for part in template if isinstance(part, str)):
                    yield name


def _texts(form: Form) -> Iterator[Text]:
    choices: Iterator[Choice] = chain.from_iterable(form.lists.values())
    yield from (choice.label for choice in choices)
    for element in form.elements():
        hint = element.hint if isinstance(element, Question) else None
        yield from (text for text in (element.label, hint) if text is not None)
