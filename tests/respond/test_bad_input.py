"""Whatever is sent gets a clear page in the person's language, and never a 500."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.stores import Stores
from tests.respond.conftest import Shelf
from tests.respond.person import Person
from tests.respond.test_journey import code_on, stored, to_check

JUNK = st.text(max_size=30) | st.sampled_from(
    ["\0", "'; --", "<script>", "\ud7ff", "٣", "1e999", "-0", " ", "yes no", "../..", "💧" * 9]
)


def test_unknown_fields_are_ignored(app: Flask, person: Person) -> None:
    person.begin("gate")
    data = {**person.fill({"agree": "yes"}), ":do": "next", "role": "admin", "story": "x"}
    person.open_posted(data)
    assert person.heading == "Berapa umur Anda?"


def test_a_choice_that_is_not_offered_is_refused(person: Person) -> None:
    person.begin("gate").next(agree="perhaps")
    assert person.problems == {"q-agree": "Pilih jawaban dari daftar."}


def test_a_body_of_ten_megabytes_is_refused_with_a_page(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42").next(story="x" * 10_000_000)
    assert person.status == 413
    assert person.heading == "Kiriman itu terlalu besar"
    assert '<html lang="id"' in person.response.text


def test_text_that_is_not_utf_8_does_no_harm(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    token = person.client.token
    encoded = "application/x-www-form-urlencoded"
    person.open_posted(b"csrf_token=" + token.encode() + b"&story=\xff\xfe", encoded)
    assert person.status == 400
    person.open("/f/gate/p/story")
    person.open_posted(b"csrf_token=" + token.encode() + b"&story=%FF%FE%80", encoded)
    assert person.heading == "Nomor HP Anda (boleh dilewati)"


def test_addresses_that_are_not_utf_8_are_not_found(app: Flask) -> None:
    assert Person(app).open("/f/%FF%FE").status == 404
    assert Person(app).open("/%00").status == 404


def test_control_characters_are_not_stored(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42").next(story="a\0b\x1bc\r\nd")
    person.next().press("page")
    (response,) = stored(app)
    assert response["answers"]["rest"]["story"] == "abc\nd"


def test_a_wrong_language_code_changes_nothing(person: Person) -> None:
    person.begin("gate").open("/f/gate/p/start?lang=../../etc")
    assert '<html lang="id"' in person.response.text


def test_a_token_that_is_missing_is_told(app: Flask) -> None:
    person = Person(app)
    person.client.token = ""
    response = app.test_client().post("/f/gate", data={})
    assert response.status_code == 400


def test_an_unknown_form_is_not_found(app: Flask) -> None:
    assert Person(app).open("/f/no-such-form").status == 404


def test_a_closed_form_is_told(app: Flask, shelf: Shelf) -> None:
    shelf.closed.add("gate")
    person = Person(app).open("/f/gate")
    assert person.status == 410
    assert person.heading == "Formulir ini belum dibuka atau sudah ditutup"
    assert "Formulir kecil" not in person.open("/").words


def test_whoever_began_in_time_may_finish(app: Flask, person: Person, shelf: Shelf) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    shelf.closed.add("gate")
    person.next(story="Air bersih").next().press("page")
    assert person.path == "/receipt"
    assert len(stored(app)) == 1


def test_a_draft_that_nobody_touched_for_long_is_gone(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").press("page", "save")
    code = code_on(person)
    stores: Stores = app.extensions["stores"]
    draft = stores.drafts.get(code)
    assert draft is not None
    long_ago = datetime.now(UTC) - timedelta(days=400)
    stores.drafts.put(code, {**draft, "saved": long_ago.isoformat()})
    person.press_link("Lanjutkan sekarang")
    assert person.status == 410
    assert stores.drafts.get(code) is None


def test_old_drafts_are_deleted_when_somebody_begins(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").press("page", "save")
    stores: Stores = app.extensions["stores"]
    stores.expire_drafts(datetime.now(UTC) + timedelta(days=1), 14)
    assert stores.drafts.get(code_on(person)) is not None
    stores.expire_drafts(datetime.now(UTC) + timedelta(days=15), 14)
    assert stores.drafts.get(code_on(person)) is None


def test_an_unknown_activity_is_told(app: Flask) -> None:
    person = Person(app).open("/f/activity-feedback?activity=nobody-knows")
    assert person.status == 404
    assert person.heading == "Kegiatan ini tidak dikenal"


def test_too_much_before_consent_is_refused(person: Person) -> None:
    import random

    noise = random.Random(1)
    person.begin("long-before-consent")
    person.next(first="".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(3000)))
    assert person.status == 413
    person.open("/f/long-before-consent/p/first")
    assert person.status == 200


def test_health_is_told(app: Flask) -> None:
    response = app.test_client().get("/health")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok"}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_rubbish_in_any_box_is_answered_with_a_page(
    app: Flask, person: Person, data: st.DataObject
) -> None:
    form_id = data.draw(st.sampled_from(["gate", "types", "selects", "repeats", "in-page"]))
    person.open("/?lang=en").begin(form_id)
    for _step in range(data.draw(st.integers(1, 8))):
        if not person.page.findall(".//form[@id='page']") or not person.path.count("/p/"):
            break
        boxes = [name for name in person.boxes_of_page() if not name.startswith((":", "csrf"))]
        filled = {name: data.draw(st.lists(JUNK, max_size=2)) for name in boxes}
        pressed = data.draw(st.sampled_from(["next", "next", "back", "save", "remove-9", "xyz"]))
        person.open_posted({**person.fill({}), **filled, ":do": pressed})
        assert person.status < 500
        person.open(f"/f/{form_id}/continue")
        assert person.status < 500


PATHS = [
    "/", "/receipt", "/receipt/code", "/receipt/answers", "/receipt/correct", "/receipt/delete",
    "/receipt/clear", "/f/gate", "/f/gate/check", "/f/gate/stop", "/f/gate/saved",
    "/f/gate/ended", "/f/gate/continue", "/f/gate/p/rest", "/f/gate/p/start", "/health", "/help",
]  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from(PATHS),
    post=st.booleans(),
    body=st.dictionaries(st.sampled_from(["code", ":do", ":shown", "lang", "activity"]), JUNK),
    begun=st.booleans(),
)
def test_no_route_answers_rubbish_with_a_500(
    app: Flask, person: Person, path: str, post: bool, body: dict[str, str], begun: bool
) -> None:
    person.open("/f/gate")
    if begun:
        to_check(person)
    send = person.client.post if post else person.client.get
    response = send(path, **({"data": body} if post else {"query_string": body}))
    assert response.status_code < 500
