"""The Washington Group status, as a form's own ``wg_status`` calculate gives it.

Indicator A05 of the data dictionary: *with* is any of the six answers "a lot of difficulty" or
"cannot do at all", the cut-off that the Washington Group recommends; *without* is all six below
that; the others are undetermined and in no percentage. Nobody is called a person without
disability by it: the six questions miss many psychosocial disabilities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.questionnaire.texts import Rendered
from app.summaries import sentences, words
from app.summaries.plan import WG_STATUS, Plan
from app.summaries.subjects import Answers, Subject
from app.summaries.tables import ProtectedCell, Shown
from app.summaries.tally import Tally


def functioning(subject: Subject) -> Answers:
    """Percentages are of those for whom the status could be told."""
    labels = {
        "with": Rendered(None, _("With a lot of difficulty in at least one activity")),
        "without": Rendered(None, _("Without a lot of difficulty in any activity")),
    }
    told = sum(subject.counts.get(code, 0) for code in labels)
    return Answers(
        labels,
        subject.counts,
        finding=_finding,
        title=_("Functioning status (Washington Group questions)"),
        bases=tuple(_bases(subject, told)),
    )


def _finding(cells: Sequence[ProtectedCell]) -> str:
    many = cells[0]
    if not isinstance(many, Shown) or not many.base:
        return _("The status cannot be told.")
    return _(
        "A lot of difficulty in at least one activity, or unable to do it at all: %(part)s.",
        part=sentences.share_of(many),
    )


def _bases(subject: Subject, told: int) -> Iterator[str]:
    if told:
        yield sentences.answered(told, subject.entries)
    if undetermined := subject.answered - told:
        yield _(
            "Undetermined, because an answer is missing: %(count)s. They are in no percentage.",
            count=words.number(undetermined),
        )
    if rest := subject.rows - subject.answered:
        yield _(
            "Not applicable, for example below five years: %(count)s.", count=words.number(rest)
        )


def share_with(plan: Plan, tally: Tally) -> float | None:
    """Of those for whom the status could be told, how many are *with*; None when it was not."""
    for column in plan.columns():
        if column.name == WG_STATUS:
            counts = tally.values.get(column.key, {})
            told = counts.get("with", 0) + counts.get("without", 0)
            return counts.get("with", 0) / told if told else None
    return None


def how_to_read() -> Iterator[str]:
    """For the notes of a report that has this block."""
    yield _(
        "Functioning status: “with” means that at least one of the six Washington Group answers is"
        " “a lot of difficulty” or “cannot do at all”. This is the recommended cut-off. “Without”"
        " does not mean without disability: the questions miss many psychosocial disabilities."
    )
    yield _(
        "A person with a missing answer, and no lot of difficulty in the others, is undetermined."
        " The Washington Group itself leaves out fewer people, so its percentages can differ."
    )
