"""What field forms use beside plain questions, each on the web with a tiny form of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from flask import Flask

from app.catalogue import Catalogue
from app.publishing import catalogue
from app.questionnaire.problems import FormErrors
from app.questionnaire.xlsform import convert
from app.settings import Settings
from app.stores import stores
from tests.linting import text_of
from tests.respond.conftest import TINY
from tests.respond.person import Person

Rows = list[dict[str, Any]]
LONG_AGO = "2026-01-01T08:00:00+07:00"
ENGLISH = {"default_language": "English (en)"}


@pytest.fixture(autouse=True)
def shelf(app: Flask, settings: Settings) -> None:
    app.extensions["catalogue"] = Catalogue(settings.data / "forms")


def open_form(app: Flask, source: bytes, files: dict[str, bytes] | None = None) -> Person:
    with app.app_context():
        form_id = catalogue().publish(convert(source, files=files), datetime.now(UTC)).form_id
    person = Person(app)
    person.open("/?lang=en")
    return person.begin(form_id)


def tiny(app: Flask, name: str, files: dict[str, bytes] | None = None) -> Person:
    return open_form(app, (TINY / f"{name}.yaml").read_bytes(), files)


def form_of(survey: Rows, choices: Rows | None = None, **settings: str) -> bytes:
    """A workbook of these rows, in English."""
    sheets = {
        "settings": [{"form_id": "tiny", **ENGLISH, **settings}],
        "survey": [_labelled(row) for row in survey],
        "choices": [_labelled(row) for row in choices or []],
    }
    return yaml.safe_dump(sheets, sort_keys=False).encode()


def _labelled(row: dict[str, Any]) -> dict[str, Any]:
    return {k: {"en": v} if k in ("label", "hint", "guidance_hint") else v for k, v in row.items()}


def sent(app: Flask, person: Person) -> dict[str, Any]:
    """Send, and give back the stored answers."""
    person.press("page")
    assert person.path == "/receipt", f"{person.path} {person.problems}"
    with app.app_context():
        form_id = catalogue().ids()[-1]
        document = next(document for _, document in stores().responses(form_id).each())
    answers: dict[str, Any] = document["answers"]
    return answers


def offered(person: Person, tag: str = "label") -> list[str]:
    return [text_of(e) for e in person.page.iter(tag) if e.get("class") == "choice"]


def test_read_only_while_another_answer_says_so(app: Flask) -> None:
    person = tiny(app, "readonly")
    assert person.has_box("place")
    assert not person.has_box("year")
    person.next({"locked": "yes"}, place="Besuki")
    assert "2026" in person.words
    assert not person.has_box("place")
    assert "Besuki" not in person.words
    person.next({"age": "30"})
    assert sent(app, person)["page"] == {"locked": "yes", "place": "Panji", "year": 2026, "age": 30}


def test_ranges_are_chosen_or_typed_within_their_bounds(app: Flask) -> None:
    person = open_form(app, form_of([
        {"type": "range", "name": "few", "label": "Few", "parameters": "start=1 end=5 step=2"},
        {"type": "range", "name": "many", "label": "Many", "parameters": "start=0 end=100 step=5"},
    ]))  # fmt: skip
    assert offered(person) == ["1", "3", "5"]
    person.next(few="3").next(many="7")
    assert list(person.problems) == ["q-many"]
    person.next(many="15")
    assert sent(app, person) == {"few": 3.0, "many": 15.0}


def test_ranking_by_numbers(app: Flask) -> None:
    choices = [{"list_name": "l", "name": n, "label": n.upper()} for n in "abc"]
    person = open_form(
        app, form_of([{"type": "rank l", "name": "order", "label": "Order"}], choices)
    )
    person.next({"order-a": "2", "order-b": "2", "order-c": "1"})
    assert list(person.problems) == ["q-order-b"]
    person.next({"order-a": "2", "order-b": "3", "order-c": "1"})
    assert sent(app, person) == {"order": ["c", "a", "b"]}


def test_times_and_places_are_plain_boxes(app: Flask) -> None:
    person = open_form(app, form_of([
        {"type": "time", "name": "clock", "label": "When"},
        {"type": "dateTime", "name": "moment", "label": "Moment"},
        {"type": "geopoint", "name": "where", "label": "Where"},
        {"type": "barcode", "name": "code", "label": "Code"},
        {"type": "date", "name": "year", "label": "Year", "appearance": "year"},
        {"type": "date", "name": "month", "label": "Month", "appearance": "month-year"},
    ]))  # fmt: skip
    person.next(clock="2.30 pm")
    person.next({"moment-day": "17", "moment-month": "Agustus", "moment-year": "2026",
                 "moment-time": "8.05"})  # fmt: skip
    person.next(where="-7.7063, 114.0095").next(code="8991002101")
    assert person.boxes_of_page() >= {"year-year"}
    assert not person.has_box("year-month")
    person.next({"year-year": "1990"}).next({"month-month": "5", "month-year": "2020"})
    assert sent(app, person) == {
        "clock": "14:30:00", "moment": "2026-08-17T08:05:00", "where": "-7.7063 114.0095 0 0",
        "code": "8991002101", "year": "1990-01-01", "month": "2020-05-01",
    }  # fmt: skip


def test_defaults_fixed_and_computed_and_values_set_by_a_trigger(app: Flask) -> None:
    person = tiny(app, "defaults")
    assert person.boxes()["static"] == "East Java"
    person.next()
    assert person.boxes()["dynamic-year"] == str(datetime.now(UTC).year)
    person.next().next(source="Sri")
    assert sent(app, person)["copied"] == "Sri!"


def test_messages_of_the_form_and_guidance_only_for_facilitators(app: Flask) -> None:
    person = open_form(app, form_of([
        {"type": "integer", "name": "age", "label": "Age", "required": "yes",
         "required_message::English (en)": "Say your age, please.",
         "constraint": ". < 120", "constraint_message::English (en)": "Nobody is that old.",
         "guidance_hint": "Ask for the identity card."},
    ]))  # fmt: skip
    assert "identity card" not in person.words
    assert person.next().problems == {"q-age": "Say your age, please."}
    assert person.next(age="130").problems == {"q-age": "Nobody is that old."}


def test_shuffled_choices_stay_in_their_order_for_one_person(app: Flask) -> None:
    choices = [{"list_name": "l", "name": f"n{n}", "label": f"Choice {n}"} for n in range(12)]
    survey = [
        {"type": "select_one l", "name": "one", "label": "One", "parameters": "randomize=true"},
        {"type": "select_one l", "name": "two", "label": "Two",
         "parameters": "randomize=true seed=42"},
    ]  # fmt: skip
    person = open_form(app, form_of(survey, choices))
    first = offered(person)
    assert sorted(first) == sorted(f"Choice {n}" for n in range(12))
    assert offered(person.open(person.path)) == first
    person.next()
    seeded = offered(person)
    assert seeded != sorted(seeded)
    assert offered(Person(app).open("/?lang=en").begin("tiny").next()) == seeded


def test_cascades_work_without_javascript(app: Flask) -> None:
    person = tiny(app, "cascade").next(regency="3512")
    assert offered(person) == ["Panji", "Other in Situbondo"]
    person.next(district="other").open("/f/cascade/p/regency").next(regency="3511")
    assert offered(person) == ["Tapen", "Other in Bondowoso"]


def test_a_list_in_a_sheet_of_its_own(app: Flask) -> None:
    person = tiny(app, "external").next(state="jatim")
    assert offered(person) == ["Surabaya", "Malang"]
    assert sent(app, person.next(city="mlg")) == {"state": "jatim", "city": "mlg"}


def test_lists_in_files_of_three_kinds(app: Flask) -> None:
    well = {"type": "Feature", "id": "w1", "properties": {"title": "Old well"},
            "geometry": {"type": "Point", "coordinates": [114.0, -7.7]}}  # fmt: skip
    files = {
        "villages.csv": b"code,title\nv1,Panji\nv2,Besuki\n",
        "crops.xml": b"<root><item><name>rice</name><label>Rice</label></item></root>",
        "wells.geojson": json.dumps({"type": "FeatureCollection", "features": [well]}).encode(),
    }
    person = tiny(app, "from_file", files)
    assert offered(person) == ["Panji", "Besuki"]
    assert offered(person.next(village="v2")) == ["Rice"]
    assert offered(person.next(crops="rice")) == ["Old well"]
    assert sent(app, person.next(well="w1")) == {"village": "v2", "crops": ["rice"], "well": "w1"}


def test_other_in_both_languages(app: Flask) -> None:
    person = tiny(app, "or_other")
    assert offered(person) == ["Farmer", "Other"]
    assert offered(person.switch("id")) == ["Petani", "Lainnya"]
    person.next(work="other")
    assert person.has_box("work_other")
    assert sent(app, person.next(work_other="Nelayan"))["work_other"] == "Nelayan"


def test_a_value_is_looked_up_in_a_file(app: Flask) -> None:
    person = tiny(app, "pulldata", {"fruits.csv": b"name,price\nmango,3000\n"})
    assert "mango costs 3000." in person.next(fruit="mango").words


def test_rows_by_number_and_from_outside(app: Flask) -> None:
    person = open_form(app, form_of([
        {"type": "begin_repeat", "name": "child", "label": "Child", "repeat_count": "2"},
        {"type": "text", "name": "called", "label": "Child number ${number}"},
        {"type": "calculate", "name": "number", "calculation": "position(..)"},
        {"type": "end_repeat"},
        {"type": "note", "name": "told",
         "label": "The second is ${second}."},
        {"type": "calculate", "name": "second",
         "calculation": "indexed-repeat(${called}, ${child}, 2)"},
    ]))  # fmt: skip
    assert "Child number 1" in person.heading
    assert "Child number 2" in person.next(called="Ani").heading
    assert "The second is Budi." in person.next(called="Budi").words
    rows = sent(app, person.next())["child"]
    assert [row["called"] for row in rows] == ["Ani", "Budi"]


def test_a_loop_asks_once_for_each_choice(app: Flask) -> None:
    person = tiny(app, "loop")
    for kilos in ("5", "7"):
        box = next(n for n in person.boxes_of_page() if "kilos" in n)
        person.next({box: kilos})
    assert sent(app, person)["crop"] == {"rice": {"kilos": 5}, "maize": {"kilos": 7}}


@pytest.mark.parametrize("appearance", ["table-list", "likert", "label"])
def test_grids_are_plain_questions(app: Flask, appearance: str) -> None:
    choices = [{"list_name": "l", "name": n, "label": n.upper()} for n in ("no", "yes")]
    inside = {"likert": "likert", "label": "list-nolabel", "table-list": ""}[appearance]
    head = [{"type": "select_one l", "name": "head", "label": "Head", "appearance": "label"}]
    survey = [
        {"type": "begin_group", "name": "grid", "label": "How often?",
         "appearance": "table-list" if appearance == "table-list" else "field-list"},
        *(head if appearance == "label" else []),
        {"type": "select_one l", "name": "walk", "label": "Walk", "appearance": inside},
        {"type": "select_one l", "name": "read", "label": "Read", "appearance": inside},
        {"type": "end_group"},
    ]  # fmt: skip
    person = open_form(app, form_of(survey, choices))
    assert not list(person.page.iter("table"))
    legends = [text_of(legend) for legend in person.page.iter("legend")]
    assert legends == ["Walk (optional)", "Read (optional)"]
    assert person.heading == "How often?"
    assert sent(app, person.next(walk="yes", read="no"))["grid"] == {"walk": "yes", "read": "no"}


def test_the_end_of_an_interview_is_when_it_is_sent(app: Flask) -> None:
    person = tiny(app, "metadata").next(word="a")
    with person.client.session_transaction() as session:
        code = session["unfinished"]["metadata"]["code"]
    with app.app_context():
        draft = stores().drafts.get(code) or {}
        draft["state"]["values"] |= {"start": LONG_AGO, "end": LONG_AGO}
        stores().drafts.put(code, draft)
    answers = sent(app, person)
    assert answers["start"] == LONG_AGO
    assert datetime.fromisoformat(answers["end"]).date() >= datetime.now(UTC).date()


def test_repeats_in_repeats_are_refused_where_they_stand() -> None:
    source = form_of([
        {"type": "begin_repeat", "name": "outer", "label": "Outer"},
        {"type": "begin_repeat", "name": "inner", "label": "Inner"},
        {"type": "text", "name": "word", "label": "Word"},
        {"type": "end_repeat"},
        {"type": "end_repeat"},
    ])  # fmt: skip
    with pytest.raises(FormErrors) as refused:
        convert(source)
    assert [(p.code, p.question) for p in refused.value.problems] == [("nested_repeat", "inner")]


def test_rows_that_were_typed_can_be_chosen_from(app: Flask) -> None:
    person = open_form(app, form_of([
        {"type": "begin_repeat", "name": "child", "label": "Child", "repeat_count": "2"},
        {"type": "text", "name": "called", "label": "Name"},
        {"type": "end_repeat"},
        {"type": "select_one ${called}", "name": "eldest", "label": "Who is the eldest?"},
    ]))  # fmt: skip
    person.next(called="Ani*").next(called="Budi")
    assert offered(person) == ["Ani*", "Budi"]
    person.next(eldest="Budi")
    assert sent(app, person)["eldest"] == "Budi"
