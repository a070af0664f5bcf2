"""Responses of invented people to the forms that ship, as the demonstration has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from app.demo.invent import answered, visits
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from app.summaries.declared import read_summary
from app.summaries.indicators import Summary

FORMS = Path(__file__).parents[2] / "forms"
NOW = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)


@cache
def shipped(name: str) -> Form:
    converted = convert((FORMS / f"{name}.yaml").read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


@cache
def declared(name: str) -> Summary:
    return read_summary((FORMS / f"{name}.summary.yaml").read_bytes(), shipped(name))


@cache
def documents(name: str, many: int = 400, seed: int = 1) -> list[dict[str, Any]]:
    return list(_documents(name, many, seed))


def _documents(name: str, many: int, seed: int) -> Iterator[dict[str, Any]]:
    form = shipped(name)
    for visit in visits(many, seed, NOW):
        if visit.form_id == name:
            random = Random(f"{seed} {name} {visit.number}")
            yield answered(form, visit, random, b"secret")[0]


def flat(document: dict[str, Any]) -> dict[str, Any]:
    """Answers by name, found without any code of ``app.summaries``."""
    found: dict[str, Any] = {}
    waiting = [document["answers"]]
    while waiting:
        for name, value in waiting.pop().items():
            if isinstance(value, dict):
                waiting.append(value)
            else:
                found[name] = value
    return found
