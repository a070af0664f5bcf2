"""Pictures, sounds and films of labels and choices: named, sized, and fetched only when opened."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from app.catalogue import Catalogue
from app.publishing import catalogue
from app.questionnaire.xlsform import convert
from app.settings import Settings
from tests.linting import text_of
from tests.respond.conftest import TINY
from tests.respond.person import Person
from tests.respond.samples import MP4, png

FILES = {
    "rumah.png": png(),
    "house.png": png(5),
    "rumah.mp3": b"ID3" + bytes(3000),
    "bambu.png": png(6),
    "bamboo.png": png(7),
    "setuju.png": png(8),
    "setuju.mp4": MP4,
}


@pytest.fixture(autouse=True)
def shelf(app: Flask, settings: Settings) -> None:
    app.extensions["catalogue"] = Catalogue(settings.data / "forms")
    with app.app_context():
        for name in ("media", "own_columns"):
            source = (TINY / f"{name}.yaml").read_bytes()
            files = {**FILES, "list.csv": b"name,label\na,A\n"}
            catalogue().publish(convert(source, files=files), datetime.now(UTC))


def details(person: Person) -> dict[str, Element]:
    return {text_of(each.find("summary") or each): each for each in person.page.iter("details")}


def test_each_language_has_its_own_picture(app: Flask) -> None:
    person = Person(app).begin("media")
    assert [i.get("src") for i in person.page.iter("img")] == [
        "/f/media/media/rumah.png", "/f/media/media/bambu.png",
    ]  # fmt: skip
    person.switch("en")
    pictures = list(person.page.iter("img"))
    assert [i.get("src") for i in pictures] == [
        "/f/media/media/house.png", "/f/media/media/bamboo.png",
    ]  # fmt: skip
    assert pictures[0].get("alt") == "Your house"


def test_nothing_is_loaded_before_it_is_opened_and_its_size_is_told(app: Flask) -> None:
    person = Person(app).begin("media")
    for each in person.page.iter("details"):
        assert "open" not in each.attrib
    assert all(i.get("loading") == "lazy" for i in person.page.iter("img"))
    audio = next(person.page.iter("audio"))
    assert audio.get("preload") == "none"
    assert "controls" in audio.attrib
    assert "autoplay" not in audio.attrib
    assert any("3 kB" in summary for summary in details(person))


def test_alt_text_easy_words_and_sign_language(app: Flask) -> None:
    person = Person(app).begin("own_columns")
    assert next(person.page.iter("img")).get("alt") == "Dua orang berjabat tangan"
    assert next(person.page.iter("video")).get("src") == "/f/own_columns/media/setuju.mp4"
    assert "Boleh kami simpan?" in person.words


def test_only_what_is_seen_or_heard_is_served(app: Flask) -> None:
    client = app.test_client()
    reply = client.get("/f/media/media/rumah.png")
    assert reply.data == FILES["rumah.png"]
    assert reply.mimetype == "image/png"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("list.csv", "nothing.png", "..%2Fform.xml", "form.xml"):
        assert client.get(f"/f/media/media/{name}").status_code == 404
    part = client.get("/f/media/media/rumah.mp3", headers={"Range": "bytes=0-9"})
    assert part.status_code == 206
    assert len(part.data) == 10
