"""One segment: an ordinary TinyDB file of at most 64 documents, always whole."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage

from app.responses import files
from app.responses.collection import Document, Unreadable

MOST_DOCUMENTS = 64
MOST_BYTES = 256 * 1024

_NAME = re.compile(r"(\d{6,})\.json")
_KEY = re.compile(r"(\d{6,})-(\d{1,20})")


class SegmentStorage(Storage):
    """TinyDB's own file format, replaced whole instead of written over. Hold the lock to write."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Raises Unreadable. An empty file is damage too: we never leave one."""
        content = files.content(self._path)
        if content is None:
            return None
        try:
            tables = orjson.loads(content)
            _check(tables)
        except ValueError as error:
            raise Unreadable(str(self._path)) from error
        return dict(tables)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        files.put(self._path, orjson.dumps(data))


def _check(tables: Any) -> None:
    table = tables.get(TinyDB.default_table_name, {}) if isinstance(tables, dict) else None
    if not isinstance(table, dict):
        raise ValueError("not a TinyDB file")
    for number, document in table.items():
        int(number)
        if not isinstance(document, dict):
            raise ValueError("not a document")


@dataclass(frozen=True, slots=True)
class FileSegment:
    """A segment as it was when `segments` came to it; `name` is the file's, without `.json`.

    The fingerprint is taken before the content is read, so that what is kept under a fingerprint
    is never older than that.
    """

    path: Path
    sealed: bool
    fingerprint: str

    @property
    def name(self) -> str:
        return self.path.stem

    def documents(self) -> Iterator[Document]:
        """Raises Unreadable."""
        for _, document in read_segment(self.path):
            yield document


def open_segment(path: Path) -> TinyDB:
    """The file as a TinyDB database; needs no closing."""
    return TinyDB(path, storage=SegmentStorage)


def read_segment(path: Path) -> Iterator[tuple[int, Document]]:
    """Number and document, in the order they came. Raises Unreadable."""
    for document in open_segment(path):
        yield document.doc_id, dict(document)


def segment_numbers(folder: Path) -> list[int]:
    """The segments there are, oldest first."""
    with files.storage_errors():
        try:
            names = os.listdir(folder)
        except FileNotFoundError:
            return []
    return sorted(int(match[1]) for name in names if (match := _NAME.fullmatch(name)))


def segment_path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.json"


def key_of(number: int, document: int) -> str:
    """A storage key names its segment, so looking one up needs no index."""
    return f"{number:06d}-{document}"


def parse_key(key: str) -> tuple[int, int] | None:
    """Segment and document number, or None if this cannot be a key of ours."""
    match = _KEY.fullmatch(key)
    return (int(match[1]), int(match[2])) if match else None
