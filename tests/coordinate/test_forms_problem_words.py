"""Every problem of a form has a full sentence in each language, safe whatever it quotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from app.coordinate.problem_words import MOST_PLACES, MOST_SENTENCES, place, sentence, tell
from app.questionnaire.problems import SENTENCES, Problem, Severity, problem

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
REPAIRED = {code for code, (severity, _) in SENTENCES.items() if severity is Severity.REPAIRED}


def example(code: str, value: str = "Contoh") -> Problem:
    severity, english = SENTENCES[code]
    params = dict.fromkeys(PLACEHOLDER.findall(english), value)
    return Problem(code, severity, "survey", 12, "label", "nama", params)


def said(app: Flask, found: Problem, tag: str) -> str:
    with app.test_request_context(f"/?lang={tag}"), force_locale(tag):
        return str(sentence(found))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_has_a_full_sentence_in_each_language(empty_app: Flask, code: str) -> None:
    english, indonesian = (said(empty_app, example(code), tag) for tag in ("en", "id"))
    assert english != indonesian
    for words in (english, indonesian):
        assert "%(" not in words
        assert re.search(r"[.!?](</bdi>)?$|Contoh</bdi>$", words), words
        assert words.count("Contoh") == len(PLACEHOLDER.findall(SENTENCES[code][1]))


TO_DO = re.compile(
    r"\b(add|begin|change|check|choose|correct|divide|fill|give|look|make|mend|name|put|remove|"
    r"rename|require|save|say|shorten|take|translate|upload|use|write)\b",
    re.IGNORECASE,
)
NOTHING_TO_DO = {"converter_warning", "file_unused"}


@pytest.mark.parametrize("code", sorted(set(SENTENCES) - REPAIRED - NOTHING_TO_DO))
def test_a_sentence_says_what_to_do(code: str) -> None:
    assert TO_DO.search(SENTENCES[code][1])


def test_what_is_quoted_is_text_and_marked_as_foreign(empty_app: Flask) -> None:
    words = said(empty_app, example("type_unknown", "<script>alert(1)</script> %(x)s"), "id")
    assert "<script>" not in words
    assert '<bdi lang="">&lt;script&gt;alert(1)&lt;/script&gt; %(x)s</bdi>' in words


def test_what_a_library_says_is_marked_as_english(empty_app: Flask) -> None:
    assert '<bdi lang="en">bad</bdi>' in said(empty_app, example("yaml", "bad"), "id")


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "sheet survey, row 12, column label, question nama"),
        ("id", "lembar survey, baris 12, kolom label, pertanyaan nama"),
    ],
)
def test_the_place_is_told_in_words(empty_app: Flask, tag: str, words: str) -> None:
    with empty_app.test_request_context(f"/?lang={tag}"):
        assert place(example("label_missing")).striptags() == words
        assert place(problem("too_large", limit=1)) == ""


def test_a_choice_is_called_a_choice(empty_app: Flask) -> None:
    found = replace(example("choice_label_missing"), sheet="choices", row=None, column="")
    with empty_app.test_request_context("/?lang=en"):
        assert place(found).striptags() == "sheet choices, choice nama"


def test_what_says_the_same_is_said_once(empty_app: Flask) -> None:
    many = [replace(example("name_missing"), row=row) for row in range(MOST_PLACES + 5)]
    other = example("type_missing")
    with empty_app.test_request_context("/?lang=en"):
        told = tell([*many, other, example("column_ignored")], Severity.ERROR)
    assert [(len(one.places), one.left, one.count) for one in told.told] == [
        (MOST_PLACES, 5, MOST_PLACES + 5),
        (1, 0, 1),
    ]
    assert (told.count, told.left) == (MOST_PLACES + 6, 0)


def test_a_long_list_is_cut_and_says_so(empty_app: Flask) -> None:
    many = [example("name_invalid", f"x{number}") for number in range(MOST_SENTENCES + 7)]
    with empty_app.test_request_context("/?lang=en"):
        told = tell(many, Severity.ERROR)
    assert (len(told.told), told.left, told.count) == (MOST_SENTENCES, 7, MOST_SENTENCES + 7)
