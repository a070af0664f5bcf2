"""The forms that ship: they convert, and say word for word what the network agreed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.questionnaire.expressions import references
from app.questionnaire.model import PLAIN, Form, Group, Kind, Output, Question, Text
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert

ROOT = Path(__file__).parents[2]
CONTENT = ROOT.parent / "shared" / "content" / "forms.json"
FORMS = {
    "needs-assessment": "A_needs",
    "activity-feedback": "B_feedback",
    "activity-registration": "B0_registration",
    "member-offer": "C_offer",
}
NOT_IN_THE_FORM = {"a_end", "b_end"}
"""Thanks with the receipt code: the receipt page says them."""

PIPED = {
    "{kegiatan}": "${activity_title}",
    "{activity}": "${activity_title}",
    "${sector_1}": "${sector_1_label}",
    "${sector_2}": "${sector_2_label}",
}


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    converted = convert((ROOT / "forms" / f"{request.param}.yaml").read_bytes())
    return read_form(converted.xml, converted.extras)


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    if not CONTENT.exists():
        pytest.skip(f"{CONTENT} is not here")
    return json.loads(CONTENT.read_text())


def words(text: Text | None, language: str) -> str:
    """A text with its places as ``${name}`` and white space as single spaces."""
    template = text.versions[PLAIN][language] if text else ()
    parts = [
        f"${{{part.expression.text.rpartition('/')[2]}}}" if isinstance(part, Output) else part
        for part in template
    ]
    return " ".join("".join(parts).split())


def agreed(text: str) -> str:
    for written, piped in PIPED.items():
        text = text.replace(written, piped)
    return " ".join(text.replace("¶", " ").split())


def test_says_word_for_word_what_was_agreed(form: Form, content: dict[str, Any]) -> None:
    for question in content["forms"][FORMS[form.id]]:
        if question["name"] in NOT_IN_THE_FORM:
            assert form.question(question["name"]) is None
            continue
        asked = form.question(question["name"])
        assert asked is not None, question["name"]
        for language in ("id", "en"):
            for text, column in ((asked.label, "label"), (asked.hint, "hint")):
                assert words(text, language) == agreed(question[f"{column}_{language}"])


def test_keeps_the_class_and_the_duty_to_answer(form: Form, content: dict[str, Any]) -> None:
    for question in content["forms"][FORMS[form.id]]:
        asked = form.question(question["name"])
        if asked is None or asked.kind is Kind.NOTE:
            continue
        if question["class"] != "-":
            assert asked.data_class == question["class"], question["name"]
        must = question["required"] == "yes" and asked.kind.takes_answer
        assert (asked.required is not None) == must, question["name"]


def test_offers_the_agreed_choices_in_their_order(form: Form, content: dict[str, Any]) -> None:
    for name, choices in form.lists.items():
        offered = [(c.value, words(c.label, "id"), words(c.label, "en")) for c in choices]
        wanted = [(c["code"], c["id"], c["en"]) for c in content["choices"][name]]
        assert offered == wanted, name


def test_every_text_is_in_both_languages(form: Form) -> None:
    for element in form.elements():
        texts = [element.label, element.hint, getattr(element, "constraint_message", None)]
        for text in filter(None, texts):
            assert list(text.versions[PLAIN]) == ["id", "en"], element.ref
    for choices in form.lists.values():
        for choice in choices:
            assert list(choice.label.versions[PLAIN]) == ["id", "en"]


def test_has_a_message_for_each_constraint(form: Form) -> None:
    for question in form.questions():
        assert (question.constraint is None) == (question.constraint_message is None)


def test_no_page_shows_or_hides_its_own_questions(form: Form) -> None:
    """Pages work without JavaScript, so what depends on an answer is on a later page."""
    pages = [e for e in form.elements() if "field-list" in e.appearances]
    assert pages
    for page in pages:
        assert isinstance(page, Group)
        here = {child.ref for child in page.children}
        for child in page.children:
            assert isinstance(child, Question), "a page holds questions only"
            if child.relevant:
                assert not here & references(child.relevant.tree, child.ref), child.ref


def test_every_page_and_part_has_a_heading(form: Form) -> None:
    for element in form.elements():
        if isinstance(element, Group) and element.name != "meta":
            assert element.label is not None, element.ref


def test_nothing_is_asked_or_kept_before_consent(form: Form) -> None:
    assert form.settings.store_if is not None
    first, *_ = (page for page in form.elements() if "field-list" in page.appearances)
    assert isinstance(first, Group)
    introduction, consent = first.children
    assert isinstance(introduction, Question)
    assert introduction.kind is Kind.NOTE
    assert consent.name == form.settings.consent


def test_paragraphs_are_kept(content: dict[str, Any]) -> None:
    source = (ROOT / "forms" / "needs-assessment.yaml").read_bytes()
    converted = convert(source)
    intro = read_form(converted.xml, converted.extras).question("a_intro")
    assert intro is not None
    assert intro.label is not None
    for language in ("id", "en"):
        (shown,) = intro.label.versions[PLAIN][language]
        assert isinstance(shown, str)
        written = next(q for q in content["forms"]["A_needs"] if q["name"] == "a_intro")
        paragraphs = [" ".join(part.split()) for part in written[f"label_{language}"].split("¶")]
        assert re.split(r"\n\n+", shown) == paragraphs
