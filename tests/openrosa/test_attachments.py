"""Photographs, sounds and films: kept beside their response, request by request."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.responses.attachments import Attachments, TooLargeError
from app.responses.collection import Collection
from app.stores import Stores
from tests.openrosa.conftest import only
from tests.openrosa.interviews import instance, visit
from tests.openrosa.phone import Phone

JPEG = b"\xff\xd8\xff\xe0 a picture"
MEGA = 1_000_000


def names(stores: Stores, number: int = 1) -> tuple[str, ...]:
    return stores.attachments.names("visit", instance(number))


def test_files_named_in_the_xml_are_kept(phone: Phone, stores: Stores) -> None:
    xml = visit(1, photos=("1709381234567.jpg",), sign="1709381299999.mp4")
    files = {"1709381234567.jpg": JPEG, "1709381299999.mp4": b"film", "other.jpg": b"x"}
    assert phone.send(xml, files).status == 201
    assert names(stores) == ("1709381234567.jpg", "1709381299999.mp4")
    kept = stores.attachments.get("visit", instance(1), "1709381234567.jpg")
    assert kept == JPEG


def test_a_large_interview_comes_in_several_requests(
    phone: Phone, stores: Stores, kept: Collection
) -> None:
    photos = tuple(f"{number}.jpg" for number in range(5))
    xml = visit(1, photos=photos)
    batches = [photos[:2], photos[2:4], photos[4:]]
    replies = [
        phone.send(xml, dict.fromkeys(batch, JPEG), incomplete=batch != batches[-1])
        for batch in batches
    ]
    assert [reply.status for reply in replies] == [201, 202, 202]
    assert names(stores) == photos
    assert kept.count() == 1


def test_the_same_files_again_change_nothing(phone: Phone, stores: Stores) -> None:
    xml = visit(1, photos=("a.jpg",))
    for _ in range(2):
        assert phone.send(xml, {"a.jpg": JPEG}).accepted
    assert names(stores) == ("a.jpg",)


def test_the_log_of_the_interview_is_kept(phone: Phone, stores: Stores) -> None:
    xml = visit(1, meta="<orx:audit>audit.csv</orx:audit>")
    phone.send(xml, {"audit.csv": b"event,node,start,end\n"})
    assert names(stores) == ("audit.csv",)


def test_the_log_is_kept_only_when_the_xml_says_so(phone: Phone, stores: Stores) -> None:
    phone.send(visit(1), {"audit.csv": b"event"})
    assert names(stores) == ()


@pytest.mark.parametrize("name", ["page.html", "run.apk", "drawing.svg", "photo", "film.mp4"])
def test_a_file_of_the_wrong_kind_is_left_out_and_flagged(
    phone: Phone, stores: Stores, kept: Collection, name: str
) -> None:
    assert phone.send(visit(1, photos=(name,)), {name: b"x"}).status == 201
    assert names(stores) == ()
    assert {"code": "file_type", "field": "photo"} in only(kept)["flags"]


@pytest.mark.parametrize("name", ["../../secret.jpg", "/etc/x.jpg", ".lock.jpg", "a\\b.jpg"])
def test_a_name_cannot_lead_elsewhere(
    phone: Phone, stores: Stores, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*secret*"))
    assert phone.send(visit(1, photos=(name,)), {name: b"x"}).status == 201
    assert names(stores) == ()
    assert set(tmp_path.rglob("*secret*")) == before


def test_a_film_of_30_mb_is_kept(phone: Phone, stores: Stores) -> None:
    film = bytes(30 * MEGA)
    assert phone.send(visit(1, sign="story.mp4"), {"story.mp4": film}).status == 201
    assert len(stores.attachments.get("visit", instance(1), "story.mp4") or b"") == len(film)


@pytest.mark.parametrize("megabytes", [33, 40])
def test_a_larger_one_is_refused(phone: Phone, stores: Stores, megabytes: int) -> None:
    reply = phone.send(visit(1, sign="story.mp4"), {"story.mp4": bytes(megabytes * MEGA)})
    assert reply.status == 413
    assert "32 MB" in reply.words
    assert names(stores) == ()


def test_a_stranger_may_not_send_much(phone: Phone) -> None:
    phone.base += "x"
    assert phone.send(visit(1, sign="s.mp4"), {"s.mp4": bytes(3 * MEGA)}).status == 403


def test_all_files_of_a_response_together_have_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.responses.attachments.LARGEST_RESPONSE", 10)
    attachments = Attachments(tmp_path)
    attachments.put("f", "r", "a.jpg", b"12345678")
    attachments.put("f", "r", "a.jpg", b"123456789")
    with pytest.raises(TooLargeError):
        attachments.put("f", "r", "b.jpg", b"12")
    assert attachments.names("f", "r") == ("a.jpg",)


def test_erasing_a_response_erases_its_files(
    phone: Phone, stores: Stores, kept: Collection
) -> None:
    xml = visit(1, photos=("a.jpg",))
    phone.send(xml, {"a.jpg": JPEG})
    ((key, _),) = kept.each()
    assert stores.erase("visit", key)
    assert not stores.erase("visit", key)
    assert names(stores) == ()
    assert phone.send(xml, {"a.jpg": JPEG}).status == 202
    assert names(stores) == ()


def test_files_that_arrive_while_a_response_is_erased_do_not_stay(
    phone: Phone, stores: Stores, kept: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Attachments.put

    def put_and_erase(self: Attachments, *args: object) -> None:
        put(self, *args)  # type: ignore[arg-type]
        for key, _ in list(kept.each()):
            kept.remove(key)

    monkeypatch.setattr(Attachments, "put", put_and_erase)
    phone.send(visit(1, photos=("a.jpg",)), {"a.jpg": JPEG})
    assert names(stores) == ()


def test_files_of_nobody_are_swept(tmp_path: Path) -> None:
    attachments = Attachments(tmp_path)
    attachments.put("f", "uuid:1", "a.jpg", b"1")
    attachments.put("f", "uuid:2", "a.jpg", b"2")
    assert attachments.sweep("f", lambda identity: identity == "uuid:1") == 1
    assert attachments.names("f", "uuid:1") == ("a.jpg",)
    assert attachments.names("f", "uuid:2") == ()
    assert attachments.sweep("never", lambda _: False) == 0


@pytest.mark.parametrize("identity", ["..", ".", "uuid:1", "a%2Fb"])
def test_a_response_has_a_folder_of_its_own(tmp_path: Path, identity: str) -> None:
    attachments = Attachments(tmp_path / "kept")
    attachments.put("f", identity, "Foto alat bantu (1).jpg", b"1")
    (written,) = tmp_path.rglob("*.jpg")
    assert written.parent.parent == tmp_path / "kept" / "f"
    assert attachments.names("f", identity) == ("Foto alat bantu (1).jpg",)
    assert attachments.remove("f", identity)
    assert attachments.names("f", identity) == ()
