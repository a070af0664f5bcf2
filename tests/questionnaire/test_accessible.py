"""What shuts people out of a form is found in its spreadsheet, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.questionnaire.problems import Problem, Severity, message
from app.questionnaire.xlsform_accessible import check_accessible
from app.questionnaire.xlsform_plain import first_word, is_number, is_other, longest_sentence
from app.questionnaire.xlsform_read import read_workbook

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in (ROOT / "forms").glob("*-*.yaml") if ".summary" not in path.name)
OFFERED = {"id", "en"}

QUESTION = """
survey:
  - type: {type}
    name: q
    {cells}
choices:
  - {{list_name: l, name: a, label: {{id: Satu, en: One}}}}
  - {{list_name: l, name: b, label: {{id: Dua, en: Two}}}}
"""


def check(source: str) -> list[Problem]:
    return check_accessible(read_workbook(source.encode()), OFFERED)


def question(cells: str, type_: str = "text") -> list[Problem]:
    return check(QUESTION.format(type=type_, cells=cells))


def choices(*labels: str, language: str = "id") -> list[Problem]:
    rows = "".join(
        f"  - {{list_name: l, name: c{number}, label: {{{language}: '{label}'}}}}\n"
        for number, label in enumerate(labels)
    )
    survey = f"  - {{type: select_one l, name: q, label: {{{language}: Yang mana?}}}}\n"
    return check(f"survey:\n{survey}choices:\n{rows}")


def codes(found: list[Problem]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_forms_that_ship_have_no_problem(path: Path) -> None:
    assert check_accessible(read_workbook(path.read_bytes()), OFFERED) == []


def test_a_form_in_one_language_has_nothing_to_translate() -> None:
    assert question("label: Nama?\n    hint: Seperti di KTP") == []
    assert question("label: {id: Nama?}\n    hint: {id: Seperti di KTP}") == []


def test_a_missing_translation_is_told_at_its_cell() -> None:
    (found,) = question("label: {id: Nama?, en: Name?}\n    hint: {id: Boleh nama panggilan}")
    assert found.code == "translation_missing"
    assert found.severity is Severity.ERROR
    assert (found.sheet, found.row, found.question) == ("survey", 3, "q")
    assert found.column == "hint::English (en)"
    assert "English (en)" in message(found)


@pytest.mark.parametrize(
    "column", ["label", "hint", "guidance_hint", "constraint_message", "required_message"]
)
def test_every_text_that_people_read_is_looked_at(column: str) -> None:
    cells = f"hint: {{id: A, en: B}}\n    label: {{id: A, en: B}}\n    {column}: {{en: B}}"
    unique = cells.split("\n    ")
    kept = [line for line in unique[:-1] if not line.startswith(f"{column}:")]
    found = question("\n    ".join([*kept, unique[-1]]))
    assert [each.column for each in found] == [f"{column}::Bahasa Indonesia (id)"]


def test_a_choice_without_a_translation_is_told() -> None:
    source = QUESTION.format(type="select_one l", cells="label: {id: A, en: B}")
    (found,) = check(source.replace(", en: Two", ""))
    assert (found.sheet, found.row, found.question) == ("choices", 8, "b")


def test_what_nobody_meets_needs_no_translation() -> None:
    asked = "  - {type: text, name: q, label: {id: A, en: B}}\n"
    hidden = "  - {type: calculate, name: c, calculation: 1 + 1, label: {id: A}}\n"
    disabled = "  - {type: text, name: d, label: {id: A}, disabled: yes}\n"
    unused = "choices:\n  - {list_name: unused, name: a, label: {id: A}}\n"
    assert check(f"survey:\n{asked}{hidden}{disabled}{unused}") == []


def test_a_language_that_nobody_can_choose_here_is_a_warning() -> None:
    found = question(
        "label::English (en): Name?\n    label::Swahili (sw): Jina?\n    hint::English (en): Any"
    )
    assert [(each.code, each.severity) for each in found] == [
        ("translation_missing", Severity.WARNING)
    ]


def test_an_easier_wording_may_be_in_one_language_only() -> None:
    (found,) = question("label: {id: A, en: B}\n    easy_read: {id: A}")
    assert found.severity is Severity.WARNING


def test_a_column_without_its_language_is_told_once() -> None:
    rows = "".join(
        f"  - {{type: text, name: q{n}, label: {{id: A, en: B}}, hint: Some text}}\n"
        for n in range(3)
    )
    (found,) = check(f"survey:\n{rows}")
    assert (found.code, found.severity) == ("language_unsaid", Severity.ERROR)
    assert (found.row, found.column) == (1, "hint")


def test_the_default_language_is_that_of_columns_that_name_none() -> None:
    settings = "settings:\n  - {default_language: Bahasa Indonesia (id)}\n"
    survey = "survey:\n  - {type: text, name: q, label: Nama?, label::English (en): Name?}\n"
    assert check(survey + settings) == []
    assert codes(check(survey)) == ["language_unsaid"]


def test_a_title_in_one_language_is_a_warning() -> None:
    survey = "survey:\n  - {type: text, name: q, label: {id: A, en: B}}\n"
    (found,) = check(survey + "settings:\n  - form_title: {id: Judul}\n")
    assert (found.code, found.severity) == ("title_untranslated", Severity.WARNING)
    assert check(survey + "settings:\n  - form_title: {id: Judul, en: Title}\n") == []


def test_a_title_declares_its_language_too() -> None:
    survey = "survey:\n  - {type: text, name: q, label: {id: A}}\n"
    (found,) = check(survey + "settings:\n  - form_title: {id: Judul, en: Title}\n")
    assert (found.column, found.severity) == ("label::English (en)", Severity.ERROR)
    other_spelling = "settings:\n  - {'form_title::Indonesian (id)': Judul}\n"
    assert check(survey + other_spelling) == []


def test_a_picture_needs_words() -> None:
    picture = "media::image: rumah.png"
    assert codes(question(picture)) == ["picture_alone"]
    assert codes(question(f"label: Rumah\n    {picture}")) == ["alt_text_missing"]
    assert codes(question(f"alt_text: Rumah bambu\n    {picture}")) == []
    assert codes(question(f"label: A\n    alt_text: Rumah bambu\n    {picture}")) == []


def test_a_recording_needs_words() -> None:
    assert codes(question("media::audio: a.mp3")) == ["recording_alone"]
    assert codes(question("media::video: a.mp4")) == ["recording_alone"]
    assert question("label: Halo\n    media::audio: a.mp3") == []


def test_a_choice_that_is_only_a_picture_is_told() -> None:
    source = QUESTION.format(type="select_one l", cells="label: {id: A, en: B}")
    (found,) = check(source.replace("label: {id: Dua, en: Two}", "image: dua.png"))
    assert (found.code, found.sheet, found.column) == ("picture_alone", "choices", "image")


def test_a_label_that_is_only_a_number_is_told() -> None:
    assert codes(question("label: 1.")) == ["label_number"]
    assert question("label: 1. Nama") == []
    assert question("label: '${q} 2'") == []


def test_a_list_of_numbers_is_told_once() -> None:
    assert codes(choices("1", "2", "3")) == ["choices_numbers"]
    assert choices("1 – buruk", "2", "3 – baik") == []


def test_other_in_english_is_told_where_it_is_not_english() -> None:
    (found,) = choices("Sawah", "Other")
    assert (found.code, found.row, found.question) == ("other_english", 5, "c1")
    assert choices("Field", "Other", language="en") == []
    assert choices("Sawah", "Lainnya") == []


def test_choices_that_all_begin_alike_are_told_once() -> None:
    alike = [f"Kecamatan {name}" for name in ("Asembagus", "Besuki", "Kapongan", "Panji")]
    (found,) = choices(*alike)
    assert found.code == "choices_alike"
    assert found.params == {"list": "l", "word": "kecamatan"}
    assert choices(*alike[:3]) == []
    assert choices(*alike, "Di luar Situbondo") == []


def test_a_long_sentence_is_told_with_its_beginning() -> None:
    words = " ".join(["kata"] * 21)
    (found,) = question(f"label: 'Pendek. {words}. Pendek.'")
    assert (found.code, found.params["count"]) == ("sentence_long", "21")
    assert question(f"label: 'Pendek. {words.removesuffix(' kata')}. Pendek.'") == []


SENSITIVE = "label: {id: A, en: B}\n    class: S\n    required: "


@pytest.mark.parametrize("way_out", ["7", "pns", "none", "dk"])
def test_a_sensitive_question_that_lets_people_decline_may_be_required(way_out: str) -> None:
    source = QUESTION.format(type="select_one l", cells=f"{SENSITIVE}yes")
    assert codes(check(source)) == ["way_out_missing"]
    assert check(source.replace("name: b", f"name: {way_out}")) == []


@pytest.mark.parametrize("required", ["", "no", "false()"])
def test_a_sensitive_question_that_is_not_required_needs_no_way_out(required: str) -> None:
    assert question(SENSITIVE + required, "select_one l") == []


def test_a_sensitive_answer_that_is_typed_is_never_required() -> None:
    (found,) = question(f"{SENSITIVE}yes")
    assert (found.code, found.severity) == ("sensitive_required", Severity.ERROR)


def test_problems_come_in_the_order_of_the_sheets() -> None:
    source = QUESTION.format(type="select_one l", cells="label: {id: 1, en: 2}\n    image: a.png")
    found = check(source.replace(", en: Two", ""))
    assert [(each.sheet, each.row) for each in found] == [("survey", 3)] * 3 + [("choices", 9)]


@pytest.mark.parametrize(
    ("text", "count", "start"),
    [
        ("", 0, ""),
        ("Satu dua. Tiga empat lima!", 3, "Tiga empat lima"),
        ("Baris satu\nbaris kedua ini", 3, "baris kedua ini"),
        ("Umur ${nama} 12.5 tahun", 4, "Umur x 12.5 tahun"),
        ("[Baca ini](https://contoh.id/a?b=c d)", 2, "Baca ini"),
        ("“Sudah.” Lalu pulang bersama", 3, "Lalu pulang bersama"),
    ],
)
def test_the_longest_sentence(text: str, count: int, start: str) -> None:
    assert longest_sentence(text) == (count, start)


def test_the_first_word() -> None:
    assert first_word("**Desa** A") == "desa"
    assert first_word("…") == ""


@pytest.mark.parametrize("text", ["Other", "others:", "Other (please specify)", "OTHER, what?"])
def test_english_other(text: str) -> None:
    assert is_other(text)


@pytest.mark.parametrize("text", ["Otherwise", "Lainnya", "Mother", "Other people here"])
def test_not_english_other(text: str) -> None:
    assert not is_other(text)


def test_numbers() -> None:
    assert is_number("1–2")
    assert not is_number("–")
    assert not is_number("1 kali")
