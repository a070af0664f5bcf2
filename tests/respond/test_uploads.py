"""Files as answers: taken for what they are, kept with the draft, sent and erased with the rest."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.accounts import Role
from app.respond.uploads import safe_stem
from app.responses.attachments import LARGEST_FILE
from app.settings import Settings
from app.stores import Stores
from tests.coordinate.conftest import signed_in
from tests.respond.conftest import TINY, Shelf, read
from tests.respond.person import Person
from tests.respond.samples import MP4, PDF, png, wav


@pytest.fixture
def person(app: Flask, shelf: Shelf) -> Person:
    form = read(TINY / "uploads.yaml")
    shelf.forms[form.id] = form
    somebody = Person(app)
    return somebody.begin("uploads").next({"agree": "yes"})


def stores_of(app: Flask) -> Stores:
    found: Stores = app.extensions["stores"]
    return found


def give(person: Person, button: str = "next", **more: object) -> Person:
    data = person.boxes()
    for name, value in more.items():
        box = name.replace("_", "-")
        assert person.has_box(box), f"no box {box!r} on {person.path}"
        data.setlist(box, [_part(value)])
    data[":do"] = button
    return person.post(data)


def _part(value: object) -> object:
    return (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value


def drafts(app: Flask) -> list[str]:
    folder = stores_of(app).folder / "draft-files"
    return sorted(path.name for path in folder.glob("*/*/*") if not path.name.startswith("."))


def send(person: Person) -> str:
    """The id of the response."""
    person.press("page")
    assert person.path == "/receipt"
    with person.client.session_transaction() as session:
        return str(session["sent"]["id"])


def test_a_file_is_asked_for_with_a_native_control_and_a_label(person: Person) -> None:
    box = person.control("q-photo")
    assert box.get("type") == "file"
    assert box.get("accept") == "image/*"
    form = person.page.find(".//form[@id='page']")
    assert form is not None
    assert form.get("enctype") == "multipart/form-data"
    assert person.has_box("photo-alt")
    assert not person.has_box("letter-alt")


def test_a_file_is_kept_when_another_answer_is_wrong(app: Flask, person: Person) -> None:
    give(person, photo=("ramp.png", png()), photo_alt="Landai tanpa pegangan", width="lebar")
    assert list(person.problems) == ["q-width"]
    assert "ramp.png" in person.words
    assert drafts(app) == ["ramp.png"]
    assert person.control("q-photo-alt").get("value") == "Landai tanpa pegangan"
    give(person, width="90")
    assert person.path.endswith("/voice")


def test_a_file_is_kept_over_a_language_switch_and_over_back(person: Person) -> None:
    data = person.boxes()
    data.setlist("photo", [(BytesIO(png()), "ramp.png")])
    data["lang"] = "en"
    person.post(data)
    assert "This file is kept: ramp.png" in person.words
    give(person, "back").next()
    assert "ramp.png" in person.words


@pytest.mark.parametrize(
    ("box", "name", "content"),
    [
        ("photo", "ramp.png", PDF),
        ("photo", "ramp.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("photo", "voice.wav", wav()),
        ("photo", "nothing.png", b""),
        ("letter", "run.exe", b"MZ\x90\0\3"),
        ("letter", "page.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("letter", "script.txt", b"#!/bin/sh\nrm -rf ~\n"),
    ],
)
def test_what_is_not_what_was_asked_for_is_refused(
    app: Flask, person: Person, box: str, name: str, content: bytes
) -> None:
    give(person, **{box: (name, content)})
    assert f"q-{box}" in person.problems
    assert drafts(app) == []
    assert person.title.startswith("Kesalahan: ")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("ramp.php.jpg", "ramp-php.png"),
        ("....", "photo.png"),
        ("a" * 300 + ".png", "a" * 60 + ".png"),
    ],
)
def test_a_name_is_only_a_name(app: Flask, person: Person, given: str, kept: str) -> None:
    give(person, photo=(given, png()))
    assert drafts(app) == [kept]


@pytest.mark.parametrize(
    ("given", "stem"),
    [("C:\\Users\\sri\\Foto saya.PNG", "Foto saya"), ("<b>\"x'\r\n.png", "b-x"), ("\0", "photo")],
)
def test_nothing_but_letters_and_digits_is_left_of_a_name(given: str, stem: str) -> None:
    assert safe_stem(given, "photo") == stem


def test_a_file_can_be_replaced_and_removed(app: Flask, person: Person) -> None:
    give(person, photo=("one.png", png()), letter=("a.pdf", PDF)).press("page", "back")
    give(person, photo=("one.png", png(5)), letter_remove="1")
    assert person.path.endswith("/voice")
    person.press("page", "back")
    assert "one-2.png" in person.words
    assert "a.pdf" not in person.words
    person.next()
    assert drafts(app) == ["one-2.png"]


def test_a_required_file_is_asked_for(person: Person) -> None:
    give(person, width="90")
    assert list(person.problems) == ["q-photo"]


def test_a_file_that_is_too_large_is_told_beside_its_question(app: Flask, person: Person) -> None:
    data = person.boxes()
    data["letter"] = FileStorage(BytesIO(b"x" * (LARGEST_FILE + 1)), "long.txt")
    data["photo"] = FileStorage(BytesIO(png()), "one.png")
    boundary, body = encode_multipart(data)
    person.open_posted(body, f'multipart/form-data; boundary="{boundary}"')
    assert list(person.problems) == ["q-letter"]
    assert "32" in person.problems["q-letter"]
    assert drafts(app) == ["one.png"]


def test_only_a_page_for_files_takes_a_large_body(person: Person, settings: Settings) -> None:
    person.press("page", "back")
    large = {"agree": "yes", "more": "x" * settings.body_limit}
    assert person.client.post("/f/uploads/p/agree", data=large).status_code == 413


def test_files_are_sent_read_and_erased_with_the_answers(app: Flask, person: Person) -> None:
    give(person, photo=("ramp.png", png()), photo_alt="Landai", letter=("surat.pdf", PDF))
    give(person, voice=("suara.wav", wav()))
    give(person, film=("film.mp4", MP4))
    assert "ramp.png" in person.words
    assert "Landai" in person.words
    identity = send(person)
    held = stores_of(app)
    assert held.attachments.names("uploads", identity) == (
        "film.mp4", "ramp.png", "suara.wav", "surat.pdf",
    )  # fmt: skip
    assert drafts(app) == []
    key, document = held.responses("uploads").find(id=identity) or pytest.fail("not stored")
    assert document["answers"]["ramp"] == {"photo": "ramp.png", "letter": "surat.pdf"}
    assert document["files"]["ramp.png"]["description"] == "Landai"
    assert document["files"]["ramp.png"]["type"] == "image/png"
    _read_by_the_coordinator(app, key)
    person.open("/receipt/answers")
    own = person.client.get("/receipt/file/ramp.png")
    assert own.data == png()
    person.open("/receipt/delete").press("delete")
    assert held.attachments.names("uploads", identity) == ()


def _read_by_the_coordinator(app: Flask, key: str) -> None:
    client = signed_in(app, Role.COORDINATOR)
    address = f"/coordinate/form/uploads/responses/{key}/file"
    reply = client.get(f"{address}/ramp.png")
    assert reply.data == png()
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("other.png", "../../../secret.key", "%2e%2e/x"):
        assert client.get(f"{address}/{name}").status_code == 404
    assert app.test_client().get(f"{address}/ramp.png").status_code != 200


def test_files_of_a_draft_go_with_it(app: Flask, person: Person) -> None:
    give(person, photo=("ramp.png", png()))
    assert drafts(app) == ["ramp.png"]
    person.open("/f/uploads/stop").press("stop")
    assert drafts(app) == []


def test_consent_that_is_taken_back_takes_the_files_along(app: Flask, person: Person) -> None:
    give(person, photo=("ramp.png", png()))
    person.open("/f/uploads/p/agree").next({"agree": "no"})
    assert drafts(app) == []


def test_a_correction_keeps_the_files_that_it_still_names(app: Flask, person: Person) -> None:
    give(person, photo=("ramp.png", png()), letter=("surat.pdf", PDF)).next().next()
    identity = send(person)
    person.open("/receipt/answers").press("correct")
    person.open("/f/uploads/p/ramp?from=check")
    give(person, photo=("ramp.png", png(6)), letter_remove="1")
    assert person.path.endswith("/check")
    send(person)
    held = stores_of(app).attachments
    assert held.names("uploads", identity) == ("ramp-2.png",)
    assert held.get("uploads", identity, "ramp-2.png") == png(6)
