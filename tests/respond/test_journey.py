"""A person's whole way without JavaScript: consent, questions, check, send, receipt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.settings import Settings
from app.stores import Stores
from tests.respond.person import Person


def stored(app: Flask, form_id: str = "gate") -> list[dict[str, Any]]:
    stores: Stores = app.extensions["stores"]
    return [document for _key, document in stores.responses(form_id).each()]


def contacts(app: Flask, form_id: str = "gate") -> list[dict[str, Any]]:
    stores: Stores = app.extensions["stores"]
    return [document for _key, document in stores.contacts(form_id).each()]


def files_below(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]


def to_check(person: Person) -> Person:
    person.begin("gate").next(agree="yes").next(age="42").next(story="Air bersih")
    return person.next(phone="0812 3456 7890")


def code_on(person: Person) -> str:
    found = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2,3}\b", person.words)
    assert found, person.words
    return found.group()


def test_one_person_answers_everything_and_gets_a_receipt(app: Flask, person: Person) -> None:
    to_check(person)
    assert person.heading == "Periksa jawaban Anda"
    person.press("page")
    assert person.heading == "Jawaban sudah terkirim."
    assert person.path == "/receipt"
    (response,) = stored(app)
    answers = {name: value for name, value in response["answers"].items() if name != "meta"}
    assert answers == {"start": {"agree": "yes"}, "rest": {"age": 42, "story": "Air bersih"}}
    assert response["channel"] == "web"
    assert response["language"] == "id"
    assert response["version"] == "1"


def test_contact_data_are_kept_apart(app: Flask, person: Person) -> None:
    to_check(person).press("page")
    (response,), (contact,) = stored(app), contacts(app)
    assert contact["contact"] == {"rest": {"phone": "+6281234567890"}}
    assert contact["id"] == response["id"]
    assert "81234567890" not in str(response)


def test_whoever_gives_no_contact_data_leaves_none(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42").next().next().press("page")
    assert len(stored(app)) == 1
    assert contacts(app) == []


def test_the_consent_is_proved_by_its_words_language_and_time(app: Flask, person: Person) -> None:
    to_check(person).press("page")
    (response,) = stored(app)
    consent = response["consent"]
    assert consent["language"] == "id"
    assert consent["text"].startswith("sha256:")
    assert consent["time"] <= response["submitted"]


def test_the_consent_in_another_language_is_another_text(app: Flask, person: Person) -> None:
    to_check(person).press("page")
    person.open("/?lang=en")
    to_check(person).press("page")
    first, second = (response["consent"] for response in stored(app))
    assert (first["language"], second["language"]) == ("id", "en")
    assert first["text"] != second["text"]


def test_nothing_is_written_before_consent(app: Flask, person: Person, settings: Settings) -> None:
    before = files_below(settings.data)
    person.begin("gate")
    person.press("page", "save", {"agree": "yes"})
    person.press_link("Kembali")
    assert files_below(settings.data) == before
    person.next(agree="yes")
    assert len(files_below(settings.data / "drafts")) > 0


def test_refusing_ends_politely_with_nothing_stored(
    app: Flask, person: Person, settings: Settings
) -> None:
    before = files_below(settings.data)
    person.begin("gate").next(agree="no")
    assert "Terima kasih. Tidak ada jawaban yang disimpan." in person.words
    assert not person.has_button("next")
    person.press_link("Selesai")
    assert person.heading == "Terima kasih"
    assert files_below(settings.data) == before
    assert stored(app) == []


def test_taking_consent_back_deletes_the_draft(person: Person, settings: Settings) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    assert files_below(
        settings.data / "drafts",
    )
    person.press("page", "back").press("page", "back")
    person.next(agree="no")
    assert [f for f in files_below(settings.data / "drafts") if f.endswith(".json")] == []


def test_without_a_guardians_consent_a_child_is_not_stored(app: Flask, person: Person) -> None:
    person.begin("needs-assessment").next(consent="yes").next(fill_mode="self")
    person.next(age_group="a05_17").next(guardian_ok="no")
    assert "persetujuan belum lengkap" in person.words
    assert not person.has_button("next")
    assert stored(app, "needs-assessment") == []


def test_progress_is_told_and_never_goes_back(person: Person) -> None:
    person.begin("gate")
    assert "Bagian 1 dari 3" in person.words
    assert "Bagian 1 dari 3" in person.title
    person.next(agree="yes")
    assert "Bagian 3 dari 3" in person.words


def test_sending_twice_stores_once(app: Flask, person: Person) -> None:
    to_check(person)
    other = person.copy()
    person.press("page")
    other.press("page")
    assert len(stored(app)) == 1
    assert code_on(person) == code_on(other)
    assert other.heading == "Jawaban sudah terkirim."


def test_reloading_the_receipt_changes_nothing(app: Flask, person: Person) -> None:
    to_check(person).press("page")
    code = code_on(person)
    person.open("/receipt")
    assert code_on(person) == code
    assert len(stored(app)) == 1


def test_going_back_after_sending_leads_to_the_receipt(app: Flask, person: Person) -> None:
    to_check(person)
    address = person.address
    person.press("page").open(address)
    assert person.path == "/receipt"
    assert len(stored(app)) == 1


def test_the_check_says_what_was_not_answered(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42").next().next()
    assert "Tidak dijawab" in person.words


def test_change_returns_to_the_check(person: Person) -> None:
    to_check(person)
    person.press_link("Ubah: Berapa umur Anda?")
    assert person.heading == "Berapa umur Anda?"
    person.next(age="43")
    assert person.heading == "Periksa jawaban Anda"
    assert "43" in person.words


def test_what_a_change_makes_relevant_is_asked_before_the_check(person: Person) -> None:
    person.begin("cascade").next(regency="3512").next(district="panji")
    person.press_link("Ubah: Regency").next(regency="3511")
    assert person.heading == "District (boleh dilewati)"
    person.next(district="tapen")
    assert person.heading == "Periksa jawaban Anda"


def test_answers_that_no_longer_apply_are_not_sent(app: Flask, person: Person) -> None:
    person.begin("groups").next(first="a", second="b").next(alone="yes").next(inside="secret")
    person.press_link("Ubah: First").next(first="")
    person.press("page")
    (response,) = stored(app, "groups")
    assert "secret" not in str(response["answers"])


@pytest.mark.parametrize("tag", ["id", "en"])
def test_every_page_of_a_shipped_form_obeys_the_rules(person: Person, tag: str) -> None:
    person.open(f"/?lang={tag}").begin("member-offer")
    answers = {
        "m_consent": "yes", "m_org": "Yayasan Contoh", "m_type": "1", "m_title": "Kacamata",
        "m_start-day": "17", "m_start-month": "Agustus", "m_start-year": "2026",
        "m_contact": "Sari", "m_phone": "0812 3456 7890",
    }  # fmt: skip
    for _step in range(30):
        if person.path.endswith("/check"):
            break
        here = {name: text for name, text in answers.items() if person.has_text_box(name)}
        person.next({**person.first_choices(), **here})
        assert not person.problems, person.problems
    assert person.path.endswith("/check")
    person.press("page")
    assert person.path == "/receipt"
