"""Forms made by others, on the web: published, answered to the end, sent, and read afterwards."""

from __future__ import annotations

import random
import re
import zlib
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from app.accounts import Role
from app.catalogue import Catalogue
from app.publishing import catalogue
from app.questionnaire import layout
from app.questionnaire.model import Repeat
from app.questionnaire.problems import FormErrors
from app.questionnaire.xlsform import Converted, convert
from app.responses.collection import Document
from app.settings import Settings
from app.stores import stores
from tests.conftest import LintingClient
from tests.coordinate.conftest import signed_in
from tests.respond.person import Person
from tests.respond.robot import Robot

SHARED = Path(__file__).parents[3] / "shared" / "xlsforms"
FORMS = sorted(SHARED.glob("*.[xcm]*")) if SHARED.is_dir() else []
LARGE = 100
"""Pages; a form with more is answered in one language, others in each of theirs."""
FILES = {"fruits.csv": b"name_key,name,price\nmango,Mango,3000\n"}
"""What the forms say they need and the folder does not have."""

REFUSED = {
    "pyxform__UCL_Biomass_Plot_Form": ("nested_repeat", 43),
}
"""Forms that do not run here: the code of the problem, and its row."""


@pytest.fixture(autouse=True)
def shelf(app: Flask, settings: Settings) -> Catalogue:
    """The real catalogue, not the one in memory of the other tests."""
    app.extensions["catalogue"] = Catalogue(settings.data / "forms")
    found: Catalogue = app.extensions["catalogue"]
    return found


@lru_cache
def converted(path: Path) -> Converted:
    return convert(path.read_bytes(), files=FILES)


def publish(app: Flask, path: Path) -> str:
    with app.app_context():
        return catalogue().publish(converted(path), datetime.now(UTC)).form_id


def test_the_forms_of_others_are_there() -> None:
    if not FORMS:
        pytest.skip("../shared/xlsforms is not on this machine")
    assert len(FORMS) > 20


def cases() -> list[object]:
    """The large ones come last."""
    slow = ("web-forms__whova_form", "onadata__select_one_choices_test")
    marks = {stem: [pytest.mark.slow] for stem in slow}
    return [pytest.param(path, id=path.name, marks=marks.get(path.stem, [])) for path in FORMS]


@pytest.mark.parametrize("path", cases())
def test_a_form_of_others_is_answered_sent_and_read(app: Flask, path: Path) -> None:
    if path.stem in REFUSED:
        with pytest.raises(FormErrors) as refused:
            converted(path)
        assert REFUSED[path.stem] in [(p.code, p.row) for p in refused.value.problems]
        return
    form_id = publish(app, path)
    rng = random.Random(zlib.crc32(path.stem.encode()))
    for languages in (("id",), ("en",)) if not _is_large(path) else (("id", "en"),):
        person = Person(app)
        Robot(person, rng, languages).answer_all(form_id)
        _send_and_read(person)
    _coordinate(app, form_id)


def _is_large(path: Path) -> bool:
    questions = [q for q in converted(path).form.questions() if q.kind.asked]
    return len(questions) > LARGE


def _send_and_read(person: Person) -> None:
    person.press("page")
    assert person.path == "/receipt", f"{person.path}: {person.words[:200]}"
    person.open("/receipt/answers")
    assert person.status == 200
    copy = person.client.get("/receipt.pdf")
    assert copy.data.startswith(b"%PDF")


def _coordinate(app: Flask, form_id: str) -> None:
    """The coordinator reads the answers one by one, in a summary, and in a spreadsheet."""
    client = signed_in(app, Role.COORDINATOR)
    for tag in ("id", "en"):
        summary = client.get(f"/coordinate/form/{form_id}/summary?lang={tag}")
        assert summary.status_code == 200
    with app.app_context():
        key, document = next(stores().responses(form_id).each())
    assert client.get(f"/coordinate/form/{form_id}/responses/{key}").status_code == 200
    page = client.get(f"/coordinate/form/{form_id}")
    papers = re.findall(r'href="([^"]+/paper/[a-z]+\.pdf)"', page.text)
    assert len(papers) == 2
    assert client.get(papers[0]).data.startswith(b"%PDF")
    _files_are_there(app, form_id, document)
    sheets = _exported(client, form_id)
    assert [row[0] for row in sheets["answers"]].count(document["id"]) == 1
    for name, number in _rows_of_repeats(app, form_id).items():
        assert len(sheets[name]) == number + 1, name


def _files_are_there(app: Flask, form_id: str, document: Document) -> None:
    """Every file that an answer names is beside the response."""
    with app.app_context():
        held = stores().attachments.names(form_id, document["id"])
    assert set(held) == set(document["files"])


def _rows_of_repeats(app: Flask, form_id: str) -> dict[str, int]:
    """How many rows each repeat of the form has, over all responses."""
    with app.app_context():
        form = catalogue().get(form_id).form
        documents = [document for _, document in stores().responses(form_id).each()]
    found = {}
    for element in form.elements():
        if isinstance(element, Repeat):
            *way, name = element.ref.split("/")[2:]
            inside = [layout.inside(each["answers"], tuple(way)) for each in documents]
            found[name] = sum(len(answers.get(name, ())) for answers in inside)
    return found


def _exported(client: LintingClient, form_id: str) -> dict[str, list[tuple[object, ...]]]:
    """Sheet → its rows, the header first."""
    address = f"/coordinate/form/{form_id}/download?kind=xlsx&values=&own_words=y"
    with client.get(address) as reply:
        assert reply.status_code == 200, reply.text[:500]
        book = openpyxl.load_workbook(BytesIO(reply.data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
