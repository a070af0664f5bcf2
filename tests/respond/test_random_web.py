"""Forms that nobody wrote, answered on the web: no page fails, and what is sent obeys the form."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import create_app
from app.catalogue import Catalogue
from app.publishing import catalogue
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.xlsform import convert
from app.settings import Settings
from app.stores import stores
from tests.conftest import LintingClient
from tests.questionnaire.test_random_forms import sheets
from tests.respond.person import Person
from tests.respond.robot import Robot


@pytest.fixture(autouse=True)
def shelf() -> None:
    """The catalogue in memory of the other tests is not wanted here."""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("web") / "data"
    app = create_app(Settings(data=data, secret_key="a key that only the tests know, 32+"))
    app.testing = True
    app.test_client_class = LintingClient
    app.extensions["catalogue"] = Catalogue(data / "forms")
    return app


@pytest.mark.slow
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(workbook=sheets(), seed=st.integers(0, 1000))
def test_what_is_sent_is_what_the_rules_say(
    web: Flask, workbook: dict[str, list[dict[str, Any]]], seed: int
) -> None:
    source = yaml.safe_dump(workbook, sort_keys=False, allow_unicode=True).encode()
    with web.app_context():
        form = catalogue().publish(convert(source), datetime.now(UTC)).form
    person = Person(web)
    Robot(person, random.Random(seed), ("id", "en")).answer_all(form.id)
    person.press("page")
    assert person.path == "/receipt"
    with person.client.session_transaction() as session:
        identity = session["sent"]["id"]
    with web.app_context():
        _key, document = stores().responses(form.id).find(id=identity) or pytest.fail("not stored")
    here = Circumstances(datetime.now(UTC), "id", random.Random(7), {})
    again = Interview.of_response(form, here, document["answers"])
    assert again.problems() == ()
    assert again.answers() == document["answers"]
