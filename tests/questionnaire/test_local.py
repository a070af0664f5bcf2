"""What people type, in every spelling that is usual here."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire import local
from app.questionnaire.local import Unclear

LANGUAGES = ("id", "en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", "12"),
        (" 1.250 ", "1250"),
        ("1,250", "1250"),
        ("1 250", "1250"),
        ("1.250.000", "1250000"),
        ("12,0", "12"),
        ("007", "7"),
        ("+5", "5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("-0", "0"),
        ("١٢", "12"),
        ("１２", "12"),
    ],
)
def test_whole_numbers(typed: str, meant: str) -> None:
    assert local.whole_number(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "a", "1,5", "1.5", "1.25", "1e5", "--1", "1.250,5", "9" * 19, ".", "1 orang"]
)
def test_what_is_no_whole_number(typed: str) -> None:
    with pytest.raises(Unclear):
        local.whole_number(typed)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1,5", "id", "1.5"),
        ("1.5", "id", "1.5"),
        ("1,5", "en", "1.5"),
        ("1.250", "id", "1250"),
        ("1.250", "en", "1.25"),
        ("1,250", "en", "1250"),
        ("1,250", "id", "1.25"),
        ("1.250,5", "id", "1250.5"),
        ("1.250,5", "en", "1250.5"),
        ("1,250.5", "id", "1250.5"),
        ("1.250.000", "id", "1250000"),
        (",5", "id", "0.5"),
        ("0,50", "id", "0.5"),
        ("-1,5", "id", "-1.5"),
    ],
)
def test_numbers(typed: str, language: str, meant: str) -> None:
    assert local.number(typed, language) == meant


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False), st.sampled_from(LANGUAGES))
def test_a_number_that_is_shown_is_read_as_the_same(number: object, language: str) -> None:
    lexical = local.number(str(number), "en")
    assert local.number(local.number_shown(lexical, language), language) == lexical


@pytest.mark.parametrize(
    ("boxes", "meant"),
    [
        (("17", "8", "2026"), "2026-08-17"),
        (("17", "Agustus", "2026"), "2026-08-17"),
        (("17", "agt", "2026"), "2026-08-17"),
        (("17", "August", "2026"), "2026-08-17"),
        (("1", "Nopember", "2026"), "2026-11-01"),
        (("1", "mei", "2026"), "2026-05-01"),
        (("1/5/2026", "", ""), "2026-05-01"),
        (("1-5-2026", "", ""), "2026-05-01"),
        (("1 Mei 2026", "", ""), "2026-05-01"),
        (("2026-05-01", "", ""), "2026-05-01"),
        ((" 01 ", "05", "2026 "), "2026-05-01"),
    ],
)
def test_dates(boxes: tuple[str, str, str], meant: str) -> None:
    assert local.calendar_date(*boxes, LANGUAGES) == meant


@pytest.mark.parametrize(
    ("boxes", "part"),
    [
        (("", "8", "2026"), "day"),
        (("32", "8", "2026"), "day"),
        (("31", "6", "2026"), "day"),
        (("17", "", "2026"), "month"),
        (("17", "13", "2026"), "month"),
        (("17", "ju", "2026"), "month"),
        (("17", "8", ""), "year"),
        (("17", "8", "26"), "year"),
        (("17", "8", "0000"), "year"),
        (("17/8", "", ""), "year"),
        (("17", "", ""), "month"),
        (("1 2 3 4", "", ""), "day"),
    ],
)
def test_the_part_of_a_date_that_is_wrong(boxes: tuple[str, str, str], part: str) -> None:
    with pytest.raises(Unclear) as raised:
        local.calendar_date(*boxes, LANGUAGES)
    assert raised.value.part == part


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_can_be_typed(day: date) -> None:
    typed = local.calendar_date(str(day.day), str(day.month), str(day.year), LANGUAGES)
    assert typed == day.isoformat()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14.30", "14:30:00"),
        ("14:30", "14:30:00"),
        ("9", "09:00:00"),
        ("2.30 pm", "14:30:00"),
        ("12 am", "00:00:00"),
        ("0:05", "00:05:00"),
    ],
)
def test_times(typed: str, meant: str) -> None:
    assert local.clock_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "25:00", "12:60", "13 pm", "siang", "1:2:3"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(Unclear):
        local.clock_time(typed)


@pytest.mark.parametrize(
    "typed",
    ["0812 3456 7890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890", "(0812) 34567890"],
)
def test_phone_numbers_are_kept_in_one_form(typed: str) -> None:
    assert local.phone(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "123", "0812", "telepon saya", "0812 3456 7890 1234"])
def test_what_is_no_phone_number(typed: str) -> None:
    with pytest.raises(Unclear):
        local.phone(typed)


@pytest.mark.parametrize(
    "typed",
    ["-7.7063, 114.0095", "-7,7063; 114,0095", "-7.7063 114.0095", "−7.7063,114.0095"],
)
def test_positions(typed: str) -> None:
    assert local.position(typed) == "-7.7063 114.0095 0 0"


@pytest.mark.parametrize("typed", ["", "Situbondo", "95, 0", "0, 181", "7.7"])
def test_what_is_no_position(typed: str) -> None:
    with pytest.raises(Unclear):
        local.position(typed)


@given(st.text())
def test_cleaned_text_can_be_written_as_xml(text: str) -> None:
    cleaned = local.clean(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in cleaned)
    assert not any(0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0xFFFE, 0xFFFF) for c in cleaned)


@given(st.text(max_size=40))
def test_no_text_is_worse_than_unclear(text: str) -> None:
    readers = (
        local.whole_number,
        local.clock_time,
        local.position,
        local.phone,
        lambda typed: local.number(typed, "id"),
        lambda typed: local.calendar_date(typed, "", "", LANGUAGES),
        lambda typed: local.calendar_date(typed, typed, typed, LANGUAGES),
    )
    for read in readers:
        try:
            assert read(text)
        except Unclear:
            continue
