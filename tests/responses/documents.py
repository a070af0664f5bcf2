"""Responses to try the stores with."""

from typing import Any
from uuid import UUID

from app.responses.collection import Document


def response(number: int = 1, **changes: Any) -> Document:
    """A whole document, the same each time for the same number; about 1 KB."""
    return {
        "id": str(UUID(int=number)),
        "form": "needs-assessment",
        "version": "2026-08-01",
        "language": "id",
        "channel": "web",
        "collector": None,
        "activity": None,
        "started": "2026-08-17T02:55:00+00:00",
        "submitted": "2026-08-17T03:04:05+00:00",
        "consent": {
            "text": "v1",
            "language": "id",
            "means": "self",
            "time": "2026-08-17T02:56:00Z",
        },
        "answers": {
            "age": 20 + number % 60,
            "needs": ["alat_bantu", "juru_bahasa_isyarat"],
            "household": [{"name": "a", "members": 3}, {"name": "b", "members": None}],
            "comment": "Jalan ke balai desa berlubang – kursi roda tidak bisa lewat. " * 8,
        },
        "receipt": f"{number:064x}",
        **changes,
    }


def answered(number: int, **answers: Any) -> Document:
    """The same response with other answers."""
    document = response(number)
    return {**document, "answers": {**document["answers"], **answers}}
