from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.summaries.spread import MOST_CLASSES, Class, Spread, classes_of, spread_of
from tests.summaries.sample import LAW

WHOLE = st.lists(st.integers(-2000, 2000), min_size=1, max_size=40)
DECIMAL = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=40)


def counts(numbers: list[int] | list[float]) -> Counter[str]:
    return Counter(str(number) for number in numbers)


@LAW
@given(WHOLE)
def test_quartiles_are_those_of_the_standard_library(numbers: list[int]) -> None:
    spread = spread_of(counts(numbers))
    expected = quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else numbers * 3
    assert spread is not None
    assert [spread.lower, spread.median, spread.upper] == pytest.approx(expected)
    assert (spread.least, spread.most) == (min(numbers), max(numbers))


def test_no_answers_have_no_spread() -> None:
    assert spread_of({}) is None
    assert classes_of({}, whole=True) == ()


def test_an_even_number_of_answers_has_its_median_between_two() -> None:
    assert spread_of({"1": 1, "2": 1, "3": 1, "10": 1}) == Spread(1, 1.75, 2.5, 4.75, 10)


@LAW
@given(WHOLE)
def test_every_whole_number_is_in_one_class(numbers: list[int]) -> None:
    classes = classes_of(counts(numbers), whole=True)
    assert sum(one.count for one in classes) == len(numbers)
    assert len(classes) <= MOST_CLASSES
    for one in classes:
        assert one.count == sum(one.low <= number <= one.high for number in numbers)


@LAW
@given(DECIMAL)
def test_every_decimal_is_in_one_class(numbers: list[float]) -> None:
    classes = classes_of(counts(numbers), whole=False)
    assert sum(one.count for one in classes) == len(numbers)
    assert 1 <= len(classes) <= MOST_CLASSES
    assert all(one.high == pytest.approx(other.low) for one, other in pairwise(classes))


def test_few_whole_numbers_have_a_class_each() -> None:
    assert classes_of({"3": 2, "5": 1}, whole=True) == tuple(
        Class(number, number, times) for number, times in ((3, 2), (4, 0), (5, 1))
    )


def test_limits_are_round() -> None:
    ages = classes_of({"4": 1, "38": 2, "71": 1}, whole=True)
    assert [(one.low, one.high) for one in ages][:2] == [(0, 9), (10, 19)]
