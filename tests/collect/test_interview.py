"""The phone's interview decides as the server's: the same pages, problems and answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.offline import form_data
from app.questionnaire.interview import Circumstances
from app.questionnaire.model import Form
from tests.browser import chromium
from tests.collect.javascript import Modules
from tests.collect.recorded import Recorded
from tests.collect.vectors import names
from tests.questionnaire.test_random_forms import NOW, sheets
from tests.questionnaire.test_random_forms import read as read_workbook
from tests.questionnaire.test_real_forms import OTHERS, SHIPPED, read
from tests.questionnaire.tiny import FORMS as TINY
from tests.robot import answer_all

PREFILL = {"activity_title": "Pelatihan", "activity_id": "1", "interview_mode": "facilitator"}
FEATURES = [TINY / f"{name}.yaml" for name in ("repeats", "cascade", "groups", "rules", "metadata")]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]


def recorded(form: Form, seed: int) -> tuple[Recorded, int]:
    """What a robot did, and the seed that the interview drew."""
    here = Circumstances(NOW, form.languages[0], random.Random(seed))
    drawn = random.Random(seed).getrandbits(32)
    interview = Recorded.begin(form, here, PREFILL)
    interview.steps = []
    rng = random.Random(seed)
    answer_all(interview, rng)
    for page in interview.pages():
        if page.repeat and page.rows:
            interview.remove_row(page.id, 1)
            break
    return interview, drawn


def replayed(modules: Modules, form: Form, seed: int) -> Any:
    """Where the browser says otherwise; None when it agrees to the end."""
    interview, drawn = recorded(form, seed)
    language = form.languages[0]
    labels = {
        name: {choice.value: plain(choice.label, language) for choice in choices}
        for name, choices in form.lists.items()
    }
    here = {"now": NOW.timestamp() * 1000, "names": names("id"), "labels": labels,
            "texts": {key: plain(text, language) for key, text in form.texts.items()}}  # fmt: skip
    return modules.run(
        "replay",
        {
            "form": form_data(form),
            "here": here,
            "seed": drawn,
            "prefill": PREFILL,
            "steps": interview.steps,
        },
    )


def plain(text: Any, language: str) -> str:
    found = text.template(language)
    return "".join(part for part in found[1] if isinstance(part, str)) if found else ""


@pytest.mark.parametrize("path", SHIPPED + OTHERS + FEATURES, ids=lambda path: path.stem)
def test_a_form_is_answered_alike(modules: Modules, path: Path) -> None:
    form = read(path)
    for seed in (1, 2):
        assert replayed(modules, form, seed) is None


def test_forms_that_nobody_wrote_are_answered_alike(modules: Modules) -> None:
    workbooks: list[tuple[dict[str, Any], int]] = []

    @settings(max_examples=40, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(sheets(), st.integers(0, 1000))
    def collect(workbook: dict[str, Any], seed: int) -> None:
        workbooks.append((workbook, seed))

    collect()
    for workbook, seed in workbooks:
        assert replayed(modules, read_workbook(workbook), seed) is None, yaml.safe_dump(workbook)
