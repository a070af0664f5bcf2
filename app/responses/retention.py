"""Responses are kept as long as was promised when they were asked for, and no longer.

UU PDP (Law 27 of 2022) articles 43 and 44: erased or destroyed when the retention period ends.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.responses.collection import Collection, Document


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, for the record; nothing of what anybody said.

    `oldest` and `newest` are the `submitted` of the first and last erased (None when none was).
    `undated` are those that had to be left because when they were submitted cannot be told.
    """

    form: str
    count: int
    oldest: datetime | None
    newest: datetime | None
    undated: int
    when: datetime


def submitted(document: Document) -> datetime | None:
    """When a document was submitted; a time without a zone is UTC, as all that we store."""
    try:
        moment = datetime.fromisoformat(document["submitted"])
    except (KeyError, TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_due(moment: datetime, keep_days: int, now: datetime) -> bool:
    """Whether something submitted then has been kept for more than `keep_days` times 24 hours."""
    return now - moment > timedelta(days=keep_days)


def erase_due(collection: Collection, form: str, keep_days: int, now: datetime) -> Certificate:
    """Erase what is due. Holds only keys and times in memory, never the documents."""
    due: dict[str, datetime] = {}
    undated = 0
    for key, document in collection.each():
        moment = submitted(document)
        if moment is None:
            undated += 1
        elif is_due(moment, keep_days, now):
            due[key] = moment
    count = collection.remove_all(due)
    oldest, newest = min(due.values(), default=None), max(due.values(), default=None)
    return Certificate(form, count, oldest, newest, undated, now)
