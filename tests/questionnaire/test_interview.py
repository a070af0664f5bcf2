"""The path through a form, its rules and what is submitted, on tiny forms."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from app.questionnaire.interview import Circumstances, Interview, OffPath, Page
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def circumstances(language: str = "id") -> Circumstances:
    return Circumstances(NOW, language, random.Random(1), {"deviceid": "phone-1"})


def form(yaml: str) -> Form:
    converted = convert(yaml.encode())
    return read_form(converted.xml, converted.extras, converted.files)


def begin(yaml: str, **prefill: str) -> Interview:
    return Interview.begin(form(yaml), circumstances(), prefill)


def give(interview: Interview, page_id: str, **values: str) -> Page | None:
    """Answer a page and go on, as a person does."""
    page = interview.page(page_id)
    for asked in page.asked:
        if asked.field in values:
            interview.answer(asked, values[asked.field])
    interview.complete(page_id)
    return interview.after(page_id)


CONSENT = """
settings:
  - form_id: gate
    store_if: ${consent} = 'yes' and ${age} >= 18
survey:
  - {type: select_one yn, name: consent, label: {id: "Setuju?", en: "Agree?"}, required: yes}
  - {type: note, name: refused, relevant: "${consent} = 'no'",
     label: {id: "Tidak apa-apa.", en: "Fine."}}
  - {type: integer, name: age, relevant: "${consent} = 'yes'", required: yes,
     label: {id: Umur Anda, en: Your age}, constraint: ". >= 0 and . <= 120",
     constraint_message: {id: "Antara 0 dan 120.", en: "Between 0 and 120."}}
  - {type: note, name: stopped, relevant: "${age} < 18", label: {id: "Belum bisa.", en: "Not yet."}}
  - {type: text, name: need, relevant: "${age} >= 18", label: {id: Kebutuhan, en: Need}}
choices:
  - {list_name: yn, name: yes, label: {id: Ya, en: Yes}}
  - {list_name: yn, name: no, label: {id: Tidak, en: No}}
"""


def test_each_question_is_a_page_and_the_next_depends_on_the_answer() -> None:
    interview = begin(CONSENT)
    assert [page.id for page in interview.pages()] == ["consent"]
    following = give(interview, "consent", consent="yes")
    assert following is not None
    assert following.id == "age"
    give(interview, "age", age="40")
    assert [page.id for page in interview.pages()] == ["consent", "age", "need"]


def test_nothing_is_storable_until_the_gate_is_passed() -> None:
    interview = begin(CONSENT)
    assert not interview.storable
    give(interview, "consent", consent="yes")
    assert not interview.storable
    give(interview, "age", age="40")
    assert interview.storable
    assert not interview.ended


@pytest.mark.parametrize(
    ("answers", "last"),
    [({"consent": "no"}, "refused"), ({"consent": "yes", "age": "17"}, "stopped")],
)
def test_a_closed_gate_ends_on_the_note_that_says_so(answers: dict[str, str], last: str) -> None:
    interview = begin(CONSENT)
    for page_id, value in answers.items():
        give(interview, page_id, **{page_id: value})
    assert interview.ended
    assert interview.pages()[-1].id == last
    assert not interview.storable


def test_a_page_that_is_not_reached_or_not_relevant_is_off_the_path() -> None:
    interview = begin(CONSENT)
    for page_id in ("age", "need", "refused", "nonsense"):
        with pytest.raises(OffPath):
            interview.page(page_id)
    give(interview, "consent", consent="yes")
    assert interview.page("age").id == "age"
    with pytest.raises(OffPath):
        interview.page("need")


def test_problems_name_the_field_and_carry_the_form_s_own_message() -> None:
    interview = begin(CONSENT)
    (problem,) = interview.problems()
    assert (problem.page, problem.field, problem.code) == ("consent", "consent", "required")
    give(interview, "consent", consent="perhaps")
    assert [p.code for p in interview.problems()] == ["choice"]
    give(interview, "consent", consent="yes")
    for value, code in (("x", "type"), ("130", "constraint")):
        interview.answer(interview.pages()[1].asked[0], value)
        (problem,) = interview.problems()
        assert problem.code == code
    assert problem.message is not None
    assert problem.message.markup == "Antara 0 dan 120."


def test_a_hidden_answer_is_kept_in_the_draft_and_not_submitted() -> None:
    interview = begin(CONSENT)
    give(interview, "consent", consent="yes")
    give(interview, "age", age="40")
    give(interview, "need", need="kursi roda")
    give(interview, "age", age="17")
    assert interview.answers() == {"consent": "yes", "age": 17}
    give(interview, "age", age="41")
    assert interview.answers()["need"] == "kursi roda"


def test_a_draft_taken_up_again_is_the_same_interview() -> None:
    interview = begin(CONSENT)
    give(interview, "consent", consent="yes")
    give(interview, "age", age="40")
    again = Interview.resume(interview.form, circumstances("en"), interview.state())
    assert again.state() == interview.state()
    frontier = again.frontier()
    assert frontier is not None
    assert frontier.id == "need"
    label = again.label(frontier.asked[0])
    assert label is not None
    assert (label.language, label.markup) == ("en", "Need")


PARTS = """
settings:
  - form_id: parts
