"""Invented people are believable enough to try summaries on, and nobody real."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import SHIPPED
from app.demo import invent, words
from app.demo.interviewing import CannotAnswerError, answer_all
from app.demo.people import DOMAINS, Person, draw
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert

NOW = datetime(2026, 8, 20, 5, tzinfo=UTC)
SECRET = b"a key that only the tests know, 32+"


@lru_cache
def form(form_id: str) -> Form:
    converted = convert((SHIPPED / f"{form_id}.yaml").read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


@pytest.mark.parametrize("form_id", invent.SHARES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers())
def test_everybody_can_answer_every_form_to_its_end(form_id: str, seed: int) -> None:
    visit = next(v for v in invent.visits(40, seed, NOW) if v.form_id == form_id)
    document, contact = invent.answered(form(form_id), visit, Random(seed), SECRET)
    assert document["answers"]
    assert document["consent"]["text"].startswith("sha256:")
    assert document["started"] < document["submitted"] <= NOW.isoformat()
    assert contact["id"] == document["id"]
    # Numbers that begin with 0800 reach nobody's mobile phone.
    for number in re.findall(r"\d{8,}", json.dumps(contact["contact"])):
        assert number.startswith("0800")


def people(count: int = 1500) -> list[Person]:
    return [draw(Random(n)) for n in range(count)]


def share(found: list[Person]) -> float:
    return sum(any(person.much(domain) for domain in DOMAINS) for person in found) / len(found)


def test_older_people_have_more_difficulty() -> None:
    by_age = {age: [p for p in people() if p.age == age] for age in ("a18_30", "a60_up")}
    assert share(by_age["a60_up"]) > share(by_age["a18_30"]) + 0.1


def test_difficulty_goes_with_the_type_of_disability() -> None:
    blind = [person for person in people() if "netra" in person.types]
    others = [person for person in people() if not person.types]
    assert sum(person.much("see") for person in blind) / len(blind) > 0.7
    assert sum(person.much("see") for person in others) / len(others) < 0.1
    assert all("pwd" not in person.groups for person in others)


def test_deaf_people_ask_for_interpreters_and_children_for_school() -> None:
    def most(found: list[Person]) -> list[str]:
        counted = Counter(need for person in found for need in person.needs)
        return [need for need, _ in counted.most_common(3)]

    assert "interpreter" in most([person for person in people() if person.much("hear")])
    assert "school" in most([person for person in people() if person.child])


def test_small_children_do_not_answer_themselves() -> None:
    assert {person.mode for person in people() if person.age == "a00_04"} == {"proxy"}


def test_visits_are_in_order_in_the_past_and_by_day() -> None:
    visits = invent.visits(500, 3, NOW)
    moments = [visit.submitted for visit in visits]
    assert moments == sorted(moments)
    assert moments[-1] < NOW
    assert moments[0] > NOW - timedelta(days=invent.SPAN + 3)
    assert all(6 <= (moment + timedelta(hours=7)).hour <= 21 for moment in moments)
    assert {visit.form_id for visit in visits} == set(invent.SHARES)


def test_opinions_about_an_activity_come_after_it() -> None:
    for visit in invent.visits(300, 3, NOW):
        if visit.form_id == "activity-feedback":
            assert visit.activity is not None
            assert visit.submitted.date() >= visit.activity.date - timedelta(days=1)
        elif visit.form_id == "activity-registration":
            assert visit.activity is not None
            assert visit.submitted.date() < visit.activity.date


def test_organisations_call_themselves_examples() -> None:
    assert all("Contoh" in name for name in words.OFFERS)


def test_a_question_that_nobody_can_answer_is_named() -> None:
    source = b"""
settings:
  - form_title: Tutup
    form_id: closed
    version: 1
survey:
  - type: text
    name: riddle
    label: Apa?
    required: yes
"""
    converted = convert(source)
    closed = read_form(converted.xml, converted.extras, converted.files)
    here = Circumstances(NOW, "id", Random(1))
    with pytest.raises(CannotAnswerError, match="riddle"):
        answer_all(Interview.begin(closed, here), {}, draw(Random(1)), Random(1))


def test_offers_run_from_the_day_they_are_made_about() -> None:
    visit = next(v for v in invent.visits(100, 5, NOW) if v.form_id == "member-offer")
    document, _ = invent.answered(form("member-offer"), visit, Random(5), SECRET)
    offered = document["answers"]["time_page"]
    assert date.fromisoformat(offered["m_start"]) < date.fromisoformat(offered["m_end"])
