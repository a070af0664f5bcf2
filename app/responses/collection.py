"""What a store of responses promises, whatever is underneath.

A document is a JSON object. The store itself reads only `id`, `submitted` and `receipt`; all the
others (`form`, `version`, `language`, `channel`, `collector`, `activity`, `started`, `consent`,
`answers`) it keeps as they are. `tests/responses/contract.py` holds every backend to this file.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]
Predicate = Callable[[Document], bool]

# How a submission came, as opposed to what it says: the server stamps these, or they follow from
# the device and the account that happened to send it this time.
ARRIVAL = frozenset({"channel", "collector", "language", "receipt", "submitted"})

_IDENTITY = re.compile(r"[A-Za-z0-9:._-]{1,100}")


class StorageError(Exception):
    """The store could not do what was asked; nothing stored before is harmed."""


class StorageFull(StorageError):
    """There is no room left. The document was not accepted; try again when there is."""


class Unreadable(StorageError):
    """A stored file is not what we wrote. It is left as it is, for a person to look at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} cannot be read")
        self.name = name


class Conflict(StorageError):
    """The `id` is stored already, with other content."""

    def __init__(self, identity: str) -> None:
        super().__init__(f"{identity} is stored with other content")
        self.identity = identity


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a document is. `new` is false when this very submission had been stored before."""

    key: str
    new: bool


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a document was erased and when, without anything it said. Hashes are SHA-256, hex."""

    key_hash: str
    id_hash: str
    erased: str


class Segment(Protocol):
    """A part of a collection that is read, and summed up, as one.

    When the content changes, so does `fingerprint`; it may also change when the content does not.
    A sealed segment changes only by an erasure or a correction, so its tally is worth keeping.
    """

    @property
    def name(self) -> str: ...
    @property
    def sealed(self) -> bool: ...
    @property
    def fingerprint(self) -> str: ...
    def documents(self) -> Iterator[Document]:
        """Raises Unreadable."""
        ...


class Collection(Protocol):
    """The responses to one form, or the contacts given with them.

    Keys are opaque, name one document for ever and are never used again. Any method may raise
    StorageError; those that write raise StorageFull when there is no room.
    """

    def add(self, document: Document) -> Stored:
        """Store a document; when this returns it is on disk.

        A document whose `id` is stored already is accepted again if it says the same
        (`same_content`), and nothing is written: the stored one keeps its `receipt`. Otherwise
        raises Conflict. Raises ValueError without a usable `id`, TypeError if it is not JSON.
        """
        ...

    def get(self, key: str) -> Document | None: ...

    def find(
        self, *, id: str | None = None, receipt: str | None = None
    ) -> tuple[str, Document] | None:
        """The key and document with this `id`, or with this keyed hash of a receipt."""
        ...

    def replace(self, key: str, document: Document) -> None:
        """Correct a document. Raises KeyError without one, ValueError if `id` would change."""
        ...

    def remove(self, key: str) -> bool:
        """Erase a document. False if there is none."""
        ...

    def remove_all(self, keys: Iterable[str]) -> int:
        """Erase many at the cost of few; how many there were."""
        ...

    def each(self, where: Predicate | None = None) -> Iterator[tuple[str, Document]]:
        """Every key and document, oldest first, with one segment in memory at a time.

        Documents added meanwhile may or may not come. Raises Unreadable at a damaged segment
        rather than passing over it: a summary must not leave people out unnoticed.
        """
        ...

    def count(self) -> int: ...

    def segments(self) -> Iterator[Segment]:
        """Oldest first. The last one is open."""
        ...

    def erasures(self) -> Iterator[Erasure]:
        """What was erased. Save these before a restore, and give them to `erase_again` after."""
        ...

    def erase_again(self, erasures: Iterable[Erasure]) -> int:
        """Remove what a restored backup brought back; how many there were."""
        ...

    def erased(self, identity: str) -> bool:
        """Whether a document with this `id` was erased, so that a late retry is not stored again.

        `add` does not ask: somebody may give again what they took back.
        """
        ...


def identity_of(document: Document) -> str:
    """The document's `id`. Raises ValueError if it has none of letters, digits and `:._-`."""
    identity = document.get("id")
    if not isinstance(identity, str) or not _IDENTITY.fullmatch(identity):
        raise ValueError("a document needs an id of letters, digits and :._-")
    return identity


def same_content(one: Document, other: Document) -> bool:
    """Whether two documents say the same: everything but `ARRIVAL` and the consent's `time`.

    A retry after a lost reply comes later, perhaps in the page's other language or from another
    account on the same phone. None of that is a reason to refuse it; another answer, or another
    consent, is.
    """
    return _said(one) == _said(other)


def _said(document: Document) -> Document:
    said = {name: value for name, value in document.items() if name not in ARRIVAL}
    consent = said.get("consent")
    if isinstance(consent, dict):
        said["consent"] = {name: value for name, value in consent.items() if name != "time"}
    return said