survey:
  - {type: begin group, name: you, appearance: field-list, label: {id: Tentang Anda, en: About you}}
  - {type: text, name: name, label: {id: Nama, en: Name}, class: C, required: yes}
  - {type: select_one colour, name: colour, label: {id: Warna, en: Colour}}
  - {type: end group}
  - {type: begin group, name: more, label: {id: Lainnya, en: More}}
  - {type: calculate, name: colour_label, calculation: "jr:choice-name(${colour}, '${colour}')"}
  - {type: select_multiple colour, name: others, required: yes,
     label: {id: "Selain ${colour_label}?", en: "Besides ${colour_label}?"},
     constraint: "not(selected(., ${colour})) and count-selected(.) <= 2"}
  - {type: decimal, name: size, label: {id: Ukuran, en: Size}}
  - {type: end group}
choices:
  - {list_name: colour, name: red, label: {id: Merah, en: Red}}
  - {list_name: colour, name: blue, label: {id: Biru, en: Blue}}
  - {list_name: colour, name: pns, label: {id: Memilih tidak menjawab, en: Prefer not to say}}
"""


def test_a_field_list_is_one_page_with_the_group_s_heading() -> None:
    interview = begin(PARTS)
    page = interview.page("you")
    heading = interview.heading(page)
    assert heading is not None
    assert heading.markup == "Tentang Anda"
    assert [asked.field for asked in page.asked] == ["name", "colour"]
    assert [asked.required for asked in page.asked] == [True, False]


def test_contact_data_is_kept_apart_and_values_are_typed() -> None:
    interview = begin(PARTS)
    give(interview, "you", name="Sri", colour="red")
    give(interview, "others", others="blue pns")
    give(interview, "size", size="1.5")
    assert interview.contacts() == {"you": {"name": "Sri"}}
    answers = interview.answers()
    assert answers["you"] == {"colour": "red"}
    assert answers["more"]["others"] == ["blue", "pns"]
    assert answers["more"]["size"] == 1.5
    assert interview.frontier() is None
    again = Interview.of_response(
        interview.form, circumstances(), interview.answers(), interview.contacts()
    )
    assert again.answers() == answers
    assert again.contacts() == interview.contacts()
    assert again.frontier() is None


def test_piped_labels_follow_the_language_and_are_not_markup() -> None:
    interview = begin(PARTS)
    give(interview, "you", name="Sri", colour="red")
    label = interview.label(interview.page("others").asked[0])
    assert label is not None
    assert label.markup == "Selain Merah?"
    english = Interview.resume(interview.form, circumstances("en"), interview.state())
    label = english.label(english.page("others").asked[0])
    assert label is not None
    assert label.markup == "Besides Red?"


def test_what_was_typed_cannot_become_markup_when_it_is_piped() -> None:
    interview = begin(PARTS.replace("${colour_label}", "${name}"))
    give(interview, "you", name="*Sri* [x](http://y)", colour="red")
    label = interview.label(interview.page("others").asked[0])
    assert label is not None
    assert label.markup == r"Selain \*Sri\* \[x\]\(http://y\)?"


def test_a_required_question_with_a_way_out_says_so() -> None:
    interview = begin(PARTS)
    give(interview, "you", name="Sri")
    assert [p.code for p in interview.problems()] == ["required_way_out"]


def test_progress_counts_parts_that_never_change() -> None:
    interview = begin(PARTS)
    assert (interview.progress("you").part, interview.progress("you").parts) == (1, 2)
    give(interview, "you", name="Sri")
    progress = interview.progress("others")
    assert (progress.part, progress.parts) == (2, 2)
    assert progress.section is not None
    assert progress.section.markup == "Lainnya"


def test_review_has_every_answer_in_words_and_the_unasked_when_wanted() -> None:
    interview = begin(CONSENT)
    give(interview, "consent", consent="yes")
    give(interview, "age", age="17")
    review = interview.review()
    assert [(r.question.name, [c.markup for c in r.chosen], r.value) for r in review] == [
        ("consent", ["Ya"], "yes"),
        ("age", [], "17"),
    ]
    everything = interview.review(everything=True)
    assert [(r.question.name, r.page) for r in everything] == [
        ("consent", "consent"), ("age", "age"), ("need", None),
    ]  # fmt: skip


ROWS = """
settings:
  - form_id: rows
