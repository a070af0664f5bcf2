"""Files that somebody gives as answers: looked at, named by us, and kept with the draft.

Nothing that a browser says of a file is trusted: not its type, not its path, not the end of its
name. A file that was taken is not lost when another answer on its page is wrong.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from app.exchange.submission_files import uploads
from app.questionnaire.interview import Page
from app.questionnaire.local import clean
from app.questionnaire.model import Form, Kind
from app.questionnaire.pages import Asked
from app.respond import blueprint, forms
from app.respond import unfinished as kept
from app.respond.answering import Answering
from app.responses.attachments import LARGEST_FILE, TooLargeError
from app.responses.photos import without_traces
from app.responses.sniffing import ENOUGH, Format, sniff
from app.stores import stores

ACCEPT = {
    Kind.IMAGE: "image/*",
    Kind.AUDIO: "audio/*",
    Kind.VIDEO: "video/*",
    Kind.FILE: ".pdf,.docx,.odt,.xlsx,.ods,.rtf,.txt,image/*,audio/*,video/*",
}
"""What a browser offers to choose from; what arrives is looked at all the same."""
LARGEST_BODY = 2 * LARGEST_FILE
"""A body up to this is read, so that a file that is too large is told beside its question."""
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 500
MOST, MOST_SECONDS = 200, 3600.0
"""Files that one address may send in a while; a whole village may share one."""


@blueprint.url_value_preprocessor
def allow_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let a large body in, only on a page that takes a file; before anything reads it."""
    if endpoint == "respond.answer" and values and _takes_files(**values):
        request.max_content_length = LARGEST_BODY


def _takes_files(form_id: str, page_id: str) -> bool:
    if kept.entry(form_id) is None:
        return False
    last = page_id.rpartition("/")[2]
    names = {last, page_id.partition("/")[0]} if last.isdigit() else {last}
    form = forms.published(form_id).form
    asking = (q.ref.split("/") for q in form.questions() if q.kind.uploads)
    return any(not names.isdisjoint(way) for way in asking)


def posted(answering: Answering, page: Page) -> MultiDict[str, str]:
    """The boxes of a page as they were filled in; in that of a file stands what is kept of it."""
    typed = MultiDict(request.form)
    for asked in page.asked:
        if asked.question.kind.uploads and not answering.interview.readonly(asked):
            name, refused = _file(answering, page, asked)
            typed.setlist(asked.field, [name])
            typed.setlist(f"{asked.field}-refused", [refused])
            _describe(answering, name, typed.get(f"{asked.field}-alt", ""))
    return typed


def _file(answering: Answering, page: Page, asked: Asked) -> tuple[str, str]:
    """The name of the file that is the answer now, and why a new one was refused."""
    before = answering.unfinished.typed.get(page.id, {}).get(asked.field)
    current = before[0] if before else answering.interview.value(asked)
    sent = request.files.get(asked.field)
    if sent is not None and sent.filename:
        return _take(answering, asked, sent, current)
    if request.form.get(f"{asked.field}-remove"):
        return "", ""
    return current, ""


def _take(answering: Answering, asked: Asked, sent: FileStorage, current: str) -> tuple[str, str]:
    content = without_traces(sent.stream.read(LARGEST_FILE + 1))
    found = sniff(content[:ENOUGH])
    if refused := _refused(answering, asked.question.kind, content, found):
        return current, refused
    assert found is not None
    unfinished = answering.unfinished
    name = _free_name(unfinished, safe_stem(sent.filename or "", asked.question.name), found)
    try:
        stores().draft_files.put(unfinished.form, unfinished.id, name, content)
    except TooLargeError:
        return current, "files_many"
    unfinished.files[name] = {"type": found.media_type, "bytes": len(content)}
    return name, ""


def _refused(answering: Answering, kind: Kind, content: bytes, found: Format | None) -> str:
    if not answering.interview.storable:
        return "file_not_yet"
    if not content:
        return "file_empty"
    if len(content) > LARGEST_FILE:
        return "file_size"
    if found is None or (kind is not Kind.FILE and kind.value not in found.sorts):
        return f"file_{kind.value}"
    address = request.remote_addr or ""
    allowed = stores().throttle.allow("upload", address, time.time(), MOST, MOST_SECONDS)
    return "" if allowed else "files_many"


def safe_stem(given: str, otherwise: str) -> str:
    """What a file was called, without path, ending or anything but letters and digits."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    stem = re.sub(r"[^\w -]+", "-", name.rpartition(".")[0] or name).strip("- _")
    return stem[:LONGEST_NAME].strip() or otherwise


def _free_name(unfinished: kept.Unfinished, stem: str, found: Format) -> str:
    """No file takes the place of another: what is on the page may yet be given up."""
    place = (unfinished.form, unfinished.id)
    taken = {*stores().draft_files.names(*place), *stores().attachments.names(*place)}
    names = (f"{stem}{number}.{found.ending}" for number in _numbers())
    return next(name for name in names if name not in taken)


def _numbers() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def _describe(answering: Answering, name: str, words: str) -> None:
    if name in answering.unfinished.files:
        said = " ".join(clean(words).split())[:LONGEST_DESCRIPTION]
        answering.unfinished.files[name]["description"] = said


def named(form: Form, *parts: dict[str, Any]) -> set[str]:
    """The names of all files that answers, raw or typed, refer to."""
    return {name for part in parts for _question, name in uploads(form.root, part)}


def tidy(answering: Answering) -> None:
    """Delete files of the draft that no answer refers to any more."""
    unfinished = answering.unfinished
    if not unfinished.files:
        return
    used = named(answering.form, answering.interview.state()["values"])
    used |= {text for page in unfinished.typed.values() for box in page.values() for text in box}
    stores().draft_files.keep_only(unfinished.form, unfinished.id, used)
    unfinished.files = {name: f for name, f in unfinished.files.items() if name in used}


def settle(answering: Answering, names: set[str]) -> None:
    """Put the files of a draft beside the response that is about to be stored. StorageError."""
    place = (answering.form.id, answering.unfinished.id)
    for name in names:
        content = stores().draft_files.get(*place, name)
        if content is not None:
            stores().attachments.put(*place, name, content)
