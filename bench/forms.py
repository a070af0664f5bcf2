"""The largest form that there is to measure, beside the needs assessment: publishing and rules."""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.test import TestResponse

from app import create_app, publishing
from app.questionnaire.fields import PageForm
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.xlsform import Converted, convert
from app.respond.unfinished import SESSION_KEY, Unfinished
from app.responses.receipts import DRAFT_LENGTH, new_code
from app.settings import Settings
from app.stores import stores
from bench.server import ROOT
from bench.storage import milliseconds
from bench.table import Measured
from tests.robot import answer_all

SHIPPED = ROOT / "forms" / "needs-assessment.yaml"
LARGEST = ROOT.parent / "shared" / "xlsforms" / "web-forms__whova_form.xlsx"
ROUNDS = 50


def measure() -> Iterator[Measured]:
    """Medians; the WHO verbal autopsy is measured where ``../shared`` is."""
    slowest: list[tuple[float, float]] = []
    for path in (SHIPPED, LARGEST):
        if not path.exists():
            print(f"  {path.name} is not on this machine: skipped")
            continue
        yield from _one(path)
        slowest.append(slowest_page(path))
    if len(slowest) == 2:
        (get, post), (largest_get, largest_post) = slowest
        yield Measured("the largest form's slowest page, GET", largest_get / get, "× shipped", 2)
        yield Measured("the largest form's slowest page, POST", largest_post / post, "× shipped", 2)


def slowest_page(path: Path) -> tuple[float, float]:
    """Milliseconds of GET and of POST of the slowest of a few pages of a form answered whole."""
    with tempfile.TemporaryDirectory() as place:
        app = create_app(Settings(data=Path(place)))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            made = convert(path.read_bytes(), publishing.network())
            publishing.catalogue().publish(made, datetime.now(UTC))
            interview = _answered(made)
            code = _kept(made, interview)
        client = app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = {made.form.id: {"id": "bench", "code": code}}
        gc.collect()
        gc.freeze()  # as the server does
        pages = interview.pages()
        some = {page.id: page for page in (pages[len(pages) * part // 8] for part in range(8))}
        with app.test_request_context():
            filled = {
                f"/f/{made.form.id}/p/{page.id}": PageForm(interview, page).typed()
                for page in some.values()
            }
        gets = [_median(lambda at=at: _expect(client.get(at), 200)) for at in filled]
        posts = [
            _median(lambda at=at, data=data: _expect(client.post(at, data=data), 302))
            for at, data in filled.items()
        ]
        return max(gets), max(posts)


def _kept(made: Converted, interview: Interview) -> str:
    code = new_code(random.SystemRandom(), DRAFT_LENGTH)
    draft = Unfinished(
        form=made.form.id,
        version=publishing.catalogue().get(made.form.id).version,
        id="bench",
        started=datetime.now(UTC).isoformat(),
        state=interview.state(),
        storable=True,
    )
    saved = datetime.now(UTC).isoformat(timespec="seconds")
    stores().drafts.put(code, {**asdict(draft), "saved": saved})
    return code


def _expect(reply: TestResponse, status: int) -> None:
    if reply.status_code != status:
        raise RuntimeError(f"{reply.request.path}: {reply.status_code}")


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
