"""Forms made by others: each is answered to its end, and what is submitted obeys its own rules."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.questionnaire.answers import leaves
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form
from app.questionnaire.problems import FormErrors
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from tests.robot import answer_all

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "xlsforms"
SHIPPED = sorted(p for p in (ROOT / "forms").glob("*-*.yaml") if ".summary" not in p.name)
OTHERS = sorted(SHARED.glob("*.[xcm]*")) if SHARED.is_dir() else []
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def read(path: Path) -> Form:
    try:
        converted = convert(path.read_bytes())
    except FormErrors as errors:
        pytest.skip(f"refused: {errors}"[:200])
    return read_form(converted.xml, converted.extras, converted.files)


def begin(form: Form, seed: int) -> Interview:
    here = Circumstances(NOW, form.languages[0], random.Random(seed))
    return Interview.begin(form, here, {"activity_title": "Pelatihan", "activity_id": "1"})


def is_submitted_only_if_relevant(interview: Interview) -> None:
    submitted = interview.answers()
    for question, node in leaves(interview.form.root, interview._live.root):
        if not node.is_relevant() and not question.ref.count("/") > 2:
            assert question.name not in submitted


@pytest.mark.parametrize("path", SHIPPED + OTHERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_form_can_be_answered_to_its_end(path: Path, seed: int) -> None:
    interview = begin(read(path), seed)
    met = answer_all(interview, random.Random(seed))
    assert met
    assert interview.problems() == ()
    is_submitted_only_if_relevant(interview)
    again = Interview.of_response(
        interview.form, interview.circumstances, interview.answers(), interview.contacts()
    )
    assert again.problems() == ()
    assert again.answers() == interview.answers()


def test_the_forms_of_others_are_there() -> None:
    if not OTHERS:
        pytest.skip("../shared/xlsforms is not on this machine")
    assert len(OTHERS) > 20
