"""What is to be done about the findings: a table that the coordinator writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.responses.files import locked, make_folder, put

LONGEST = 400
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Action:
    """One recommended action; every text as the coordinator typed it."""

    finding: str
    action: str
    who: str
    when: str
    agenda: str

    def __bool__(self) -> bool:
        return any(asdict(self).values())


class Actions:
    """The actions of one form, in one JSON file of the data folder, a list a language."""

    def __init__(self, folder: Path, form_id: str) -> None:
        self._path = folder / f"{form_id}.json"

    def each(self, language: str) -> tuple[Action, ...]:
        """Those written in a language, in their order."""
        return tuple(Action(**row) for row in self._all().get(language, ()))

    def keep(self, language: str, actions: Sequence[Action]) -> None:
        """Keep these instead of those before. Raises StorageError."""
        make_folder(self._path.parent)
        with locked(self._path.parent):
            found = self._all()
            found[language] = [asdict(action) for action in actions if action]
            put(self._path, json.dumps(found, ensure_ascii=False, indent=1).encode())

    def _all(self) -> dict[str, list[dict[str, str]]]:
        try:
            found: dict[str, list[dict[str, str]]] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        return found
