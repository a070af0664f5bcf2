from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.cells import Reader, place_of, was_chosen
from app.exchange.columns import KEYS, sheets_of
from app.questionnaire.model import Group, Kind
from tests.summaries.sample import ANSWERS, LAW, NEEDS, ask, document, sample_form

FORM = sample_form()
WIB = ZoneInfo("Asia/Jakarta")


def row(answers: dict[str, object], sheet: int = 0, **more: object) -> dict[str, object]:
    found = sheets_of(FORM, **more)[sheet]  # type: ignore[arg-type]
    return dict(zip(found.headers, next(found.rows(document(answers))), strict=True))


def test_a_response_is_one_row_with_what_identifies_it() -> None:
    cells = row({"about": {"sex": "f", "age": 41}})
    assert tuple(cells)[: len(KEYS)] == KEYS
    assert cells["_id"] == "00000000-0000-4000-8000-000000000000"
    assert cells["_submitted"] == datetime(2026, 8, 1, 10)
    assert (cells["sex"], cells["age"], cells["town"]) == ("f", 41, None)


def test_multiple_answers_stand_together_and_apart() -> None:
    cells = row({"needs": ["ramp", "sign"]})
    assert cells["needs"] == "ramp sign"
    assert [cells[f"needs/{code}"] for code in ("ramp", "sign", "none")] == [1, 1, 0]
    assert row({})["needs/ramp"] is None, "not answered is not the same as not chosen"


def test_a_rank_tells_places() -> None:
    cells = row({"order": ["sign", "none", "ramp"]})
    assert [cells[f"order/{code}"] for code in ("ramp", "sign", "none")] == [3, 1, 2]


def test_rows_of_a_repeat_have_a_sheet_of_their_own() -> None:
    form_sheets = sheets_of(FORM)
    assert [sheet.name for sheet in form_sheets] == ["answers", "house"]
    house = form_sheets[1]
    rows = list(house.rows(document({"house": [{"member_age": 3}, {"member_age": 70}]})))
    assert [cells[1:3] for cells in rows] == [[1, 3], [2, 70]]
    assert house.headers[:3] == ("_id", "_house", "member_age")


def test_contact_data_are_in_no_column_and_own_words_only_when_asked_for() -> None:
    def headers(free_text: bool) -> set[str]:
        return {name for sheet in sheets_of(FORM, free_text=free_text) for name in sheet.headers}

    assert headers(True) - headers(False) == {"story"}
    assert "phone" not in headers(True)


def test_words_instead_of_codes() -> None:
    cells = row({"about": {"sex": "f"}, "needs": ["ramp", "sign"]}, language="id")
    assert cells["sex"] == "Perempuan"
    assert cells["needs"] == "Ramp; Juru bahasa isyarat"
    assert cells["needs/ramp"] == 1


def test_what_an_earlier_version_asked_is_not_lost() -> None:
    children = (
        *(child for child in FORM.root.children if child.name != "about"),
        Group("/data/moved", (ask("moved/sex", Kind.SELECT_ONE, "Sex", "sex"),)),
    )
    newer = replace(FORM, root=Group("/data", children), lists={**FORM.lists, "needs": NEEDS[:1]})
    (answers, _house) = sheets_of(newer, earlier=[FORM])
    cells = dict(
        zip(
            answers.headers,
            next(answers.rows(document({"about": {"sex": "m", "age": 9}, "needs": ["sign"]}))),
            strict=True,
        )
    )
    assert (cells["sex"], cells["age"], cells["needs/sign"]) == ("m", 9, 1)
    assert answers.headers.count("sex") == 1


def test_equal_names_in_different_places_have_columns_of_their_own() -> None:
    twice = Group("/data", (*FORM.root.children, ask("again/sex", Kind.SELECT_ONE, "Sex", "sex")))
    form = replace(
        FORM, root=Group("/data", (*twice.children[:-1], Group("/data/again", twice.children[-1:])))
    )
    assert {"about/sex", "again/sex"} <= set(sheets_of(form)[0].headers)


@LAW
@given(ANSWERS)
def test_every_row_is_as_long_as_its_header(answers: dict[str, object]) -> None:
    for sheet in sheets_of(FORM, free_text=True):
        for cells in sheet.rows(document(answers)):
            assert len(cells) == len(sheet.headers)


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Kind.INTEGER, 3, 3),
        (Kind.INTEGER, 10**17, "100000000000000000"),
        (Kind.DECIMAL, 2.5, 2.5),
        (Kind.INTEGER, "tiga", "tiga"),
        (Kind.INTEGER, True, "True"),
        (Kind.DATE, "2026-08-17", date(2026, 8, 17)),
        (Kind.DATE, "kemarin", "kemarin"),
        (Kind.DATETIME, "2026-08-17T03:15:00+00:00", datetime(2026, 8, 17, 10, 15)),
        (Kind.TIME, "08:30:00.000+07:00", time(8, 30)),
        (Kind.SELECT_ONE, "x", "x"),
        (Kind.GEOPOINT, "-7.7 114 0 0", "-7.7 114 0 0"),
        (Kind.TEXT, "", None),
        (Kind.SELECT_MULTIPLE, [], None),
        (Kind.SELECT_MULTIPLE, "odd", "odd"),
    ],
)
def test_a_value_becomes_what_a_spreadsheet_knows(kind: Kind, value: object, cell: object) -> None:
    assert Reader(kind, WIB, {})(value) == cell


@given(st.lists(st.sampled_from("abc"), unique=True), st.sampled_from("abc"))
def test_chosen_and_place_agree(codes: list[str], code: str) -> None:
    assert (place_of(code, codes) is not None) == (was_chosen(code, codes) == 1)
