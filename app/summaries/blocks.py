"""One question of a summary: its table, and one sentence that says what the table says.

The counts of a question become a ``Table``, and that is *shown*: the internal edition shows it as
it is, another edition passes it through disclosure control first. Everything printed, sentences
too, is made from the cells that come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from app import languages, markup
from app.questionnaire.texts import Rendered
from app.summaries import sentences, words
from app.summaries.kinds import answers_of
from app.summaries.subjects import Answers, Subject
from app.summaries.tables import Dimension, ProtectedCell, Shown, Table, one_way


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. ``share`` is of the block's base, from 0 to 1; None where hidden."""

    label: Rendered
    count: str
    percent: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Block:
    """What is said about one question, in the words of the report's language."""

    id: str
    title: Rendered
    finding: str
    lines: tuple[Line, ...] = ()
    entries: bool = False
    """Whether rows of a repeat are counted, not people."""
    notes: tuple[str, ...] = ()
    """Sentences about the base: how many answered, who did not and why, how to read the table."""


def as_counted(table: Table) -> tuple[Shown, ...]:
    """Nothing hidden and nothing rounded: for the internal edition only."""
    base = table.total
    return tuple(
        Shown(count, base, 100 * count / base if base else None) for (count,) in table.counts
    )


def block_of(subject: Subject) -> Block:
    """The block of any column; a kind that is only counted as answered has no table."""
    question, answers = subject.column.question, answers_of(subject)
    bases = _bases(subject) if answers.bases is None else answers.bases
    block = Block(
        id=subject.id,
        title=words.form_text(question.label, subject.language, answers.title or question.name),
        finding=sentences.nobody(),
        entries=subject.entries,
        notes=bases,
    )
    if not subject.answered:
        return block
    cells = _shown(subject, answers)
    labelled = list(zip(answers.labels.values(), cells, strict=True))
    say = answers.finding
    return replace(
        block,
        finding=say(cells) if say else most_frequent(labelled, subject.entries),
        lines=tuple(line(label, cell) for label, cell in labelled),
        notes=(*bases, *answers.remarks),
    )


def _shown(subject: Subject, answers: Answers) -> Sequence[ProtectedCell]:
    counts = [answers.counts.get(category, 0) for category in answers.labels]
    if not any(counts):
        return [Shown(0) for _ in counts]
    rows = Dimension(subject.column.key, tuple(answers.labels), overlapping=answers.overlapping)
    # Where rows do not overlap the base is their sum: a status may not be told for everybody.
    base = subject.answered if answers.overlapping else None
    return subject.show(one_way(subject.id, subject.population, rows, counts, base))


def line(label: Rendered, cell: ProtectedCell) -> Line:
    """One row of a table."""
    if not isinstance(cell, Shown):
        return Line(label, sentences.hidden(), "", None)
    share = None if cell.percentage is None else cell.percentage / 100
    percent = "" if share is None else words.percent(share)
    return Line(label, words.number(cell.count), percent, share)


def most_frequent(labelled: Sequence[tuple[Rendered, ProtectedCell]], entries: bool = False) -> str:
    """The sentence about what was answered most often, as far as it may be told."""
    shown = [(_quoted(label), cell) for label, cell in labelled if isinstance(cell, Shown)]
    return sentences.most_frequent(shown, entries)


def _quoted(label: Rendered) -> Markup:
    """The words of a label inside a sentence, which may be in another language (WCAG 3.1.2)."""
    attributes = languages.lang(label.language)
    plain = escape(markup.plain(label.markup))
    return Markup(f"<span{attributes}>{plain}</span>") if attributes else plain


def _bases(subject: Subject) -> tuple[str, ...]:
    """How many answered, and apart from them who was not asked and who left it blank."""
    key = subject.column.key
    not_asked = subject.tally.not_asked.get(key, 0)
    rest = subject.rows - subject.answered - not_asked
    blank = sentences.left_blank if subject.known else sentences.without_answer
    said = (
        sentences.answered(subject.answered, subject.entries) if subject.answered else "",
        sentences.not_asked(not_asked) if not_asked else "",
        blank(rest) if rest else "",
    )
    return tuple(filter(None, said))
