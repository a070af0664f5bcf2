"""A respondent's own copy: every question of the real form, asked or not."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from app.summaries.own_copy import render
from tests.pdf.tags import faults, read, text

FORM_FILE = Path(__file__).parents[2] / "forms" / "needs-assessment.yaml"
SENT = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
ANSWERS = {
    "consent": "yes",
    "fill_mode": "self",
    "age_group": "a31_59",
    "kabkota": "3512",
    "sex": "f",
    "needs": ["food", "at"],
    "need_text": "Kursi roda.\nYang ringan.",
}


@cache
def form() -> Form:
    converted = convert(FORM_FILE.read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


def nested(found: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers by name, put where the form has them."""
    tree: dict[str, Any] = {}
    for question in found.questions():
        if question.name in answers:
            *groups, name = question.ref.split("/")[2:]
            inner = tree
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[name] = answers[question.name]
    return tree


def copy(language: str) -> bytes:
    circumstances = Circumstances(SENT, language, random.Random(1))
    interview = Interview.of_response(form(), circumstances, nested(form(), ANSWERS))
    return render(
        interview.review(everything=True),
        SimpleNamespace(form=form()),  # type: ignore[arg-type]  # of Published it reads only this
        {"submitted": SENT.isoformat()},
        language,
        "K7M2-P4QX",
        [("Kontak", "0800 0000 0000")],
    )


@pytest.fixture(params=["id", "en"])
def data(app: Flask, request: pytest.FixtureRequest) -> bytes:
    with app.app_context():
        return copy(request.param)


def test_a_checker_of_pdf_ua_finds_nothing(data: bytes) -> None:
    assert faults(data) == []
    assert [tag.type for tag in read(data).all("H1")] == ["H1"]


def test_every_question_is_there_once(data: bytes) -> None:
    questions = [one for one in form().questions() if one.kind.takes_answer]
    rows = [tag for tag in read(data).all("TH") if tag.attributes["Scope"] == "/Row"]
    assert len(rows) == len(questions) > 40


def test_answers_and_what_was_not_answered_or_not_asked(app: Flask) -> None:
    with app.app_context():
        indonesian, english = text(copy("id")), text(copy("en"))
    assert "Kabupaten Situbondo" in indonesian
    assert "Kursi roda." in indonesian
    assert "Belum dijawab" in indonesian or "Tidak dijawab" in indonesian
    assert "Tidak ditanyakan" in indonesian
    assert "Not asked" in english
    assert "Not answered" in english


def test_date_code_and_contact(app: Flask) -> None:
    with app.app_context():
        found = text(copy("id"))
    for words in ("17 Agustus 2026 10.15 WIB", "K7M2-P4QX", "0800 0000 0000"):
        assert words in found


def test_it_is_small_and_quick(app: Flask) -> None:
    with app.app_context():
        copy("id")  # starts the typesetting process
        before = time.perf_counter()
        data = copy("id")
    assert len(data) < 200_000
    assert time.perf_counter() - before < 3, "the limit is 1 s on a machine with nothing else to do"
