"""Who was asked what is told from stored answers as the interview itself tells it."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form, Kind
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from app.summaries import asking
from app.summaries.asking import Asking
from app.summaries.plan import plan_of
from app.summaries.tally import tally
from tests.questionnaire.tiny import tiny
from tests.summaries.sample import LAW, document

FORMS = Path(__file__).parents[2] / "forms"


@cache
def shipped(name: str) -> Form:
    converted = convert((FORMS / f"{name}.yaml").read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


def answered(form: Form, seed: int) -> Interview:
    """An interview in which most questions have some answer, relevant or not."""
    chance = random.Random(seed)
    tree: dict[str, Any] = {}
    for question in form.questions():
        if question.itemset and chance.random() < 0.8:
            codes = [choice.value for choice in form.lists[question.itemset.list_name]]
            one = chance.choice(codes)
            *groups, name = question.ref.split("/")[2:]
            inner = tree
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[name] = [one] if question.kind is Kind.SELECT_MULTIPLE else one
    for path in (("consent",), ("b_consent",)):
        _overwrite(tree, path[0], "yes")
    now = datetime(2026, 8, 17, tzinfo=UTC)
    return Interview.of_response(form, Circumstances(now, "id", random.Random(1)), tree)


def _overwrite(tree: dict[str, Any], name: str, value: str) -> None:
    for key, inner in tree.items():
        if isinstance(inner, dict):
            _overwrite(inner, name, value)
        elif key == name:
            tree[key] = value


@pytest.mark.parametrize("name", ["needs-assessment", "activity-feedback", "member-offer"])
@LAW
@given(seed=st.integers(0, 10**6))
def test_it_agrees_with_the_interview(name: str, seed: int) -> None:
    form = shipped(name)
    asker = Asking(form)
    interview = answered(form, seed)
    off = {one.question.ref for one in interview.review(everything=True) if one.page is None}
    on = {one.question.ref for one in interview.review()}
    found = asker.not_asked(interview.answers())
    assert found & (off | on) == off & asker.known
    assert on | off <= asker.known, "in the forms that ship it is known for every question"


def test_a_summary_counts_who_was_not_asked() -> None:
    form = shipped("needs-assessment")
    answers = [answered(form, seed).answers() for seed in range(60)]
    counted = tally(plan_of(form), [document(one, n) for n, one in enumerate(answers)])
    keys = {column.name: column.key for column in plan_of(form).columns()}
    ragam, groups = keys["ragam"], keys["groups"]
    with_disability = counted.values[groups].get("pwd", 0)
    assert counted.not_asked[ragam] == 60 - with_disability
    assert counted.answered.get(ragam, 0) <= with_disability


def test_what_hangs_on_chance_rows_or_the_clock_is_not_known() -> None:
    form = tiny("repeats")
    in_rows = {q.ref for q in form.questions()} - Asking(form).known
    assert in_rows, "questions inside of repeats are asked row by row"


def test_memory_of_results_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_REMEMBERED", 3)
    form = shipped("needs-assessment")
    asker = Asking(form)
    for seed in range(30):
        asker.not_asked(answered(form, seed).answers())
    assert all(len(gate._remembered) <= 3 for gate in asker._gates)
