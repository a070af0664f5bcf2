"""An XLSForm of any file type is converted, or refused with every problem at its place."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from app.questionnaire.model import Form
from app.questionnaire.problems import SENTENCES, FormErrors, Problem, message
from app.questionnaire.workbook import Workbook
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from app.questionnaire.xlsform_read import read_workbook
from tests.questionnaire.tiny import asked, words

Sheets = Mapping[str, Sequence[Sequence[object]]]

SHEETS: Sheets = {
    "survey": [
        ["type", "name", "label", "required"],
        ["integer", "age", "How old?", True],
        [],
        ["select_one yes_no", "agree", "Agree?", "yes"],
    ],
    "choices": [["list_name", "name", "label"], ["yes_no", 1, "Yes"], ["yes_no", 0.0, "No"]],
    "settings": [["form_id", "version"], ["tiny", 3.0]],
}


def xlsx(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(separator: str = ",") -> bytes:
    return """"survey"
,"type","name","label","required"
,"integer","age","How old?","TRUE"
,"select_one yes_no","agree","Agree?","yes"
"choices"
,"list_name","name","label"
,"yes_no","1","Yes"
,"yes_no","0","No"
"settings"
,"form_id","version"
,"tiny","3"
""".replace(",", separator).encode("utf-8-sig")


MARKDOWN = b"""
# A comment
| survey |
|        | type              | name  | label    | required |
|        | ----------------- | ----- | -------- | -------- |
|        | integer           | age   | How old? | TRUE     |
|        | select_one yes_no | agree | Agree?   | yes      |
| choices |
|        | list_name | name | label |
|        | yes_no    | 1    | Yes   |
|        | yes_no    | 0    | No    | # and a comment
| settings |
|        | form_id | version |
|        | tiny    | 3       |
"""

YAML = b"""
survey:
  - type: integer
    name: age
    label: How old?
    required: TRUE
  - {type: select_one yes_no, name: agree, label: Agree?, required: yes}
choices:
  - {list_name: yes_no, name: 1, label: Yes}
  - {list_name: yes_no, name: 0, label: No}
settings:
  - {form_id: tiny, version: 3}
