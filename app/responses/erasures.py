"""The list of what was erased, so that a restored backup does not bring people back.

One line of JSON for each, only ever added to: when, and hashes of the key and the id.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import orjson

from app.responses import files
from app.responses.collection import Erasure

NAME = "erased.jsonl"


def erasure(key: str, identity: str, when: str) -> Erasure:
    """`when` is ISO 8601, UTC."""
    return Erasure(hashed(key), hashed(identity), when)


def hashed(text: str) -> str:
    """Needs no secret: keys and ids are random."""
    return sha256(text.encode()).hexdigest()


def note(folder: Path, erasures: Iterable[Erasure]) -> None:
    """Add to the list. Hold the folder's lock."""
    lines = [orjson.dumps(asdict(one)) + b"\n" for one in erasures]
    if lines:
        files.append(folder / NAME, b"".join(lines))


def noted(folder: Path) -> Iterator[Erasure]:
    """The list; a line cut short by a power failure is passed over."""
    for line in _content(folder).splitlines():
        try:
            yield Erasure(**orjson.loads(line))
        except (ValueError, TypeError):
            continue


def has(folder: Path, identity: str) -> bool:
    return hashed(identity).encode() in _content(folder)


def _content(folder: Path) -> bytes:
    return files.content(folder / NAME) or b""
