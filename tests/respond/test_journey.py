"""A person's whole way without JavaScript: consent, questions, check, send, receipt."""

from __future__ import annotations

from flask import Flask

from app.stores import Stores
from tests.respond.person import Person


def stored(app: Flask, form_id: str = "gate") -> list[dict[str, object]]:
    stores: Stores = app.extensions["stores"]
    return [document for _key, document in stores.responses(form_id).each()]


def to_check(person: Person) -> Person:
    person.begin("gate").next(agree="yes").next(age="42").next(story="Air bersih")
    return person.next(phone="0812 3456 7890")


def test_one_person_answers_everything_and_gets_a_receipt(app: Flask, person: Person) -> None:
    to_check(person)
    assert person.heading == "Periksa jawaban Anda"
    person.press("page")
    assert person.heading == "Jawaban sudah terkirim."
    (response,) = stored(app)
    assert response["answers"] == {
        "start": {"agree": "yes"},
        "rest": {"age": 42, "story": "Air bersih"},
    }
