"""Conversions, comparisons and operators."""

from __future__ import annotations

import math
from zoneinfo import ZoneInfo

import pytest

from app.questionnaire.expressions import (
    Value,
    display,
    to_boolean,
    to_number,
    to_string,
)
from app.questionnaire.instance import Node
from tests.expressions.conftest import Run


@pytest.mark.parametrize(
    ("value", "text", "truth"),
    [
        ("", "", False),
        ("false", "false", True),
        (True, "true", True),
        (False, "false", False),
        (0.0, "0", False),
        (-0.0, "0", False),
        (1e-13, "0", False),
        (3.0, "3", True),
        (1e21, "1000000000000000000000", True),
        (math.inf, "Infinity", True),
        (math.nan, "NaN", False),
        ([], "", False),
        ([Node("a", "")], "", False),
        ([Node("a", "0"), Node("a", "1")], "0", True),
    ],
)
def test_texts_and_truths(value: Value, text: str, truth: bool) -> None:
    assert to_string(value) == text
    assert to_boolean(value) is truth


def test_what_is_shown_is_never_nan() -> None:
    assert display(math.nan) == ""
    assert display(1.0) == "1"
    assert display("NaN") == "NaN"
    assert display([]) == ""


def test_a_date_time_is_the_day_that_it_is_there() -> None:
    late = "2020-01-01T20:00:00.000Z"
    assert to_number(late) == 18262.0
    assert to_number(late, ZoneInfo("Asia/Jakarta")) == 18263.0
    assert to_number(late, ZoneInfo("America/New_York")) == 18262.0
    assert to_number("2020-01-01T20:00", ZoneInfo("Asia/Jakarta")) == 18262.0


@pytest.mark.parametrize("text", ["0000-01-01", "9999-12-31T23:00-12:00", "2020-01-01T24:00"])
def test_moments_beyond_the_calendar_are_no_numbers(text: str) -> None:
    assert math.isnan(to_number(text, ZoneInfo("Asia/Jakarta")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6.1 - 7.8 = -1.7", True),
        ("1 div 0 = 1 div 0", True),
        ("17 = '17.0000000'", True),
        ("'0017.' = 17", True),
        ("'017.' = '17.000'", False),
        ("true() = 'true'", True),
        ("true() = 17", True),
        ("0 = false()", True),
        ("'' = 0", False),
        ("'' != 0", True),
        ("number('') = number('')", False),
        ("'abc' < 'abcd'", False),
        ("'-17' > '-172'", True),
        ("3 < 4 < 5", True),
        ("3 < (4 < 5)", False),
        ("-3 < 3 = 6 >= 6", True),
        ("'2001-12-26' > '2001-12-25'", True),
        ("/data/born < today()", True),
        ("/data/nothing = ''", True),
        ("/data/nothing != 'a'", True),
        ("/data/nothing < 1", False),
        ("/data/empty = ''", True),
        ("/data/empty >= 0", False),
        ("/data/kid/age = 11", True),
        ("/data/kid/age != 11", True),
        ("/data/kid/name = 'Budi'", True),
        ("/data/kid/name = /data/name", False),
        ("/data/kid/name != /data/kid/name", True),
        ("/data/name != /data/name", False),
        ("/data/kid/age > 10", True),
        ("/data/kid/age < 4", False),
        ("/data/kid/age <= 4", True),
        ("10 >= /data/kid/age", True),
        ("11 < /data/kid/age", False),
        ("/data/kid/name = true()", True),
        ("/data/kid/kind != true()", False),
        ("'' or 17", True),
        ("false() and instance('gone')", False),
        ("true() or instance('gone')", True),
        ("'' or 0 or false()", False),
        ("1 and 'a' and 0", False),
        ("1 and 'a'", True),
    ],
)
def test_comparisons(run: Run, text: str, expected: bool) -> None:
    assert run(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 * 3 div 8 * 2", 1.5),
        ("5 mod 3.1", 1.9),
        ("5 mod -3", 2.0),
        ("-5 mod 3", -2.0),
        ("5 mod 0", math.nan),
        ("1 div 0 mod 2", math.nan),
        ("2 mod (1 div 0)", 2.0),
        ("0 div 0", math.nan),
        ("'x' div 0", math.nan),
        ("1 div -0", -math.inf),
        ("-'19'", -19.0),
        ("true() + 8", 9.0),
        ("'123' * '456'", 56088.0),
        ("/data/empty + 1", math.nan),
        ("/data/kid/age + 1", 5.0),
        ("'2008-09-08' - 1", 14129.0),
    ],
)
def test_arithmetic(run: Run, text: str, expected: float) -> None:
    assert run(text) == pytest.approx(expected, nan_ok=True)
