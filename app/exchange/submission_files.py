"""Which files belong to a submission, by what its XML says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from app.exchange.openrosa import Submission, meta
from app.questionnaire.model import Group, Kind, Question, Repeat

AUDIT = "audit.csv"
"""Collect's log of the interview, where the form asks for one."""

_LONGEST_NAME = 200
"""Characters, percent-encoded."""
_IMAGES = {"jpg", "jpeg", "png", "gif", "webp", "heic", "bmp"}
_SOUNDS = {"m4a", "mp3", "mp4", "amr", "3gp", "3gpp", "ogg", "oga", "opus", "wav", "aac", "webm"}
_FILMS = {"mp4", "m4v", "3gp", "3gpp", "mov", "mkv", "webm", "avi"}
_PAPERS = {"pdf", "txt", "csv", "doc", "docx", "xls", "xlsx", "ods", "odt", "rtf", "zip", "json"}

EXTENSIONS: Mapping[Kind, set[str]] = {
    Kind.IMAGE: _IMAGES,
    Kind.AUDIO: _SOUNDS,
    Kind.VIDEO: _FILMS,
    Kind.FILE: _IMAGES | _SOUNDS | _FILMS | _PAPERS,
}
"""How a file may be called: nothing that a browser or a double click would run."""

Named = tuple[Question, str]


def uploads(group: Group | Repeat, values: Mapping[str, Any]) -> Iterator[Named]:
    """Each question that was answered with a file, and the file's name."""
    for child in group.children:
        value = values.get(child.name)
        if isinstance(child, Question):
            if child.kind.uploads and value:
                yield child, value
        else:
            for row in value if isinstance(value, list) else [value or {}]:
                yield from uploads(child, row)


def takes(question: Question, name: str) -> bool:
    """Whether a file of this name can be the answer to ``question``, and the name of a file."""
    plain = name.isprintable() and not set(name) & set("/\\") and not name.startswith(".")
    extension = name.rpartition(".")[2].lower()
    return plain and len(quote(name)) <= _LONGEST_NAME and extension in EXTENSIONS[question.kind]


def belonging(submission: Submission, named: Iterable[Named]) -> frozenset[str]:
    """The names of the files that are taken with a submission."""
    files = {name for question, name in named if takes(question, name)}
    return frozenset(files | ({AUDIT} if meta(submission.root, "audit") else set()))
