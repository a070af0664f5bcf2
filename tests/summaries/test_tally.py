from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from app.summaries.filters import Filters, keeps
from app.summaries.plan import plan_of
from app.summaries.tally import Tally, tally, total
from tests.summaries.sample import DOCUMENTS, LAW, document, sample_form

PLAN = plan_of(sample_form())

Documents = list[dict[str, Any]]


@LAW
@given(DOCUMENTS, DOCUMENTS)
def test_tally_of_two_lots_is_the_sum_of_their_tallies(one: Documents, other: Documents) -> None:
    assert tally(PLAN, one + other) == tally(PLAN, one) + tally(PLAN, other)


@LAW
@given(DOCUMENTS)
def test_the_empty_tally_adds_nothing(documents: Documents) -> None:
    counted = tally(PLAN, documents)
    assert counted + Tally() == counted == Tally() + counted


@LAW
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(documents: Documents, random: Any) -> None:
    shuffled = random.sample(documents, len(documents))
    assert tally(PLAN, shuffled) == tally(PLAN, documents)


@LAW
@given(DOCUMENTS)
def test_a_tally_survives_json(documents: Documents) -> None:
    counted = tally(PLAN, documents)
    assert Tally(**orjson.loads(orjson.dumps(counted.data()))) == counted


@LAW
@given(DOCUMENTS)
def test_counts_are_what_a_plain_count_gives(documents: Documents) -> None:
    counted = tally(PLAN, documents)
    answers = [one["answers"] for one in documents]
    needs = Counter(code for one in answers for code in one.get("needs", ()))
    members = [row for one in answers for row in one.get("house", ())]
    assert counted.responses == counted.rows.get("", 0) == len(documents)
    assert counted.values.get("needs", {}) == needs
    assert counted.answered.get("needs", 0) == sum("needs" in one for one in answers)
    assert counted.rows.get("house", 0) == len(members)
    assert counted.values.get("house/member_age", {}) == Counter(
        str(row["member_age"]) for row in members if "member_age" in row
    )


@LAW
@given(DOCUMENTS)
def test_no_words_that_a_person_typed_are_kept(documents: Documents) -> None:
    counted = tally(PLAN, [*documents, document({"story": "Nama saya Siti", "phone": "0812"})])
    assert "story" not in counted.values
    assert counted.answered["story"] >= 1
    assert "phone" not in counted.answered
    assert b"Siti" not in orjson.dumps(counted.data())


def test_calculates_are_counted_only_when_named() -> None:
    counted = tally(PLAN, [document({"wg_status": "with", "secret": "abc"})])
    assert counted.values == {"wg_status": {"with": 1}}


def test_the_question_of_consent_is_not_counted() -> None:
    assert "agree" not in {column.key for column in PLAN.columns()}


def test_large_numbers_are_counted_to_four_digits() -> None:
    counted = tally(PLAN, [document({"about": {"age": age}}) for age in (9999, 123456, 123449)])
    assert counted.values["about/age"] == {"9999": 1, "123500": 1, "123400": 1}


def test_a_number_that_is_none_counts_as_answered_only() -> None:
    counted = tally(PLAN, [document({"about": {"age": "banyak"}})])
    assert counted.answered == {"about/age": 1}
    assert counted.values == {}


def test_answers_of_another_shape_are_passed_over() -> None:
    odd = {"about": "text", "house": {"member_age": 3}, "needs": "ramp"}
    counted = tally(PLAN, [document(odd)])
    assert counted.values == {"needs": {"ramp": 1}}


def test_a_day_is_a_local_day() -> None:
    late = document({}, submitted="2026-08-16T17:30:00+00:00")
    assert tally(PLAN, [late]).about["day"] == {"2026-08-17": 1}


@LAW
@given(DOCUMENTS, st.dates(date(2026, 8, 1), date(2028, 1, 1)))
def test_a_period_splits_the_responses(documents: Documents, day: date) -> None:
    until = keeps(Filters(until=day), PLAN)
    after = keeps(Filters(since=date.fromordinal(day.toordinal() + 1)), PLAN)
    parts = tally(PLAN, filter(until, documents)), tally(PLAN, filter(after, documents))
    assert total(parts) == tally(PLAN, documents)


def test_filters_are_all_met_at_once() -> None:
    documents = [
        document({"about": {"town": "k3512"}}, 1, language="en", activity="a1"),
        document({"about": {"town": "k3578"}}, 2, language="en", activity="a1"),
        document({}, 3, language="en", activity="a1"),
        document({"about": {"town": "k3512"}}, 4, channel="proxy", language="en", activity="a1"),
        document({"about": {"town": "k3512"}}, 5, activity="a1"),
        document({"about": {"town": "k3512"}}, 6, language="en"),
    ]
    filters = Filters(
        places=frozenset({"k3512"}),
        channels=frozenset({"web"}),
        languages=frozenset({"en"}),
        activities=frozenset({"a1"}),
    )
    assert list(filter(keeps(filters, PLAN), documents)) == documents[:1]
    assert filters
    assert not Filters()


def test_plans_that_count_differently_have_different_digests() -> None:
    digests = {
        plan_of(sample_form()).digest,
        plan_of(sample_form("2")).digest,
        plan_of(sample_form(), frozenset()).digest,
    }
    assert len(digests) == 3
    assert plan_of(sample_form()).digest == PLAN.digest