survey:
  - {type: text, name: head, label: {id: Kepala, en: Head}}
  - {type: begin repeat, name: member, label: {id: Anggota, en: Member}}
  - {type: text, name: who, label: {id: Siapa, en: Who}, required: yes}
  - {type: integer, name: years, label: {id: "Umur ${who}", en: "Age of ${who}"}}
  - {type: calculate, name: place, calculation: "position(..)"}
  - {type: end repeat}
  - {type: calculate, name: total, calculation: "sum(${years})"}
  - {type: calculate, name: people, calculation: "count(${member})"}
  - {type: note, name: told, label: {id: "Jumlah ${total}", en: "Total ${total}"}}
"""


def test_rows_are_added_changed_and_removed_on_the_hub() -> None:
    interview = begin(ROWS)
    hub = give(interview, "head", head="Ani")
    assert hub is not None
    assert (hub.id, hub.rows) == ("member", ())
    first = interview.add_row("member")
    assert first.id == "member/1/who"
    following = give(interview, first.id, who="Budi")
    assert following is not None
    assert following.id == "member/1/years"
    back = give(interview, following.id, years="30")
    assert back is not None
    assert back.id == "member"
    second = interview.add_row("member")
    give(interview, second.id, who="Citra")
    give(interview, "member/2/years", years="5")
    told = give(interview, "member")
    assert told is not None
    heading = interview.heading(told)
    assert heading is not None
    assert heading.markup == "Jumlah 35"
    interview.remove_row("member", 1)
    assert interview.answers() == {
        "head": "Ani",
        "member": [{"who": "Citra", "years": 5, "place": "1"}],
        "total": "5",
        "people": "1",
    }


def test_a_row_begun_stands_in_the_way_until_it_is_answered_or_removed() -> None:
    interview = begin(ROWS)
    give(interview, "head", head="Ani")
    interview.add_row("member")
    frontier = interview.frontier()
    assert frontier is not None
    assert frontier.id == "member/1/who"
    with pytest.raises(OffPath):
        interview.page("told")


COUNTED = """
settings:
  - form_id: counted
survey:
  - {type: integer, name: number, label: {id: Berapa, en: How many}}
  - {type: begin repeat, name: visit, repeat_count: "${number}", label: {id: Kunjungan, en: Visit}}
  - {type: text, name: why, label: {id: Mengapa, en: Why}}
  - {type: end repeat}
