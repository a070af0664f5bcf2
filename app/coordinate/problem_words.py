"""What is wrong with a form, in the coordinator's language: one full sentence for each problem.

The sentences stand in ``questionnaire/problems.py``. What they quote comes from somebody's file: it
is escaped, kept from turning the direction of the line, and marked as being in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.coordinate import blueprint
from app.questionnaire.problems import SENTENCES, Problem, Severity

MOST_SENTENCES, MOST_PLACES = 200, 60
"""What is listed at once, and for one sentence; whoever mends these finds the others next time."""

_ENGLISH = ("reason",)
"""What comes from libraries, which know one language."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and every place it holds for; ``left`` is how many more places there are."""

    sentence: Markup
    places: tuple[Markup, ...]
    left: int

    @property
    def count(self) -> int:
        """How many things there are to change."""
        return max(len(self.places) + self.left, 1)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told at once; ``left`` is how many more sentences there are."""

    told: tuple[Told, ...]
    left: int

    @property
    def count(self) -> int:
        """How many things there are to change."""
        return sum(one.count for one in self.told) + self.left


def tell(problems: Iterable[Problem], severity: Severity) -> Telling:
    """The problems of one weight; those that say the same are one, in the order of their rows."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Problem]] = {}
    for found in problems:
        if found.severity is severity:
            groups.setdefault((found.code, tuple(sorted(found.params.items()))), []).append(found)
    shown = list(groups.values())[:MOST_SENTENCES]
    return Telling(tuple(map(_told, shown)), len(groups) - len(shown))


def sentence(found: Problem) -> Markup:
    """What is wrong and what to do, as HTML."""
    _severity, english = SENTENCES[found.code]
    values = {name: _quoted(name, value) for name, value in found.params.items()}
    return escape(_(english)) % values


def place(found: Problem) -> Markup:
    """Where it is, as HTML; empty for what concerns the whole form."""
    return Markup(", ").join(_parts(found))


def _told(group: list[Problem]) -> Told:
    places = [where for where in map(place, group) if where]
    return Told(sentence(group[0]), tuple(places[:MOST_PLACES]), len(places[MOST_PLACES:]))


def _parts(found: Problem) -> Iterator[Markup]:
    if found.sheet:
        yield escape(_("sheet %(name)s")) % {"name": foreign(found.sheet)}
    if found.row:
        yield escape(_("row %(number)s", number=found.row))
    if found.column:
        yield escape(_("column %(name)s")) % {"name": foreign(found.column)}
    if found.question:
        words = _("choice %(name)s") if found.sheet == "choices" else _("question %(name)s")
        yield escape(words) % {"name": foreign(found.question)}


def _quoted(name: str, value: str) -> Markup:
    return foreign(value, "en") if name in _ENGLISH else foreign(value)


def foreign(text: str, language: str = "") -> Markup:
    """Words that are not ours, such as a cell or a file name, whose language nobody told."""
    return Markup('<bdi lang="{}">{}</bdi>').format(language, text)


blueprint.add_app_template_global(foreign)
