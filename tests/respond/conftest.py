"""Tiny forms, one for each feature, open in an app of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask

from app.catalogue import SHIPPED_FORMS
from app.questionnaire.model import Form
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from tests.respond.person import Person

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ROOT / "tests" / "forms"
OPEN = (
    "long_before_consent",
    "cascade",
    "gate",
    "groups",
    "in_page",
    "languages",
    "piping",
    "repeats",
    "selects",
    "types",
)


@lru_cache
def read(path: Path) -> Form:
    converted = convert(path.read_bytes())
    return read_form(converted.xml, converted.extras, converted.files)


@dataclass
class Published:
    form: Form
    version: str = "1"
    missing_settings: tuple[str, ...] = ()


@dataclass
class Shelf:
    """A catalogue in memory."""

    forms: dict[str, Form] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def get(self, form_id: str, version: str | None = None) -> Published:
        return Published(self.forms[form_id])

    def ids(self) -> list[str]:
        return list(self.forms)

    def open_forms(self, today: date) -> list[Published]:
        return [Published(form) for form in self.forms.values() if form.id not in self.closed]

    def is_open(self, form_id: str, today: date) -> bool:
        return form_id not in self.closed


@pytest.fixture(autouse=True)
def shelf(app: Flask) -> Shelf:
    paths = [TINY / f"{name}.yaml" for name in OPEN]
    paths += [ROOT / "forms" / f"{name}.yaml" for name in SHIPPED_FORMS]
    shelf = Shelf({form.id: form for form in map(read, paths)})
    app.extensions["catalogue"] = shelf
    return shelf


@pytest.fixture
def person(app: Flask, shelf: Shelf) -> Person:
    return Person(app)
