"""Every kind of question as a field: what is shown is read back, what is junk is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.questionnaire.fields import FIELDS, PageForm
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Kind
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert

TINY = Path(__file__).parent.parent / "forms"
NOW = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)


def _read(name: str) -> object:
    converted = convert((TINY / f"{name}.yaml").read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


FORMS = {name: _read(name) for name in ("types", "selects", "in_page", "piping")}


def begin(name: str, language: str = "id") -> Interview:
    return Interview.begin(FORMS[name], Circumstances(NOW, language, Random(1)))  # type: ignore[arg-type]


def form_of(
    question: str, typed: dict[str, str] | None = None, form: str = "types", language: str = "id"
) -> PageForm:
    interview = begin(form, language)
    for page in interview.pages():
        if page.asked and page.asked[0].field == question:
            return PageForm(interview, page, None if typed is None else MultiDict(typed))
    raise LookupError(question)


def test_every_kind_that_takes_an_answer_has_a_field() -> None:
    assert set(FIELDS) == {kind for kind in Kind if kind.takes_answer}


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        ("text", {"text": " dua\r\nbaris "}, "dua\nbaris"),
        ("integer", {"integer": "1.250"}, "1250"),
        ("decimal", {"decimal": "1,5"}, "1.5"),
        ("range", {"range": "3"}, "3"),
        ("date", {"date-month": "agustus", "date-year": "2026"}, "2026-08-01"),
        ("time", {"time": "14.30"}, "14:30:00"),
        ("acknowledge", {"acknowledge": "OK"}, "OK"),
        ("acknowledge", {}, ""),
        ("barcode", {"barcode": "123  45"}, "123 45"),
        ("geopoint", {"geopoint": "-7,7; 114"}, "-7.7 114 0 0"),
    ],
)
def test_answers_are_read(question: str, typed: dict[str, str], answer: str) -> None:
    form = form_of(question, typed)
    assert form.validate(), form.errors
    assert form.fields()[question].data == answer


def test_a_moment_is_read_from_its_parts() -> None:
    typed = {"moment-day": "1", "moment-month": "5", "moment-year": "2026", "moment-time": "7.05"}
    form = form_of("moment", typed)
    assert form.validate()
    assert form.fields()["moment"].data == "2026-05-01T07:05:00"


@pytest.mark.parametrize(
    ("question", "typed", "code", "part"),
    [
        ("integer", {"integer": "1,5"}, "whole_number", ""),
        ("decimal", {"decimal": "satu"}, "number", ""),
        ("range", {"range": "9"}, "range", ""),
        ("range", {"range": "1,5"}, "range", ""),
        ("date", {"date-month": "agustus", "date-year": "26"}, "date", "year"),
        ("time", {"time": "25"}, "time", ""),
        ("moment", {"moment-day": "1/5/2026", "moment-time": "x"}, "date", "time"),
        ("geopoint", {"geopoint": "di sini"}, "position", ""),
        ("text", {"text": "x" * 10_001}, "too_long", ""),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(
    question: str, typed: dict[str, str], code: str, part: str
) -> None:
    form = form_of(question, typed)
    assert not form.validate()
    wrong = form.fields()[question].wrong
    assert wrong is not None
    assert (wrong.code, wrong.part) == (code, part)
    shown = {name: texts[0] for name, texts in form.typed().items() if texts and texts[0]}
    assert shown == typed


def test_a_rank_needs_every_place_once() -> None:
    good = form_of("order", {"order-cat": "2", "order-dog": "1", "order-hen": "3"}, "selects")
    assert good.validate()
    assert good.fields()["order"].data == "dog cat hen"
    twice = form_of("order", {"order-cat": "1", "order-dog": "1", "order-hen": "3"}, "selects")
    assert not twice.validate()
    assert twice.fields()["order"].wrong.part == "dog"  # type: ignore[union-attr]


def test_choices_are_kept_in_the_order_of_the_list() -> None:
    interview = begin("selects")
    page = next(p for p in interview.pages() if p.id == "liked")
    form = PageForm(interview, page, MultiDict([("liked", "hen"), ("liked", "cat")]))
    assert form.validate()
    assert form.fields()["liked"].data == "cat hen"


def test_a_choice_that_is_not_offered_is_told() -> None:
    form = form_of("pet", {"pet": "dragon"}, "selects")
    assert not form.validate()
    assert form.fields()["pet"].wrong.code == "choice"  # type: ignore[union-attr]


def test_a_required_question_is_told() -> None:
    form = form_of("called", {}, "piping")
    assert not form.validate()
    assert form.fields()["called"].wrong.code == "required"  # type: ignore[union-attr]


def test_what_an_answer_makes_relevant_is_added_and_not_yet_wrong() -> None:
    interview = begin("in_page")
    typed = MultiDict({"helped": "yes"})
    form = PageForm.posted(interview, interview.pages()[0], typed, ["helped", "hours"])
    assert form.added == ("who",)
    assert form.validate()


ANSWERS: dict[str, st.SearchStrategy[str]] = {
    "text": st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30),
    "integer": st.integers(-(10**12), 10**12).map(str),
    "decimal": st.integers(-(10**6), 10**6).map(lambda n: f"{n / 8:.3f}".rstrip("0").rstrip(".")),
    "range": st.sampled_from(list("12345")),
    "date": st.dates().map(lambda day: day.replace(day=1).isoformat()),
    "time": st.times().map(lambda t: t.strftime("%H:%M:00")),
    "moment": st.datetimes().map(lambda t: t.replace(second=0, microsecond=0).isoformat()),
    "acknowledge": st.just("OK"),
    "geopoint": st.tuples(st.integers(-90, 90), st.integers(-180, 180)).map(
        lambda p: f"{p[0]} {p[1]} 0 0"
    ),
}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(ANSWERS)), st.sampled_from(["id", "en"]))
def test_what_is_shown_is_read_as_the_same_answer(
    data: st.DataObject, question: str, language: str
) -> None:
    answer = data.draw(ANSWERS[question])
    shown = form_of(question, language=language)
    field = shown.fields()[question]
    shown.interview.answer(field.asked, answer)
    again = PageForm(shown.interview, shown.page)
    posted = MultiDict((name, text) for name, texts in again.typed().items() for text in texts)
    read = PageForm(shown.interview, shown.page, posted)
    assert read.validate(), read.errors
    stripped = " ".join(answer.split()) if question == "text" else answer
    assert " ".join(read.fields()[question].data.split()) == _normal(stripped)


def _normal(text: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).split())


JUNK = st.dictionaries(
    st.sampled_from(
        [*ANSWERS, "date-month", "date-year", "moment-day", "moment-month", "moment-year",
         "moment-time", "pet", "liked", "order-cat", "order-dog", "shuffled"]
    ),
    st.text(max_size=20),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(["types", "selects"]))
def test_no_junk_breaks_a_page(junk: dict[str, str], name: str) -> None:
    interview = begin(name)
    for page in interview.pages():
        form = PageForm.posted(interview, page, MultiDict(junk), [])
        assert form.validate() in (True, False)
        kept = MultiDict((box, text) for box, texts in form.typed().items() for text in texts)
        again = PageForm.posted(interview, page, kept)
        assert again.typed() == form.typed()
