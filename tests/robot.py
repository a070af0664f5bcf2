"""A person who answers whatever a form asks: picks what is offered, types what fits, tries again.

It knows nothing of any form: it only reads what an ``Interview`` asks and what it says is wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from app.questionnaire.expressions import references
from app.questionnaire.interview import Asked, Interview, Page, Problem
from app.questionnaire.model import Kind

TRIES = 60
MOST_PAGES = 2000


class Stuck(AssertionError):
    """The robot found no answer that the form accepts."""


def answer_all(interview: Interview, rng: random.Random, rows: int = 2) -> list[str]:
    """Answer to the end; returns the ids of the pages in the order they were met."""
    met: list[str] = []
    while (page := interview.frontier()) is not None:
        if len(met) > MOST_PAGES:
            raise Stuck(f"no end after {met[-5:]}")
        met.append(page.id)
        if page.repeat is not None and len(page.rows) < rows and rng.random() < 0.7:
            interview.add_row(page.id)
            continue
        answer_page(interview, page, rng)
        interview.complete(page.id)
    return met


def answer_page(interview: Interview, page: Page, rng: random.Random) -> None:
    """Answer one page until the form finds nothing wrong with it."""
    for _ in range(TRIES):
        for asked in page.asked:
            if asked.question.kind.takes_answer:
                interview.answer(asked, _one(interview, asked, rng))
        page = next(p for p in interview.pages() if p.id == page.id)
        wrong = interview.problems(page)
        if not wrong:
            return
    _mend(interview, page, rng)


def _mend(interview: Interview, page: Page, rng: random.Random) -> None:
    for asked in page.asked:
        for value in candidates(interview, asked, rng):
            page = next(p for p in interview.pages() if p.id == page.id)
            if not any(problem.field == asked.field for problem in interview.problems(page)):
                break
            interview.answer(asked, value)
    page = next(p for p in interview.pages() if p.id == page.id)
    for problem in interview.problems(page):
        _go_back(interview, problem)
    if wrong := interview.problems(next(p for p in interview.pages() if p.id == page.id)):
        raise Stuck(f"{page.id}: {[(p.field, p.code) for p in wrong]}")


def _go_back(interview: Interview, problem: Problem) -> None:
    """Change earlier numbers on which a constraint rests: shares that must make up 100."""
    constraint = problem.question.constraint
    earlier = references(constraint.tree, problem.question.ref) if constraint else frozenset()
    shares = [a for p in interview.pages() for a in p.asked if a.question.ref in earlier]
    for number, asked in enumerate(shares):
        interview.answer(asked, "0" if number else "100")


def _one(interview: Interview, asked: Asked, rng: random.Random) -> str:
    if not asked.required and rng.random() < 0.2:
        return ""
    return rng.choice(list(candidates(interview, asked, rng))[:6] or [""])


def candidates(interview: Interview, asked: Asked, rng: random.Random) -> Iterator[str]:
    """Values worth trying for one question, the likely ones first."""
    question = asked.question
    offered = [choice.value for choice in interview.choices(asked)]
    if question.kind is Kind.SELECT_ONE:
        rng.shuffle(offered)
        yield from offered
    elif question.kind is Kind.SELECT_MULTIPLE:
        rng.shuffle(offered)
        yield from offered
        yield from (" ".join(offered[:n]) for n in range(2, 5))
    elif question.kind is Kind.RANK:
        rng.shuffle(offered)
        yield " ".join(offered)
    else:
        yield from _typed(question.kind, rng)


def _typed(kind: Kind, rng: random.Random) -> Iterator[str]:
    dates = [
        f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" for year in (2026, 1990, 2025)
    ]
    values = {
        Kind.INTEGER: [str(n) for n in (rng.randint(1, 9), 2, 30, 1, 0, 100, 2010, 150, 1000)],
        Kind.DECIMAL: ["1.5", "2", "0", "36.6", "100", "0.5", "10"],
        Kind.RANGE: ["1", "2", "0", "5", "10", "3"],
        Kind.DATE: [*dates, "2026-11-24", "2026-11-25", "2000-01-01"],
        Kind.TIME: ["08:30", "23:59", "12:00"],
        Kind.DATETIME: [f"{day}T08:30:00+07:00" for day in dates],
        Kind.ACKNOWLEDGE: ["OK"],
        Kind.GEOPOINT: ["-7.7 114.0 0 0"],
    }
    yield from values.get(
        kind, ["Sri", "0812 3456 7890", "+6281234567890", "08123456789", "x@y.id", "12", "a b c"]
    )
