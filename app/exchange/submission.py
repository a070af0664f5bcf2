"""An interview that a phone sent → ``Interview`` → response document.

The phone has an engine of its own (JavaRosa's, Enketo's), and our pages ask for what it does not.
What was answered is kept; where it does not agree with our rules, a flag says so.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from app.exchange.openrosa import Submission
from app.exchange.submission_files import Named, belonging, takes, uploads
from app.exchange.submission_values import (
    Values,
    answer,
    fill_in,
    left_out,
    moments,
    read_values,
)
from app.questionnaire.answers import lexical_value
from app.questionnaire.interview import Circumstances, Interview, Page
from app.questionnaire.model import Form

FACILITATOR = "facilitator"

Flag = dict[str, str]


@dataclass(frozen=True, slots=True)
class Collected:
    """One interview from a phone.

    ``started`` and ``when`` are its beginning and end by the phone's clock, None when the form does
    not ask. ``flags`` are ``{"code", "field"}``: the code of a problem, ``not_relevant`` for an
    answer left out because it should not have been asked, ``file_type`` for a file that is not
    taken. ``files`` are the names of those that belong to it.
    """

    interview: Interview
    started: datetime | None
    when: datetime | None
    flags: tuple[Flag, ...]
    files: frozenset[str]


def collect(form: Form, submission: Submission, now: datetime, code: str) -> Collected:
    """Read a submission by the version of the form that it was collected with.

    ``code`` is the facilitator's; it answers the form's question for it where the phone left that
    empty. Rules are applied as of the interview, which may have been days ago.
    """
    values = read_values(form.root, submission.root)
    started, when = moments(form, values)
    fill_in(form, values, {"interview_mode": FACILITATOR, "f_code": code})
    circumstances = Circumstances(min(when or now, now), form.languages[0], random.Random(0))
    interview = Interview.of_response(form, circumstances, values)
    named = list(uploads(form.root, values))
    return Collected(
        interview=interview,
        started=started,
        when=when,
        flags=tuple(_once(_flags(interview, values, named))),
        files=belonging(submission, named),
    )


def consent_page(interview: Interview) -> Page | None:
    """The page on which consent was asked for, if it was."""
    asking = interview.form.settings.consent
    for page in interview.pages():
        if asking and any(asked.question.name == asking for asked in page.asked):
            return page
    return None


def response(collected: Collected, identity: str, now: datetime, consent_text: str) -> Values:
    """The response document, without what the receiving server adds (collector, receipt).

    ``consent_text`` is the version of the words that were agreed to, "" for a form without consent.
    """
    interview = collected.interview
    answers = interview.answers()
    return {
        "id": identity,
        "form": interview.form.id,
        "version": interview.form.version,
        "submitted": utc(now),
        "language": interview.circumstances.language,
        "channel": "odk",
        "activity": answer(interview.form, answers, "activity_id") or "",
        "started": utc(collected.started or now),
        "consent": _consent(collected, answers, now, consent_text),
        "answers": answers,
        "flags": list(collected.flags),
    }


def _consent(collected: Collected, answers: Values, now: datetime, text: str) -> Values:
    """The proof of consent (UU PDP, article 24): how, and in which language, it was explained."""
    form = collected.interview.form
    if not text:
        return {}
    means, spoken = (lexical_value(answer(form, answers, name)) for name in ("f_means", "f_lang"))
    return {
        "text": text,
        "language": spoken or collected.interview.circumstances.language,
        "means": means or FACILITATOR,
        "time": utc(min(collected.when or now, now)),
    }


def utc(moment: datetime) -> str:
    """A moment as documents have it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _flags(interview: Interview, values: Values, named: Iterable[Named]) -> Iterator[Flag]:
    for problem in interview.problems():
        yield {"code": problem.code, "field": problem.field}
    kept = (interview.answers(), interview.contacts())
    for question in left_out(interview.form.root, values, kept):
        yield {"code": "not_relevant", "field": question.name}
    for question, name in named:
        if not takes(question, name):
            yield {"code": "file_type", "field": question.name}


def _once(flags: Iterable[Flag]) -> list[Flag]:
    """Several rows of a repeat may have the same trouble."""
    return [dict(pairs) for pairs in dict.fromkeys(tuple(flag.items()) for flag in flags)]
