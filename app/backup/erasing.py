"""After a restore: who was erased stays erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.responses import erasures
from app.responses.collection import Erasure
from app.stores import stores

KINDS = ("responses", "contacts")


def copy_lists(data: Path, to: Path) -> int:
    """Keep the lists beside the backups: they hold hashes and times only. How many."""
    places = list(_places(data))
    for place in places:
        (to / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        content = (data / place / erasures.NAME).read_bytes()
        (to / place / erasures.NAME).write_bytes(content)
    return len(places)


def apply(data: Path, *later: Path) -> int:
    """Erase again what the backup's own lists, and those kept since, say; how many.

    Needs the application of the restored folder. Files whose answers are gone go too.
    """
    count = 0
    for place in sorted({place for folder in (data, *later) for place in _places(folder)}):
        kind, form_id = place.split("/", 1)
        collection = stores().responses(form_id) if kind == KINDS[0] else stores().contacts(form_id)
        count += collection.erase_again(_noted((data, *later), place))
    for folder in sorted(data.glob("attachments/*")):
        responses = stores().responses(folder.name)
        stores().attachments.sweep(folder.name, lambda one, of=responses: bool(of.find(id=one)))
    return count


def _noted(folders: Iterable[Path], place: str) -> Iterator[Erasure]:
    for folder in folders:
        yield from erasures.noted(folder / place)


def _places(folder: Path) -> Iterator[str]:
    for kind in KINDS:
        for path in sorted(folder.glob(f"{kind}/*/{erasures.NAME}")):
            yield f"{kind}/{path.parent.name}"
