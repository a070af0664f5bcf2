"""What a form says in our own columns and settings: kept beside its XForm, which cannot hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Words = Mapping[str, Mapping[str, str]]
"""Form of a text (``easy_read``, ``alt_text``, ``sign_video``) → language as in the column → text.

The language is empty for a column without one. Places for an answer are written ``${path}``.
"""

SURVEY_COLUMNS = ("class", "autocomplete")
TEXT_COLUMNS = ("easy_read", "alt_text", "sign_video")
SETTINGS = (
    "store_if",
    "channel",
    "place",
    "consent",
    "safety",
    "opens",
    "closes",
    "keep_days",
    "controller",
    "timezone",
)
EXPRESSION_SETTINGS = ("store_if", "channel")


@dataclass(frozen=True, slots=True)
class Extras:
    """Our own columns of one form, by the absolute path of the question they stand beside."""

    settings: Mapping[str, str] = field(default_factory=dict)
    """Our settings; in expressions ``${name}`` has become the question's path. Also
    ``default_language``, which an XForm without translations does not keep.
    """
    titles: Mapping[str, str] = field(default_factory=dict)
    """The form's title by language as in the column."""
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Path → ``class`` and ``autocomplete``."""
    texts: Mapping[str, Words] = field(default_factory=dict)
    """Path → further texts of the question."""
    choices: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    """List → choice → further texts of the choice."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Extras:
        """What ``as_data`` gave. Raises TypeError for unknown keys."""
        return cls(**data)
