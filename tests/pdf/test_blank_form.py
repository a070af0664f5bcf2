"""The form on paper: every question with its code and its rule in words, in a sound tagged PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from flask import Flask

from app import languages
from app.questionnaire.model import Form
from app.questionnaire.xlsform import convert
from app.summaries.blank import Line, lines, render
from tests.pdf.tags import faults, text

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "xlsforms"
TINY = sorted((ROOT / "tests" / "forms").glob("*.yaml"))


@cache
def form(path: Path) -> Form:
    return convert(path.read_bytes()).form


def on_paper(app: Flask, of: Form, language: str = "en") -> list[Line]:
    with app.app_context(), languages.speaking(language):
        return list(lines(of, language))


def printed(app: Flask, of: Form, language: str, large: bool = False) -> bytes:
    published: Any = SimpleNamespace(form=of)
    with app.app_context():
        return render(published, language, large=large)


def of_rule(rule: str) -> Form:
    """A form whose last question is asked by ``rule``."""
    both = {"en": "Fruit you like", "id": "Buah yang disukai"}
    sheets = {
        "settings": [{"form_id": "rules", "default_language": "English (en)"}],
        "survey": [
            {"type": "integer", "name": "age", "label": {"en": "Age", "id": "Umur"}},
            {"type": "select_one yn", "name": "ok", "label": {"en": "OK?", "id": "Boleh?"}},
            {"type": "select_multiple yn", "name": "some", "label": both},
            {"type": "text", "name": "last", "label": {"en": "Last", "id": "Akhir"},
             "relevant": rule},
        ],
        "choices": [
            {"list_name": "yn", "name": "y", "label": {"en": "Yes", "id": "Ya"}},
            {"list_name": "yn", "name": "n", "label": {"en": "No", "id": "Tidak"}},
        ],
    }  # fmt: skip
    return convert(yaml.safe_dump(sheets, sort_keys=False).encode()).form


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("${ok} = 'y'", "Only if the answer to question 2 is “Yes”."),
        ("'y' != ${ok}", "Only if the answer to question 2 is not “Yes”."),
        ("selected(${some}, 'n')", "Only if “No” is chosen in question 3."),
        ("not(selected(${some}, 'n'))", "Only if “No” is not chosen in question 3."),
        ("${age} >= 18", "Only if the answer to question 1 is at least 18."),
        ("18 > ${age}", "Only if the answer to question 1 is less than 18."),
        ("not(${age} > 60)", "Only if the answer to question 1 is at most 60."),
        ("${age} != ''", "Only if question 1 has an answer."),
        ("not(${ok} != '')", "Only if question 2 has no answer."),
        (
            "${age} < 5 and ${ok} = 'y'",
            "Only if the answer to question 1 is less than 5 and the answer to question 2 is"
            " “Yes”.",
        ),
        (
            "not(${age} < 5 and ${ok} = 'y')",
            "Only if the answer to question 1 is at least 5 or the answer to question 2 is not"
            " “Yes”.",
        ),
    ],
)
def test_simple_rules_are_sentences(app: Flask, rule: str, said: str) -> None:
    last = on_paper(app, of_rule(rule))[-1]
    assert (last.rule, last.written) == (said, "")


@pytest.mark.parametrize(
    "rule",
    [
        "string-length(${ok}) > 2",
        "${age} + 1 > 5",
        "${ok} = 'y' and (${age} < 5 or ${age} > 60)",
        "count-selected(${some}) = 2",
    ],
)
def test_other_rules_stand_at_the_end_as_they_were_written(app: Flask, rule: str) -> None:
    last = on_paper(app, of_rule(rule))[-1]
    assert last.rule == "Not everybody is asked this: see the rules at the end."
    assert last.written
    assert last.written in " ".join(text(printed(app, of_rule(rule), "en")).split())


def test_a_rule_in_indonesian(app: Flask) -> None:
    last = on_paper(app, of_rule("${ok} = 'y'"), "id")[-1]
    assert last.rule == "Hanya jika jawaban nomor 2 adalah “Ya”."


@pytest.mark.parametrize("path", TINY, ids=lambda path: path.stem)
def test_every_question_that_is_asked_is_on_the_paper(app: Flask, path: Path) -> None:
    of = form(path)
    found = on_paper(app, of)
    asked = [q.name for q in of.questions() if q.kind.takes_answer and not q.readonly]
    assert [line.code for line in found if line.number] == asked
    assert [line.number for line in found if line.number] == [
        str(number) for number in range(1, len(asked) + 1)
    ]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_is_sound(app: Flask, language: str, large: bool) -> None:
    for name in ("types", "repeats", "gate", "selects"):
        data = printed(app, form(ROOT / "tests" / "forms" / f"{name}.yaml"), language, large)
        assert faults(data) == []


def test_codes_are_printed_and_large_print_is_set_anew(app: Flask) -> None:
    of = form(ROOT / "tests" / "forms" / "gate.yaml")
    normal, large = (printed(app, of, "id", size) for size in (False, True))
    for code in ("[agree]", "[yes]", "[age]"):
        assert code in text(normal)
        assert code in text(large)
    assert text(large).count("\f") > text(normal).count("\f")


def test_forms_of_others_are_printed(app: Flask) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/xlsforms is not on this machine")
    for name in ("onadata__good_eats_multilang.xlsx", "xlsform2lstsv__testB.xlsx"):
        data = printed(app, form(SHARED / name), "id")
        assert faults(data) == []
