"""The largest form that there is to measure, beside the needs assessment: publishing and rules."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.xlsform import Converted, convert
from bench.server import ROOT
from bench.storage import milliseconds
from bench.table import Measured
from tests.robot import answer_all

SHIPPED = ROOT / "forms" / "needs-assessment.yaml"
LARGEST = ROOT.parent / "shared" / "xlsforms" / "web-forms__whova_form.xlsx"
ROUNDS = 50


def measure() -> Iterator[Measured]:
    """Medians; the WHO verbal autopsy is measured where ``../shared`` is."""
    for path in (SHIPPED, LARGEST):
        if not path.exists():
            print(f"  {path.name} is not on this machine: skipped")
            continue
        yield from _one(path)


def _one(path: Path) -> Iterator[Measured]:
    source, converted = path.read_bytes(), []
    took = milliseconds(lambda: converted.append(convert(source)))
    made: Converted = converted[0]
    questions = sum(question.kind.asked for question in made.form.questions())
    what = f"{path.stem}, {questions} questions"
    yield Measured(f"{what}: converting and checking", took / 1000, "s")
    interview = _answered(made)
    yield Measured(f"{what}: all rules once", _median(lambda: _settle(interview)), "ms", 10)
    state = interview.state()
    again = _median(lambda: Interview.resume(made.form, interview.circumstances, state).frontier())
    yield Measured(f"{what}: taking up a draft, finding the next page", again, "ms")


def _answered(made: Converted) -> Interview:
    here = Circumstances(datetime.now(UTC), made.form.languages[0], random.Random(1))
    interview = Interview.begin(made.form, here)
    answer_all(interview, random.Random(3))
    return interview


def _settle(interview: Interview) -> None:
    first = next(a for page in interview.pages() for a in page.asked if not a.question.readonly)
    value = interview.value(first)
    interview.answer(first, value + " ")
    interview.answer(first, value)
    interview.frontier()


def _median(act: object) -> float:
    return statistics.median(milliseconds(act) for _ in range(ROUNDS))  # type: ignore[arg-type]
