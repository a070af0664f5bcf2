from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.summaries.page import shown
from app.summaries.plan import plan_of
from app.summaries.report import Report, summarise
from app.summaries.tally import tally
from tests.linting import lint
from tests.summaries.sample import document, sample_form

FORM = sample_form()
PLAN = plan_of(FORM)
DOCUMENTS = [
    document({"needs": ["ramp"], "about": {"sex": "f", "age": age}}, age) for age in range(20, 50)
]


def report(language: str) -> Report:
    counted = tally(PLAN, DOCUMENTS)
    now = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
    return summarise(FORM, PLAN, counted, language=language, now=now)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_part_of_a_page_keeps_every_rule_of_pages(app: Flask, language: str) -> None:
    with app.app_context():
        part = shown(report(language))
    page = (
        f'<!doctype html><html lang="{language}"><head><title>X</title></head><body>'
        f'<a href="#main">X</a><main id="main"><h1>X</h1>{part}</main></body></html>'
    )
    assert lint(page) == []


def test_bars_are_hidden_from_those_who_listen(app: Flask) -> None:
    with app.app_context():
        part = shown(report("en"))
    assert part.count("<svg") == part.count('aria-hidden="true"') > 0
    assert '<td class="number">30</td>' in part
    assert '<span class="percent">100%</span>' in part
    assert "style=" not in part


def test_the_language_of_the_request_is_as_before(app: Flask) -> None:
    from app import languages

    with app.test_request_context("/?lang=id"):
        part = shown(report("en"))
        assert languages.current().tag == "id"
    assert "How to read this summary" in part
