"""Which segment holds which `id`, so that one more response costs the same at 0 and at 100,000.

A cache in one process's memory (about 15 MB for 100,000), never written: the segments are the
truth. The first use reads every segment; later ones only those that may have gained documents. It
follows what this program does to the files; after a restore, or an edit by hand, restart it.
"""

import logging
from pathlib import Path

from app.responses import files
from app.responses.collection import Unreadable
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
        self._fingerprint: str | None = None
        self._room = MOST_DOCUMENTS

    def where(self, identity: str) -> int | None:
        """The number of the segment that has, or before an erasure had, a document."""
        return self._segments.get(identity)

    def place_for(self, length: int) -> int:
        """The number of the segment that a new document of this many bytes goes to."""
        path = segment_path(self._folder, self._newest)
        if self._fingerprint is None:
            return self._newest
        fits = self._room > 0 and path.stat().st_size + length <= MOST_BYTES
        return self._newest if fits else self._newest + 1

    def added(self, identity: str, number: int) -> None:
        """Note our own write, which we need not read again."""
        if number > self._newest:
            self._newest, self._room = number, MOST_DOCUMENTS
        self._segments[identity] = number
        self._room -= 1
        self._fingerprint = self._look(number)

    def refresh(self) -> None:
        """Take in what other processes wrote.

        Every segment from the one that was newest at the last look: another process may have
        filled that one, and more, since.
        """
        with files.storage_errors():
            inode = self._folder.stat().st_ino
        if inode != self._inode or (self._fingerprint and not self._look(self._newest)):
            self._rebuild(inode)
        number = self._newest
        while (found := self._look(number)) is not None:
            if number > self._newest or found != self._fingerprint:
                self._read(number)
            number += 1

    def _rebuild(self, inode: int) -> None:
        self._clear()
        self._inode = inode
        for number in segment_numbers(self._folder):
            self._read(number)

    def _look(self, number: int) -> str | None:
        return files.fingerprint(segment_path(self._folder, number))

    def _read(self, number: int) -> None:
        """Damage to one file must not stop new responses; that file just gets no more of them."""
        self._newest, self._fingerprint = number, self._look(number)
        path = segment_path(self._folder, number)
        try:
            found = [str(document.get("id")) for _, document in read_segment(path)]
        except Unreadable as error:
            _log.error("%s; new responses go to the next file", error)
            self._room = 0
            return
        self._segments.update((identity, number) for identity in found)
        self._room = MOST_DOCUMENTS - len(found)
