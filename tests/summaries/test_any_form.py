"""Every tiny form of tests/forms, whatever it is made of: summary as a page, and export."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from flask import Flask

from app.exchange.xlsx import write_xlsx
from app.questionnaire import layout
from app.questionnaire.model import Form, Kind, Question
from app.summaries.page import shown
from app.summaries.plan import plan_of
from app.summaries.report import summarise
from app.summaries.tally import tally
from tests.linting import lint
from tests.questionnaire.tiny import FORMS, tiny
from tests.summaries.sample import document

NOW = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
FILES = {
    "external": {"villages__csv": b"name,label,district\nv1,Satu,d1\n"},
    "from_file": {"towns__csv": b"name,label\nt1,Satu\n"},
    "pulldata": {"prices__csv": b"item_key,item,price\nrice,Beras,12000\n"},
}
VALUES: dict[Kind, Any] = {
    Kind.INTEGER: 3,
    Kind.DECIMAL: 2.5,
    Kind.RANGE: 4.0,
    Kind.DATE: "2026-08-17",
    Kind.TIME: "08:30:00.000+07:00",
    Kind.DATETIME: "2026-08-17T08:30:00.000+07:00",
    Kind.GEOPOINT: "-7.7 114.0 0 0",
    Kind.ACKNOWLEDGE: "OK",
}


def value(form: Form, question: Question) -> Any:
    if question.itemset:
        codes = [choice.value for choice in form.lists.get(question.itemset.list_name, ())]
        return (codes or [None])[0] if question.kind is Kind.SELECT_ONE else codes or None
    return VALUES.get(question.kind, "kata")


def answers(form: Form) -> dict[str, Any]:
    """One row of every repeat, and an answer to every question."""
    tree: dict[str, Any] = {}
    for unit, path, question in layout.placed(form):
        row = tree
        for *groups, repeat in unit:
            for group in groups:
                row = row.setdefault(group, {})
            row = row.setdefault(repeat, [{}])[0]
        for group in path:
            row = row.setdefault(group, {})
        row[question.name] = value(form, question)
    return tree


@pytest.mark.parametrize("name", sorted(path.stem for path in FORMS.glob("*.yaml")))
def test_any_form_has_a_summary_and_an_export(app: Flask, name: str) -> None:
    form = tiny(name, **FILES.get(name, {}))
    documents = [document(answers(form)), document({}, 1)]
    plan = plan_of(form)
    with app.app_context():
        report = summarise(form, plan, tally(plan, documents), language="id", now=NOW)
        page = shown(report)
        output = io.BytesIO()
        write_xlsx(form, documents, output, made=NOW, free_text=True, language="id")
    html = (
        f'<!doctype html><html lang="id"><head><title>X</title></head><body>'
        f'<a href="#main">X</a><main id="main"><h1>X</h1>{page}</main></body></html>'
    )
    assert [problem for problem in lint(html) if "looks" not in problem] == []
    counted = {column.key for column in plan.columns()}
    shown_ids = {block.id for section in report.sections for block in section.blocks}
    assert {f"question-{key.replace('/', '-')}" for key in counted} <= shown_ids
    assert openpyxl.load_workbook(output)["answers"].max_row == 3
