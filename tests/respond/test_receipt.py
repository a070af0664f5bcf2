"""After sending: the code, seeing, correcting and deleting the answers."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from app.responses.receipts import ALPHABET
from tests.respond.conftest import Shelf
from tests.respond.person import Person
from tests.respond.test_journey import code_on, contacts, stored, to_check


def sent(person: Person) -> str:
    to_check(person).press("page")
    return code_on(person)


def enter(app: Flask, code: str) -> Person:
    return Person(app).open("/receipt").press("enter", answers={"code": code})


def test_the_code_has_no_characters_that_look_alike(person: Person) -> None:
    code = sent(person)
    assert set(code) <= set(ALPHABET + "-")
    assert ", ".join(" ".join(group) for group in code.split("-")) in person.words


def test_the_receipt_says_what_happens_next(person: Person) -> None:
    sent(person)
    headings = [heading.text for heading in person.page.iter("h2")]
    assert "Apa yang terjadi selanjutnya" in headings
    assert "Jika Anda berubah pikiran" in headings


def test_the_stored_response_does_not_hold_the_code(app: Flask, person: Person) -> None:
    code = sent(person)
    (response,) = stored(app)
    assert code not in str(response)
    assert code.replace("-", "") not in str(response)


def test_answers_are_seen_with_the_code_on_another_phone(app: Flask, person: Person) -> None:
    code = sent(person)
    elsewhere = enter(app, code.replace("-", " ").lower())
    assert elsewhere.heading == "Jawaban Anda"
    assert "Air bersih" in elsewhere.words
    assert "+6281234567890" in elsewhere.words


def test_answers_are_deleted_after_asking_once(app: Flask, person: Person) -> None:
    code = sent(person)
    elsewhere = enter(app, code).press_link("Hapus jawaban saya")
    assert "tidak bisa ditarik" in elsewhere.words
    assert len(stored(app)) == 1
    elsewhere.press("delete")
    assert elsewhere.heading == "Jawaban Anda sudah dihapus."
    assert stored(app) == []
    assert contacts(app) == []


def test_a_deleted_response_looks_like_one_that_never_was(app: Flask, person: Person) -> None:
    code = sent(person)
    enter(app, code).press_link("Hapus jawaban saya").press("delete")
    gone, never = enter(app, code), enter(app, "QQQQ-QQQQ-QQQQ")
    junk = enter(app, "no code at all")
    assert gone.problems == never.problems == junk.problems
    assert gone.status == never.status == junk.status


def test_deleted_answers_cannot_be_sent_again(app: Flask, person: Person) -> None:
    to_check(person)
    other_tab = person.copy()
    code = code_on(person.press("page"))
    enter(app, code).press_link("Hapus jawaban saya").press("delete")
    other_tab.press("page")
    assert stored(app) == []
    assert other_tab.status == 410


def test_correcting_replaces_what_was_sent(app: Flask, person: Person) -> None:
    code = sent(person)
    (before,) = stored(app)
    elsewhere = enter(app, code).press("correct")
    assert elsewhere.heading == "Periksa jawaban Anda"
    elsewhere.press_link("Ubah: Berapa umur Anda?").next(age="43")
    elsewhere.press_link("Ubah: Nomor HP Anda").next(phone="").press("page")
    assert code_on(elsewhere) == code
    (after,) = stored(app)
    assert after["answers"]["rest"]["age"] == 43
    assert after["submitted"] == before["submitted"]
    assert after["id"] == before["id"]
    assert contacts(app) == []


def test_codes_cannot_be_tried_without_end(app: Flask, person: Person) -> None:
    code = sent(person)
    for _try in range(40):
        guesser = enter(app, "QQQQ-QQQQ-QQQQ")
        if guesser.status == 429:
            break
    assert guesser.status == 429
    assert enter(app, code).status == 429


@pytest.mark.parametrize("tag", ["id", "en"])
def test_the_own_copy_is_a_pdf_in_the_language_of_the_page(person: Person, tag: str) -> None:
    sent(person)
    person.open(f"/receipt?lang={tag}")
    address = next(a.get("href", "") for a in person.page.iter("a") if "pdf" in a.get("href", ""))
    response = person.client.get(address)
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        assert str(pdf.Root.Lang).startswith(tag)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_a_shared_phone_forgets(person: Person) -> None:
    sent(person)
    person.press("clear")
    assert person.path == "/"
    person.open("/receipt")
    assert person.heading == "Masukkan kode jawaban"
    assert person.open("/receipt/answers").status == 410


def test_a_response_of_an_older_version_is_still_shown(
    app: Flask, person: Person, shelf: Shelf
) -> None:
    code = sent(person)
    shelf.closed.add("gate")
    assert enter(app, code).heading == "Jawaban Anda"


@pytest.mark.parametrize("path", ["/receipt/answers", "/receipt/delete"])
def test_without_a_code_nothing_is_shown(app: Flask, path: str) -> None:
    person = Person(app).open(path)
    assert person.status == 410
    assert "Lanjutkan dengan kode" in person.words


def test_a_full_disk_is_told_and_nothing_is_lost(
    app: Flask, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.responses import files
    from app.responses.collection import StorageFull

    to_check(person)
    put = files.put

    def full(path: Path, content: bytes) -> None:
        if "responses" in path.parts:
            raise StorageFull("no room")
        put(path, content)

    monkeypatch.setattr(files, "put", full)
    monkeypatch.setattr("app.responses.segments.put", full, raising=False)
    person.press("page")
    assert person.status == 503
    assert person.problems == {"send": "Jawaban belum terkirim, tetapi masih tersimpan. Coba lagi."}
    monkeypatch.undo()
    person.press("page")
    assert person.path == "/receipt"
    assert len(stored(app)) == 1
