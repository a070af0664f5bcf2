"""An invented person goes through a form, page by page, as a real one does."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from app.demo.needs import Answer
from app.demo.people import Person
from app.questionnaire.interview import Asked, Interview, Page

TRIES = 20
"""How often a person thinks again when the form does not accept an answer."""
MOST_PAGES = 500


class CannotAnswerError(Exception):
    """The form asks something that invented people cannot answer."""


def answer_all(
    interview: Interview, answers: Mapping[str, Answer], person: Person, random: Random
) -> None:
    """Answer every page until nothing is left. Raises CannotAnswerError."""
    for _ in range(MOST_PAGES):
        page = interview.frontier()
        if page is None:
            return
        _answer_page(interview, page, answers, person, random)
        interview.complete(page.id)
    raise CannotAnswerError(f"{interview.form.id} has no end.")


def _answer_page(
    interview: Interview,
    page: Page,
    answers: Mapping[str, Answer],
    person: Person,
    random: Random,
) -> None:
    """Answer what the page asks, and what it asks because of that."""
    done: set[str] = set()
    while left := [each for each in _asked(interview, page) if each.field not in done]:
        asked = left[0]
        done.add(asked.field)
        _settle(interview, page, asked, answers.get(asked.question.name), person, random)


def _asked(interview: Interview, page: Page) -> list[Asked]:
    now = next((each for each in interview.pages() if each.id == page.id), None)
    return [each for each in now.asked if each.question.kind.takes_answer] if now else []


def _settle(
    interview: Interview,
    page: Page,
    asked: Asked,
    answer: Answer | None,
    person: Person,
    random: Random,
) -> None:
    for _ in range(TRIES):
        given = answer(person, random) if answer else _anything(interview, asked, random)
        interview.answer(asked, given)
        if not _wrong(interview, page, asked):
            return
    interview.answer(asked, "")
    if _wrong(interview, page, asked):
        raise CannotAnswerError(f"Nobody could answer {asked.question.name} of {page.id}.")


def _wrong(interview: Interview, page: Page, asked: Asked) -> bool:
    now = next(each for each in interview.pages() if each.id == page.id)
    return any(problem.field == asked.field for problem in interview.problems(now))


def _anything(interview: Interview, asked: Asked, random: Random) -> str:
    """A question that nobody thought of: skipped when that is allowed, else any choice."""
    choices = interview.choices(asked)
    return random.choice(choices).value if asked.required and choices else ""
