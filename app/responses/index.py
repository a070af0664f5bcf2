"""Which segment holds which `id`, so that one more response costs the same at 0 and at 100,000.

A cache in one process's memory (about 15 MB for 100,000), never written: the segments are the
truth. The first use reads every segment; later ones only those that may have gained documents. It
follows what this program does to the files; after a restore, or an edit by hand, restart it.
"""

import logging
from pathlib import Path

from app.responses import files
from app.responses.collection import Unreadable
from app.responses.files import FileState
from app.responses.segments import (
    MOST_BYTES,
    MOST_DOCUMENTS,
    read_segment,
    segment_numbers,
    segment_path,
)

_log = logging.getLogger(__name__)


class Index:
    """Hold the collection's lock for an answer that stays true."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inode: int | None = None
        self._clear()

    def _clear(self) -> None:
        self._segments: dict[str, int] = {}
        self._newest = 1
        self._state: FileState | None = None
        self._room = MOST_DOCUMENTS

    @property
    def empty(self) -> bool:
        """Whether the next `refresh` may be the long one."""
        return not self._segments

    def where(self, identity: str) -> int | None:
        """The number of the segment that has, or before an erasure had, a document."""
        return self._segments.get(identity)

    def place_for(self, length: int) -> int:
        """The number of the segment that a new document of this many bytes goes to."""
        if self._state is None:
            return self._newest
        fits = self._room > 0 and self._state.size + length <= MOST_BYTES
        return self._newest if fits else self._newest + 1

    def added(self, identity: str, number: int) -> None:
        """Note our own write, which we need not read again."""
        if number > self._newest:
            self._newest, self._room = number, MOST_DOCUMENTS
        self._segments[identity] = number
        self._room -= 1
        self._state = self._look(number)

    def refresh(self) -> None:
        """Take in what other processes wrote.

        Every segment from the one that was newest at the last look: another process may have
        filled that one, and more, since.
        """
        with files.storage_errors():
            inode = self._folder.stat().st_ino
        newest = self._look(self._newest)
        if inode != self._inode or (self._state and not newest):
            self._rebuild(inode)
        elif newest != self._state:
            self._read(self._newest)
        while self._look(self._newest + 1):
            self._read(self._newest + 1)

    def _rebuild(self, inode: int) -> None:
        self._clear()
        for number in segment_numbers(self._folder):
            self._read(number)
        self._inode = inode

    def _look(self, number: int) -> FileState | None:
        return files.state(segment_path(self._folder, number))

    def _read(self, number: int) -> None:
        """Damage to one file must not stop new responses; that file just gets no more of them."""
        path, state = segment_path(self._folder, number), self._look(number)
        try:
            found = [str(document.get("id")) for _, document in read_segment(path)]
            room = MOST_DOCUMENTS - len(found)
        except Unreadable as error:
            _log.error("%s; new responses go to the next file", error)
            found, room = [], 0
        self._segments.update((identity, number) for identity in found)
        self._newest, self._state, self._room = number, state, room
