"""What pyxform says in English has a sentence of ours, its place, and the right weight."""

from __future__ import annotations

import pytest

from app.questionnaire.problems import FormErrors, Problem, Severity
from app.questionnaire.xlsform import convert

CHOICES = """
choices:
  - {list_name: l, name: a, label: A}
  - {list_name: l, name: b, label: B}
"""


def refused(*rows: str, more: str = "") -> Problem:
    survey = "".join(f"  - {{{row}}}\n" for row in ("type: text, name: first, label: A", *rows))
    with pytest.raises(FormErrors) as refusal:
        convert(f"survey:\n{survey}{more}".encode())
    (found,) = refusal.value.problems
    assert found.severity is Severity.ERROR
    return found


def told(*rows: str, more: str = "") -> list[Problem]:
    survey = "".join(f"  - {{{row}}}\n" for row in rows)
    problems = convert(f"survey:\n{survey}{more}".encode()).problems
    return [each for each in problems if each.code != "form_id_missing"]


RANGE = "type: range, name: r, label: R, parameters: {}"


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("start=0 end=x", "range_invalid"),
        ("start=0 end=10 step=0", "range_invalid"),
        ("start=0 end=10 step=20", "range_invalid"),
        ("start=0 end=10 step=2 tick_interval=3", "range_ticks"),
        ("start=0 end=10 tick_labelset=missing", "range_ticks"),
        ("start 0", "parameters_shape"),
        ("begin=0", "parameter_unknown"),
    ],
)
def test_parameters_of_a_range(parameters: str, code: str) -> None:
    found = refused(RANGE.format(parameters))
    assert (found.code, found.sheet, found.row) == (code, "survey", 3)


def test_two_columns_for_the_same() -> None:
    found = refused("type: text, name: b, caption: B")
    assert found.code == "column_twice"
    assert {found.params["one"], found.params["other"]} == {"label", "caption"}


def test_a_filter_with_other() -> None:
    row = "type: select_one l or_other, name: s, label: S, choice_filter: true()"
    assert refused(row, more=CHOICES).code == "choice_filter_with"


def test_a_file_of_another_type() -> None:
    assert refused("type: select_one_from_file a.txt, name: s, label: S").code == "list_file_type"


def test_big_image_alone() -> None:
    assert refused("type: text, name: s, label: S, big-image: a.png").code == "big_image"


def test_a_repeat_with_a_name_that_is_taken() -> None:
    rows = ("type: begin_repeat, name: r", "type: text, name: b, label: B", "type: end_repeat")
    found = refused(*rows, "type: begin_group, name: g, label: G", *rows, "type: end_group")
    assert (found.code, found.sheet, found.column) == ("name_alike", "survey", "name")


def test_warnings_keep_their_weight() -> None:
    rows = ("type: text, name: age, label: A", "type: text, name: Age, label: B")
    (found,) = told(*rows)
    assert (found.code, found.severity, found.row) == ("name_alike", Severity.WARNING, 3)


def test_a_repeat_without_a_label() -> None:
    rows = ("type: begin_repeat, name: r", "type: text, name: b, label: B", "type: end_repeat")
    assert [each.code for each in told(*rows)] == ["repeat_unlabelled"]


def test_what_old_phones_recorded() -> None:
    (found,) = told("type: text, name: a, label: A", "type: simserial, name: s")
    assert (found.code, found.params) == ("never_recorded", {"type": "simserial"})


def test_what_is_about_other_tools_is_left_out() -> None:
    rows = (
        "type: image, name: i, label: I",
        "type: begin_group, name: g",
        "type: text, name: b, label: B, disabled: no",
        "type: end_group",
    )
    assert told(*rows) == []