"""


@pytest.mark.parametrize(
    ("number", "rows"), [("2", 2), ("0", 0), ("", 0), ("-1", 0), ("1000000000", 200)]
)
def test_a_count_makes_rows_without_a_hub_and_never_too_many(number: str, rows: int) -> None:
    interview = begin(COUNTED)
    give(interview, "number", number=number)
    assert len(interview.pages()) == 1 + rows
    assert all(page.repeat is None for page in interview.pages())


def test_fewer_rows_take_away_the_last_ones() -> None:
    interview = begin(COUNTED)
    give(interview, "number", number="2")
    give(interview, "visit/1/why", why="a")
    give(interview, "visit/2/why", why="b")
    give(interview, "number", number="1")
    assert interview.answers() == {"number": 1, "visit": [{"why": "a"}]}


DRAWN = """
settings:
  - form_id: drawn
survey:
  - {type: today, name: day}
  - {type: deviceid, name: device}
  - {type: hidden, name: activity}
  - {type: calculate, name: draw, calculation: "random()"}
  - {type: calculate, name: mark, calculation: "uuid()"}
  - {type: text, name: word, label: {id: Kata, en: Word}, default: "concat('a', 'b')"}
  - {type: text, name: plain, label: {id: Kata, en: Word}, default: begin}
"""


def test_chance_metadata_defaults_and_links_are_set_once() -> None:
    interview = begin(DRAWN, activity="7")
    before = interview.answers()
    assert before["day"] == "2026-11-24"
    assert before["device"] == "phone-1"
    assert before["activity"] == "7"
    assert (before["word"], before["plain"]) == ("ab", "begin")
    give(interview, "word", word="")
    later = Interview.resume(interview.form, circumstances("en"), interview.state()).answers()
    assert "word" not in later
    assert (later["draw"], later["mark"]) == (before["draw"], before["mark"])


CASCADE = """
settings:
  - form_id: cascade
survey:
  - {type: select_one prov, name: prov, label: {id: Provinsi, en: Province}}
  - {type: select_one town, name: town, choice_filter: "prov = ${prov}",
     label: {id: Kota, en: Town}}
choices:
  - {list_name: prov, name: jt, label: {id: Jawa Timur, en: East Java}}
  - {list_name: prov, name: bl, label: {id: Bali, en: Bali}}
  - {list_name: town, name: sby, prov: jt, label: {id: Surabaya, en: Surabaya}}
  - {list_name: town, name: sit, prov: jt, label: {id: Situbondo, en: Situbondo}}
  - {list_name: town, name: dps, prov: bl, label: {id: Denpasar, en: Denpasar}}
"""


def test_a_choice_filter_offers_what_fits_and_an_answer_left_behind_is_a_problem() -> None:
    interview = begin(CASCADE)
    give(interview, "prov", prov="jt")
    town = interview.page("town").asked[0]
    assert [choice.value for choice in interview.choices(town)] == ["sby", "sit"]
    give(interview, "town", town="sit")
    assert interview.frontier() is None
    give(interview, "prov", prov="bl")
    frontier = interview.frontier()
    assert frontier is not None
    assert frontier.id == "town"
    assert [p.code for p in interview.problems()] == ["choice"]


def test_a_required_choice_of_nothing_does_not_end_the_interview() -> None:
    interview = begin(CASCADE.replace("name: town,", "name: town, required: yes,", 1))
    give(interview, "prov")
    assert interview.choices(interview.page("town").asked[0]) == ()
    give(interview, "town")
    assert interview.frontier() is None
    give(interview, "prov", prov="bl")
    assert [p.code for p in interview.problems()] == ["required"]


def test_an_expression_that_fails_on_an_answer_counts_as_empty() -> None:
    interview = begin("""
settings:
  - form_id: failing
survey:
  - {type: text, name: pattern, label: {id: Pola, en: Pattern}}
  - {type: calculate, name: fits, calculation: "regex('a', ${pattern})"}
  - {type: text, name: next, label: {id: Berikut, en: Next}}
""")
    give(interview, "pattern", pattern="(")
    assert "fits" not in interview.answers()
    give(interview, "pattern", pattern="a")
    assert interview.answers()["fits"] == "true"
