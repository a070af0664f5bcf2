"""Forms that people really use: each is read, or refused with the place and the reason.

They are not ours to pass on, so they are outside the repository and the tests skip without them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.questionnaire.model import PLAIN
from app.questionnaire.problems import FormErrors
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import Converted, convert

FOLDER = Path(__file__).parents[2].parent / "shared" / "xlsforms"

READ = {
    "onadata__choice_filter.xlsx": 3,
    "onadata__good_eats_multilang.xlsx": 10,
    "onadata__new_repeats.xlsx": 7,
    "onadata__sample_accent.xlsx": 1,
    "onadata__select_one_choices_test.xlsx": 290,
    "onadata__tutorial_arabic_labels.xlsx": 6,
    "pyxform__attribute_columns_test.xlsx": 40,
    "pyxform__calculate.xls": 2,
    "pyxform__field-list.xlsx": 1,
    "pyxform__gps.xls": 1,
    "pyxform__group.md": 3,
    "pyxform__ict_survey_fails.xls": 1,
    "pyxform__loop.xls": 6,
    "pyxform__or_other.xlsx": 3,
    "pyxform__pull_data.xlsx": 1,
    "pyxform__sms_info.xls": 8,
    "pyxform__specify_other.md": 2,
    "pyxform__text_and_integer.md": 2,
    "pyxform__text_and_integer.xls": 2,
    "pyxform__xml_escaping.xls": 1,
    "pyxform__yes_or_no_question.csv": 1,
    "pyxform__yes_or_no_question.md": 1,
    "pyxform__yes_or_no_question.xls": 1,
    "pyxform__yes_or_no_question.xlsx": 1,
    "web-forms__whova_form.xlsx": 485,
    "xlsform2lstsv__testB.xlsx": 45,
}
"""File → how many of its questions a person sees (with those that or_other and loops add)."""

REFUSED = {"pyxform__UCL_Biomass_Plot_Form.xlsx": [("nested_repeat", "survey", 43, "stems")]}
"""File → why: code, sheet, row, question."""


def source(name: str) -> bytes:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


@pytest.mark.parametrize("name", READ)
def test_reads(name: str) -> None:
    converted = convert(source(name), name=name)
    form = read_form(converted.xml, converted.extras, converted.files)
    assert sum(question.kind.asked for question in form.questions()) == READ[name]
    for question in form.questions():
        if question.kind.selects:
            assert question.itemset is not None, question.ref
            assert form.lists[question.itemset.list_name], question.ref
        if question.kind.asked:
            assert question.label or question.hint, question.ref


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_with_place_and_reason(name: str) -> None:
    with pytest.raises(FormErrors) as refused:
        convert(source(name), name=name)
    found = [
        (each.code, each.sheet, each.row, each.question)
        for each in refused.value.problems
        if each.severity == "error"
    ]
    assert found == REFUSED[name]


def test_every_form_of_the_folder_is_named_here() -> None:
    if not FOLDER.exists():
        pytest.skip(f"{FOLDER} is not here")
    files = {path.name for path in FOLDER.iterdir() if path.suffix != ".tsv"}
    assert files == {*READ, *REFUSED}


def codes(converted: Converted) -> set[str]:
    return {each.code for each in converted.problems}


def test_mends_what_is_harmless_and_says_so() -> None:
    assert "choice_duplicates" in codes(convert(source("onadata__choice_filter.xlsx")))
    changed = convert(source("pyxform__attribute_columns_test.xlsx"))
    assert "form_id_changed" in codes(changed)
    assert read_form(changed.xml, changed.extras).id == "spec-test"


def test_names_languages_by_their_tags() -> None:
    for name, tags in {
        "onadata__tutorial_arabic_labels.xlsx": ("en", "ar"),
        "onadata__good_eats_multilang.xlsx": ("en", "fr"),
        "xlsform2lstsv__testB.xlsx": ("de", "en"),
    }.items():
        converted = convert(source(name))
        assert read_form(converted.xml, converted.extras).languages == tags


def test_never_shows_the_mark_of_a_missing_translation() -> None:
    converted = convert(source("web-forms__whova_form.xlsx"))
    form = read_form(converted.xml, converted.extras, converted.files)
    shown = [
        template
        for text in form.texts.values()
        for template in text.versions.get(PLAIN, {}).values()
    ]
    assert shown
    assert ("-",) not in shown
