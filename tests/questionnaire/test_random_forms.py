"""Forms that nobody wrote: whatever a form asks, the interview keeps to its rules."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from tests.robot import answer_all

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TYPES = (
    "text", "integer", "decimal", "date", "time", "select_one list", "select_multiple list",
    "note", "acknowledge", "rank list", "geopoint",
)  # fmt: skip
Row = dict[str, Any]


def both(text: str) -> dict[str, str]:
    return {"id": f"{text} ya", "en": f"{text} yes"}


@st.composite
def condition(draw: st.DrawFn, earlier: list[Row]) -> str:
    """An expression over questions asked before."""
    row = draw(st.sampled_from(earlier))
    name = "${" + row["name"] + "}"
    if row["type"] == "select_multiple list":
        return draw(st.sampled_from([f"selected({name}, 'a')", f"count-selected({name}) > 1"]))
    if row["type"] in ("integer", "decimal"):
        return draw(st.sampled_from([f"{name} > 3", f"{name} = 2", f"not({name} > 1)"]))
    if row["type"] == "select_one list":
        return draw(st.sampled_from([f"{name} = 'a'", f"{name} != 'b'"]))
    return draw(st.sampled_from([f"{name} != ''", f"string-length({name}) > 2"]))


@st.composite
def question(draw: st.DrawFn, number: int, earlier: list[Row], label: str) -> Row:
    row: Row = {"type": draw(st.sampled_from(TYPES)), "name": f"q{number}", "label": both(label)}
    if earlier and draw(st.booleans()):
        row["relevant"] = draw(condition(earlier))
    if row["type"] != "note" and draw(st.booleans()):
        row["required"] = "yes"
    if row["type"] == "integer" and draw(st.booleans()):
        row["constraint"] = ". >= 0 and . <= 100"
    return row


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, list[Row]]:
    """A workbook: questions, some in groups, pages and repeats, relevant by what came before."""
    survey: list[Row] = []
    asked: list[Row] = []
    for number in range(draw(st.integers(1, 12))):
        row = draw(question(number, asked, f"Tanya {number}"))
        around = draw(st.sampled_from(["", "", "", "group", "page", "repeat"]))
        if not around:
            survey.append(row)
            asked.extend([row] if row["type"] != "note" else [])
            continue
        begin: Row = {"type": f"begin {'group' if around != 'repeat' else 'repeat'}"}
        begin |= {"name": f"g{number}", "label": both(f"Bagian {number}")}
        if around == "page":
            begin["appearance"] = "field-list"
        end = {"type": begin["type"].replace("begin", "end")}
        survey += [begin, row, end]
    lists = [{"list_name": "list", "name": name, "label": both(name)} for name in "abc"]
    return {"settings": [{"form_id": "random"}], "survey": survey, "choices": lists}


def read(workbook: dict[str, list[Row]]) -> Form:
    converted = convert(yaml.safe_dump(workbook, sort_keys=False, allow_unicode=True).encode())
    return read_form(converted.xml, converted.extras, converted.files)


def here(language: str) -> Circumstances:
    return Circumstances(NOW, language, random.Random(7))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets(), st.integers(0, 1000))
def test_what_is_asked_is_relevant_and_what_is_submitted_obeys_the_form(
    workbook: dict[str, list[Row]], seed: int
) -> None:
    interview = Interview.begin(read(workbook), here("id"))
    answer_all(interview, random.Random(seed))
    assert interview.problems() == ()
    for page in interview.pages():
        assert all(asked.node.is_relevant() for asked in page.asked)
        assert interview.page(page.id).id == page.id
    again = Interview.of_response(interview.form, here("en"), interview.answers())
    assert again.answers() == interview.answers()
    assert again.problems() == ()
    assert [page.id for page in again.pages()] == [page.id for page in interview.pages()]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets(), st.integers(0, 1000))
def test_a_draft_and_a_language_switch_lose_nothing(
    workbook: dict[str, list[Row]], seed: int
) -> None:
    interview = Interview.begin(read(workbook), here("id"))
    answer_all(interview, random.Random(seed))
    english = Interview.resume(interview.form, here("en"), interview.state())
    assert english.state() == interview.state()
    for one in english.review(everything=True):
        assert one.label is not None
        assert one.label.language == "en"
        assert one.label.markup.endswith("yes")
