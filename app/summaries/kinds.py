"""How the answers of each kind of question are counted and named: one builder a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask_babel import gettext as _

from app.questionnaire.model import Kind
from app.questionnaire.texts import Rendered
from app.summaries import sentences, words
from app.summaries.functioning import functioning
from app.summaries.spread import Class, classes_of, spread_of
from app.summaries.subjects import Answers, Subject
from app.summaries.tally import Counts

LONG_LIST = 12
"""Choices; a longer list is shown by frequency, and what nobody chose is only counted."""


def answers_of(subject: Subject) -> Answers:
    """Labels and counts of any column; a kind that is only counted as answered has none."""
    return _BUILDERS.get(subject.column.question.kind, _written)(subject)


def _chosen(subject: Subject) -> Answers:
    return _choices(subject, subject.counts)


def _several(subject: Subject) -> Answers:
    answers = _by_frequency(_choices(subject, subject.counts))
    remark = _(
        "More than one answer was possible, so the percentages do not add up to one hundred."
    )
    return replace(answers, overlapping=True, remarks=(remark, *answers.remarks))


def _ranked(subject: Subject) -> Answers:
    first = {
        code: count
        for value, count in subject.counts.items()
        for code, _space, place in [value.rpartition(" ")]
        if place == "1"
    }
    answers = _by_frequency(_choices(subject, first))
    remark = _("The table counts how often each answer was put first.")
    return replace(answers, remarks=(remark, *answers.remarks))


def _choices(subject: Subject, counts: Counts) -> Answers:
    """Every choice in the form's order, then codes that this version of the form has not."""
    itemset = subject.column.question.itemset
    listed = subject.form.lists.get(itemset.list_name, ()) if itemset else ()
    labels = {
        choice.value: words.form_text(choice.label, subject.language, choice.value)
        for choice in listed
    }
    labels.update({code: Rendered(None, code) for code in sorted(counts.keys() - labels.keys())})
    if len(labels) <= LONG_LIST:
        return Answers(labels, counts)
    chosen = {code: label for code, label in labels.items() if counts.get(code)}
    never = len(labels) - len(chosen)
    remarks = (sentences.never_chosen(never),) if never else ()
    return _by_frequency(Answers(chosen, counts, remarks=remarks))


def _by_frequency(answers: Answers) -> Answers:
    order = sorted(answers.labels, key=lambda code: -answers.counts.get(code, 0))
    return replace(answers, labels={code: answers.labels[code] for code in order})


def _measured(subject: Subject) -> Answers:
    spread = spread_of(subject.counts)
    if spread is None:
        return _written(subject)
    whole = subject.column.question.kind is Kind.INTEGER
    classes = {_class_name(one, whole): one.count for one in classes_of(subject.counts, whole)}
    return Answers(_own_labels(classes), classes, finding=lambda _cells: sentences.halves(spread))


def _class_name(one: Class, whole: bool) -> str:
    low, high = words.number(one.low), words.number(one.high)
    if one.low == one.high:
        return low
    if whole:
        return _("%(low)s to %(high)s", low=low, high=high)
    return _("%(low)s to below %(high)s", low=low, high=high)


def _dated(subject: Subject) -> Answers:
    months = {words.month(key): subject.counts[key] for key in sorted(subject.counts)}
    return Answers(_own_labels(months), months)


def _timed(subject: Subject) -> Answers:
    hours = {
        _("%(hour)s.00 to %(hour)s.59", hour=key): subject.counts[key]
        for key in sorted(subject.counts)
    }
    return Answers(_own_labels(hours), hours)


def _own_labels(counts: Counts) -> dict[str, Rendered]:
    """Categories that are called by their own names, in the report's language."""
    return {name: Rendered(None, name) for name in counts}


def _confirmed(subject: Subject) -> Answers:
    said = {_("Confirmed"): subject.answered}
    return Answers(_own_labels(said), said)


def _written(subject: Subject) -> Answers:
    words_of_people = subject.column.question.kind is Kind.TEXT
    said = sentences.in_own_words if words_of_people else sentences.answers
    return Answers({}, {}, finding=lambda _cells: said(subject.answered))


_BUILDERS: Mapping[Kind, Callable[[Subject], Answers]] = {
    Kind.SELECT_ONE: _chosen,
    Kind.SELECT_MULTIPLE: _several,
    Kind.RANK: _ranked,
    Kind.INTEGER: _measured,
    Kind.DECIMAL: _measured,
    Kind.RANGE: _measured,
    Kind.DATE: _dated,
    Kind.DATETIME: _dated,
    Kind.TIME: _timed,
    Kind.ACKNOWLEDGE: _confirmed,
    Kind.CALCULATE: functioning,
}
