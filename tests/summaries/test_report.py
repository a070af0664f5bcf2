from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from app.questionnaire.model import Text
from app.questionnaire.texts import Rendered
from app.summaries.blocks import Block
from app.summaries.filters import Filters, keeps
from app.summaries.plan import plan_of
from app.summaries.report import Report, summarise
from app.summaries.tally import tally
from tests.summaries.sample import document, sample_form

FORM = sample_form()
PLAN = plan_of(FORM)
NOW = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)

ANSWERS: list[dict[str, Any]] = [
    {"about": {"town": "k3512", "sex": "f", "age": 20}, "needs": ["ramp", "sign"]},
    {"about": {"town": "k3512", "sex": "f", "age": 31}, "needs": ["ramp"], "story": "Rahasia"},
    {"about": {"town": "k3578", "sex": "m", "age": 45}, "wg_status": "with"},
    {"about": {"sex": "f"}, "needs": ["old_code"], "wg_status": "without"},
    {"house": [{"member_age": 4}, {"member_age": 7}, {}], "wg_status": "undetermined"},
]
DOCUMENTS = [
    document(answers, number, channel="assisted" if number == 1 else "web")
    for number, answers in enumerate(ANSWERS)
]


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def report(language: str = "en", **more: Any) -> Report:
    chosen = more.get("filters", Filters())
    counted = tally(PLAN, filter(keeps(chosen, PLAN), DOCUMENTS))
    return summarise(FORM, PLAN, counted, language=language, now=NOW, **more)


def block(name: str, of: Report | None = None) -> Block:
    found = of or report()
    return next(one for section in found.sections for one in section.blocks if one.id == name)


def lines(name: str) -> list[tuple[str, str, str]]:
    return [(line.label.markup, line.count, line.percent) for line in block(name).lines]


def test_choices_have_counts_and_percentages_of_those_who_answered() -> None:
    assert lines("question-about-sex") == [
        ("Female", "3", "75%"),
        ("Male", "1", "25%"),
        ("Refused", "0", "0%"),
    ]
    sex = block("question-about-sex")
    assert sex.finding == "The most frequent answer is “Female”: 3 of 4 people (75%)."
    assert sex.notes == ("4 people answered.", "Asked but not answered: 1.")


def test_multiple_choices_are_ordered_by_frequency_and_may_exceed_all() -> None:
    needs = block("question-needs")
    assert [line.label.markup for line in needs.lines] == [
        "Ramp",
        "Sign language",
        "old_code",
        "None",
    ]
    assert [line.percent for line in needs.lines] == ["67%", "33%", "33%", "0%"]
    assert "More than one answer was possible" in needs.notes[-1]


def test_numbers_have_median_and_quartiles() -> None:
    age = block("question-about-age")
    assert "The median is 31" in age.finding
    assert "between 25.5 and 38" in age.finding
    assert sum(int(line.count) for line in age.lines) == 3


def test_rows_of_a_repeat_are_entries() -> None:
    member = block("question-house-member_age")
    assert member.entries
    assert member.notes == ("2 entries have an answer.", "Not asked or not answered: 1.")


def test_what_people_wrote_is_never_in_a_report() -> None:
    story = block("question-story")
    assert story.lines == ()
    assert story.finding.startswith("1 answer in the person's own words.")
    assert "Rahasia" not in str(report())


def test_a_question_that_nobody_answered_has_no_table() -> None:
    since = block("question-about-since")
    assert since.lines == ()
    assert since.finding == "Nobody has answered this question yet."
    assert since.notes == ("Asked but not answered: 5.",)


def test_washington_group_status_leaves_the_undetermined_out_of_the_base() -> None:
    status = block("question-wg_status")
    assert [(line.count, line.percent) for line in status.lines] == [("1", "50%"), ("1", "50%")]
    assert status.notes == (
        "2 people answered.",
        "Undetermined, because an answer is missing: 1. They are in no percentage.",
        "Not applicable, for example below five years: 2.",
    )
    assert status.finding == (
        "A lot of difficulty in at least one activity, or unable to do it at all: 1 of 2 people"
        " (50%)."
    )
    assert any("recommended cut-off" in note for note in report().notes)
    assert "disability" not in status.title.markup


def test_how_answers_came_is_told_first() -> None:
    first = report().sections[0]
    assert [one.id for one in first.blocks] == ["about-channel", "about-when", "about-language"]
    ways = {line.label.markup: line.count for line in first.blocks[0].lines}
    assert ways == {"On the web, by the person": "4", "With the help of somebody": "1"}


def test_sections_are_the_groups_of_the_form() -> None:
    assert [section.title.markup for section in report().sections] == [
        "About these answers",
        "About you",
        "Questions",
        "Household members",
        "Questions",
    ]


def test_every_id_is_there_once() -> None:
    ids = [one.id for section in report().sections for one in (section, *section.blocks)]
    assert len(ids) == len(set(ids))


def test_the_note_about_the_sample_is_that_of_the_data_dictionary() -> None:
    assert report("en").caution == (
        "These data come from people who filled in the form, not from a random sample. They do"
        " not represent the whole population."
    )
    assert report("id").caution == (
        "Data ini berasal dari orang yang mengisi formulir, bukan sampel acak. Angka ini tidak"
        " mewakili seluruh penduduk."
    )


def test_dates_are_written_as_in_the_language() -> None:
    assert report("id").generated == "17 Agustus 2026 10.15 WIB"
    assert report("en").generated == "17 August 2026 10:15 WIB"
    assert report("en").period == "1 August 2026 to 2 August 2026"


def test_filters_are_told() -> None:
    chosen = Filters(
        since=date(2026, 8, 1),
        until=date(2026, 8, 31),
        places=frozenset({"k3512"}),
        channels=frozenset({"web"}),
        languages=frozenset({"id"}),
    )
    found = report(filters=chosen)
    assert found.period == "1 August 2026 to 31 August 2026"
    assert found.responses == 1
    assert found.filters == (
        "Only people who live in: Situbondo.",
        "Only these ways of answering: On the web, by the person.",
        "Only answers given in: Indonesian.",
    )
    about_one = report(filters=Filters(activities=frozenset({"a1"})), activities={"a1": "Workshop"})
    assert about_one.filters == ("Only about the activity: Workshop.",)


def test_no_answers_make_a_report_that_says_so() -> None:
    found = report(filters=Filters(places=frozenset({"nowhere"})))
    assert found.responses == 0
    assert found.sections == ()
    assert found.period == "No answers yet"


def test_a_text_in_another_language_is_marked() -> None:
    form = replace(FORM, title=Text({"": {"id": ("Suara Warga",)}}))
    found = summarise(form, PLAN, tally(PLAN, DOCUMENTS), language="en", now=NOW)
    assert found.title == Rendered("id", "Suara Warga")


def test_a_language_without_a_catalog_is_refused() -> None:
    with pytest.raises(ValueError, match="no interface language"):
        report("xx")


def test_ties_are_told_as_ties() -> None:
    order = [document({"needs": [code]}, n) for n, code in enumerate(("ramp", "sign"))]
    found = summarise(FORM, PLAN, tally(PLAN, order), language="en", now=NOW)
    assert block("question-needs", found).finding == (
        "Equally frequent are “Ramp” and “Sign language”: 1 of 2 people (50%) each."
    )


def test_a_long_list_shows_what_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.summaries.kinds.LONG_LIST", 2)
    sex = block("question-about-sex")
    assert [line.label.markup for line in sex.lines] == ["Female", "Male"]
    assert "1 other answer was chosen by nobody." in sex.notes
