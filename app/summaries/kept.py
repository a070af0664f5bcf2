"""Tallies kept beside the responses, so that a summary reads only what is new.

A sealed segment changes only by an erasure or a correction, and then its fingerprint changes. So
its tally is kept under the fingerprint; ``GROUP`` sealed segments in a row are kept as one sum.
What is no longer used is dropped from the file, erased people included.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import orjson

from app.responses.collection import Segment
from app.summaries.plan import Plan
from app.summaries.tally import Tally, tally, total

GROUP = 64

_log = logging.getLogger(__name__)


def tally_segments(plan: Plan, segments: Iterable[Segment], kept: Path) -> Tally:
    """The tally of a whole collection; what can be kept is read from and written to ``kept``.

    Raises:
        Unreadable: a segment is damaged; a summary must not leave people out unnoticed.
    """
    shelf = _Shelf(plan, _read(kept, plan))
    result = total(shelf.tallies(segments))
    if shelf.used.keys() != shelf.before.keys():
        _write(kept, plan, shelf.used)
    return result


class _Shelf:
    """The tallies kept before, and those used this time."""

    def __init__(self, plan: Plan, before: dict[str, Tally]) -> None:
        self._plan = plan
        self.before = before
        self.used: dict[str, Tally] = {}

    def tallies(self, segments: Iterable[Segment]) -> Iterator[Tally]:
        iterator = iter(segments)
        while batch := list(islice(iterator, GROUP)):
            if len(batch) == GROUP and all(segment.sealed for segment in batch):
                yield self._group(batch)
            else:
                yield from map(self._one, batch)

    def _group(self, batch: list[Segment]) -> Tally:
        names = "\n".join(f"{segment.name} {segment.fingerprint}" for segment in batch)
        key = hashlib.sha256(names.encode()).hexdigest()
        found = self.before.get(key)
        if found is None:
            found = total(self._known(segment) or self._count(segment) for segment in batch)
        self.used[key] = found
        return found

    def _one(self, segment: Segment) -> Tally:
        if not segment.sealed:
            return self._count(segment)
        found = self._known(segment) or self._count(segment)
        self.used[_key(segment)] = found
        return found

    def _known(self, segment: Segment) -> Tally | None:
        return self.before.get(_key(segment))

    def _count(self, segment: Segment) -> Tally:
        return tally(self._plan, segment.documents())


def _key(segment: Segment) -> str:
    return f"{segment.name} {segment.fingerprint}"


def _read(path: Path, plan: Plan) -> dict[str, Tally]:
    """What was kept for this plan; anything else, damage too, counts as nothing."""
    try:
        data = orjson.loads(path.read_bytes())
        if data["plan"] != plan.digest:
            return {}
        return {key: Tally(**one) for key, one in data["tallies"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(path: Path, plan: Plan, tallies: dict[str, Tally]) -> None:
    """Best effort: a full disk makes the next summary slower, not this one fail."""
    data = {"plan": plan.digest, "tallies": {key: one.data() for key, one in tallies.items()}}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, orjson.dumps(data))
    except OSError:
        _log.warning("The tallies of %s could not be kept.", path, exc_info=True)


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