"""


def read(source: bytes) -> Form:
    converted = convert(source)
    return read_form(converted.xml, converted.extras, converted.files)


def problems(source: bytes) -> list[Problem]:
    with pytest.raises(FormErrors) as refused:
        convert(source)
    return [each for each in refused.value.problems if each.severity == "error"]


def survey(*rows: str, choices: str = "") -> bytes:
    """A form in YAML: one row of the survey a line, from line 2 on."""
    listed = "".join(f"\n  - {{{row}}}" for row in rows)
    return f"survey:{listed}\n{choices}settings:\n  - form_id: tiny\n".encode()


CHOICES = "choices:\n  - {list_name: l, name: a, label: A}\n"


@pytest.mark.parametrize(
    "source",
    [xlsx(SHEETS), csv(), csv(";"), MARKDOWN, YAML],
    ids=["xlsx", "csv", "csv with semicolons", "markdown", "yaml"],
)
def test_every_file_type_says_the_same(source: bytes) -> None:
    form = read(source)
    assert (form.id, form.version) == ("tiny", "3")
    assert words(asked(form, "age").label) == "How old?"
    assert asked(form, "age").required is not None
    assert [(c.value, words(c.label)) for c in form.lists["yes_no"]] == [("1", "Yes"), ("0", "No")]


def test_rows_are_numbered_as_their_author_sees_them() -> None:
    numbers = {
        kind: [row.number for row in read_workbook(source).sheet("survey").rows]
        for kind, source in {"xlsx": xlsx(SHEETS), "csv": csv(), "yaml": YAML}.items()
    }
    assert numbers == {"xlsx": [2, 4], "csv": [3, 4], "yaml": [3, 7]}


def test_a_lone_sheet_of_any_name_is_the_survey() -> None:
    workbook = read_workbook(xlsx({"Sheet1": SHEETS["survey"]}))
    assert list(workbook.sheets) == ["survey"]


def test_sheets_of_the_author_are_told_and_left_alone() -> None:
    converted = convert(xlsx({**SHEETS, "notes": [["anything"]]}))
    assert [(each.code, each.params["name"]) for each in converted.problems] == [
        ("sheet_ignored", "notes")
    ]


def test_yaml_keeps_every_scalar_as_it_is_written() -> None:
    rows = read_workbook(b"survey:\n  - {type: text, name: no, label: 2026-08-17}\n").sheet(
        "survey"
    )
    assert rows.rows[0].cells == {"type": "text", "name": "no", "label": "2026-08-17"}


def test_yaml_languages_are_columns() -> None:
    row = read_workbook(b"survey:\n  - label:\n      id: Umur?\n      en: Age?\n      jv: Umure?\n")
    assert row.sheet("survey").columns == (
        "label::Bahasa Indonesia (id)",
        "label::English (en)",
        "label::Basa Jawa (jv)",
    )


def test_a_workbook_survives_being_kept_as_data() -> None:
    workbook = read_workbook(xlsx(SHEETS))
    assert Workbook.from_data(workbook.as_data()) == workbook


def test_the_same_form_gives_the_same_bytes() -> None:
    assert convert(YAML).xml == convert(YAML).xml


def test_curly_quotation_marks_stay_in_texts_and_go_in_expressions() -> None:
    form = read(
        survey(
            "type: text, name: a, label: 'Kata “Anda” dan ‘kami’'",
            "type: text, name: b, label: B, relevant: '${a} = ‘x’'",
        )
    )
    assert words(asked(form, "a").label) == "Kata “Anda” dan ‘kami’"
    relevant = asked(form, "b").relevant
    assert relevant is not None
    assert relevant.text == "/data/a  = 'x'"


def test_a_question_may_be_named_data() -> None:
    converted = convert(
        survey("type: text, name: data, label: D", "type: note, name: n, label: '${data}'")
    )
    form = read_form(converted.xml, converted.extras)
    assert asked(form, "data").ref == "/form_root/data"
    assert [each.code for each in converted.problems] == ["root_renamed"]


def test_a_form_without_id_is_called_after_its_file_or_title() -> None:
    rows = "survey:\n  - {type: text, name: a, label: A}\n"
    titled = f"{rows}settings:\n  - form_title: Suara Kami – 2026\n".encode()
    by_file = convert(titled, name="C:\\forms/Survei Desa.v2.xlsx")
    by_title = convert(titled)
    by_content = convert(rows.encode())
    ids = [read_form(each.xml, each.extras).id for each in (by_file, by_title, by_content)]
    assert ids[:2] == ["survei-desa-v2", "suara-kami-2026"]
    assert ids[2].startswith("form-")


ONE_PROBLEM = {
    "a type that does not exist": (
        survey("type: txt, name: a, label: A"),
        ("type_unknown", 2, "type", "a"),
    ),
    "a type of another dialect": (
        survey("type: begin_kobomatrix, name: a, label: A", "type: text, name: b, label: B"),
        ("type_unknown", 2, "type", "a"),
    ),
    "a type that cannot be answered here": (
        survey("type: geotrace, name: a, label: A"),
        ("type_unsupported", 2, "type", "a"),
    ),
    "no type": (survey("name: a, label: A", "type: text, name: b, label: B"),
                ("type_missing", 2, "type", "a")),
    "no name": (survey("type: text, label: A"), ("name_missing", 2, "name", "")),
    "a name with a space": (
        survey("type: text, name: a b, label: A"),
        ("name_invalid", 2, "name", "a b"),
    ),
    "a name twice": (
        survey("type: text, name: a, label: A", "type: text, name: a, label: A"),
        ("name_duplicate", 3, "name", "a"),
    ),
    "the reserved name": (
        survey("type: text, name: meta, label: A"),
        ("name_reserved", 2, "name", "meta"),
    ),
    "no label": (survey("type: text, name: a"), ("label_missing", 2, "label", "a")),
    "no calculation": (
        survey("type: calculate, name: a", "type: text, name: b, label: B"),
        ("calculation_missing", 2, "calculation", "a"),
    ),
    "a list that does not exist": (
        survey("type: select_one l, name: a, label: A"),
        ("list_missing", 2, "type", "a"),
    ),
    "no list": (
        survey("type: select_one, name: a, label: A"),
        ("list_name_missing", 2, "type", "a"),
    ),
    "a group without end": (
        survey("type: begin_group, name: g, label: G", "type: text, name: a, label: A"),
        ("begin_without_end", 2, "type", "g"),
    ),
    "an end without group": (
        survey("type: text, name: a, label: A", "type: end_group"),
        ("end_without_begin", 3, "", ""),
    ),
    "a repeat in a repeat": (
        survey(
            "type: begin_repeat, name: r, label: R",
            "type: begin_repeat, name: s, label: S",
            "type: text, name: a, label: A",
            "type: end_repeat",
            "type: end_repeat",
        ),
        ("nested_repeat", 3, "type", "s"),
    ),
    "a reference to nothing": (
        survey("type: note, name: a, label: 'Hello ${b}'"),
        ("reference_unknown", 2, "label", "a"),
    ),
    "a reference to two": (
        survey(
            "type: begin_group, name: g, label: G",
            "type: text, name: a, label: A",
            "type: end_group",
            "type: text, name: a, label: A",
            "type: note, name: n, label: '${a}'",
        ),
        ("reference_ambiguous", 6, "label", "n"),
    ),
    "a reference that is not closed": (
        survey("type: text, name: a, label: A, relevant: '${a'"),
        ("reference_malformed", 2, "relevant", "a"),
    ),
    "a trigger that does not exist": (
        survey("type: calculate, name: a, calculation: now(), trigger: '${b}'",
               "type: text, name: c, label: C"),
        ("trigger_missing", 2, "trigger", "a"),
    ),
    "an expression that breaks off": (
        survey(
            "type: text, name: a, label: A", "type: text, name: b, label: B, relevant: '${a} ='"
        ),
        ("expression_unexpected_end", 3, "relevant", "b"),
    ),
    "a function that does not exist": (
        survey("type: text, name: a, label: A, constraint: 'dance(.)'"),
        ("expression_unknown_function", 2, "constraint", "a"),
    ),
    "a pattern that cannot be used": (
        survey("type: text, name: a, label: A, constraint: \"regex(., '(')\""),
        ("expression_bad_pattern", 2, "constraint", "a"),
    ),
    "calculations in a circle": (
        survey(
            "type: calculate, name: a, calculation: '${b} + 1'",
            "type: calculate, name: b, calculation: '${a} + 1'",
            "type: text, name: c, label: C",
        ),
        ("cycle", 2, "", "a"),
    ),
    "a choice with a space for several answers": (
        survey(
            "type: select_multiple l, name: a, label: A",
            choices="choices:\n  - {list_name: l, name: a b, label: A}\n",
        ),
        ("choice_name_space", 4, "name", "a b"),
    ),
    "a choice without name": (
        survey(
            "type: select_one l, name: a, label: A",
            choices=CHOICES + "  - {list_name: l, label: B}\n",
        ),
        ("choice_name_missing", 5, "name", ""),
    ),
    "a setting that cannot be": (
        survey("type: text, name: a, label: A") + b"    keep_days: two years\n",
        ("setting_invalid", 4, "keep_days", ""),
    ),
    "no question at all": (
        survey("type: begin_group, name: g, label: G", "type: end_group"),
        ("no_questions", None, "", ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_PROBLEM)
def test_a_problem_is_told_at_its_place(case: str) -> None:
    source, expected = ONE_PROBLEM[case]
    (found,) = problems(source)
    assert (found.code, found.row, found.column, found.question) == expected
    assert "%(" not in message(found)


def test_all_problems_are_told_at_once() -> None:
    source = survey(
        "type: txt, name: a, label: A",
        "type: select_one l, name: b, label: B",
        "type: text, name: c, label: C, relevant: '${a} = ('",
        "type: note, name: d, label: '${nobody}'",
    )
    found = {(each.code, each.row) for each in problems(source)}
    assert found == {
        ("type_unknown", 2),
        ("list_missing", 3),
        ("expression_unexpected_end", 4),
        ("reference_unknown", 5),
    }


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\n",
        b"hello",
        b"a,b\n1,2\n",
        b"| one |",
        b"survey: text\n",
        b"survey:\n  - [a, b]\n",
        b"survey:\n  - {label: {id: {deep: er}}}\n",
        b"survey:\n  - {type: text, type: text}\n",
        b"survey:\n- {a: b\n",
        b"survey:\n",
        b"settings:\n  - form_id: a\n",
        b"<h:html/>",
        b"\xff\xfe\xff",
        b"\x80 not UTF-8",
        b'survey:\n  - {type: text, name: a, label: "A\\x07"}\n',
        xlsx({"survey": [["type", "name", "type"], ["text", "a", "b"]]}),
        xlsx({"survey": []}),
        xlsx({"choices": [["name"]], "notes": []}),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(source: bytes) -> None:
    for each in problems(source):
        assert message(each)
        assert "%(" not in message(each)


@pytest.mark.parametrize(
    "column", ["notes", "control", "bind", "actions", "label::en::fr", "type::x", "body::a b"]
)
def test_columns_that_mean_nothing_are_told_and_left_out(column: str) -> None:
    converted = convert(survey(f"type: text, name: a, label: A, '{column}': '${{'"))
    found = [(each.code, each.column) for each in converted.problems]
    assert found == [("column_ignored", column)]


def test_what_pyxform_cannot_do_is_told_at_our_place() -> None:
    (found,) = problems(
        survey("type: text, name: a, label: A", "type: text, name: b, label: B, parameters: a=1")
    )
    assert (found.code, found.row, found.column) == ("parameter_unknown", 3, "parameters")
    assert (found.params["name"], found.params["accepted"]) == ("a", "rows")


def test_every_sentence_has_what_it_needs() -> None:
    for code, (_, sentence) in SENTENCES.items():
        assert sentence % dict.fromkeys(_placeholders(sentence), "x"), code
        assert "%(" not in sentence % dict.fromkeys(_placeholders(sentence), "x")


def _placeholders(sentence: str) -> set[str]:
    return {part.partition(")")[0] for part in sentence.split("%(")[1:]}
