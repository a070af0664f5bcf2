"""What a phone sends is kept once, as a response like every other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from app.accounts import Account
from app.catalogue import SHIPPED, Catalogue
from app.questionnaire.network import read_network
from app.questionnaire.xlsform import convert
from app.responses import receipts
from app.responses.collection import Collection, Document, StorageFull, Stored
from app.stores import Stores
from tests.openrosa.conftest import NOW, only
from tests.openrosa.interviews import enketo_visit, instance, visit
from tests.openrosa.phone import ENKETO, Phone
from tests.openrosa.test_forms import publish_changed


def test_an_interview_is_a_response_like_every_other(
    phone: Phone, kept: Collection, stores: Stores, siti: Account
) -> None:
    assert phone.may_send()
    reply = phone.send(visit(1))
    assert reply.status == 201
    document = only(kept)
    assert document["id"] == instance(1)
    assert (document["form"], document["version"]) == ("visit", "7")
    assert (document["channel"], document["collector"]) == ("odk", siti.id)
    assert document["started"] == "2026-03-02T12:01:12+00:00"
    assert document["language"] == "id"
    answers = document["answers"]
    assert (answers["age"], answers["born"], answers["visited"]) == (34, "1992", "2026-03-02")
    assert "meta" not in answers
    code = receipts.code_of(instance(1), stores.secret)
    assert code in reply.words
    assert receipts.matches(code, document["receipt"], stores.secret)


def test_contact_data_are_kept_apart(phone: Phone, kept: Collection, stores: Stores) -> None:
    phone.send(visit(1, nickname="Bu Sri"))
    assert "nickname" not in only(kept)["answers"]
    assert "Bu Sri" not in str(only(kept))
    contact = only(stores.contacts("visit"))
    assert (contact["id"], contact["contact"]) == (instance(1), {"nickname": "Bu Sri"})


def test_the_hash_of_the_xml_does_not_tell_the_contact_data(phone: Phone, kept: Collection) -> None:
    xml = visit(1)
    phone.send(xml)
    (sent,) = only(kept)["instances"]
    assert len(sent["xml"]) == 64
    assert sent["xml"] != sha256(xml).hexdigest()


def test_what_only_our_pages_ask_is_filled_in_or_flagged(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    document = only(kept)
    assert document["answers"]["interview_mode"] == "facilitator"
    assert document["answers"]["facilitator_page"] == {"f_code": "F07"}
    assert document["flags"] == [{"code": "required", "field": "f_means"}]


def test_what_the_facilitator_wrote_stays(phone: Phone, kept: Collection) -> None:
    page = "<facilitator_page><f_code>F99</f_code><f_means>oral signed</f_means></facilitator_page>"
    phone.send(visit(1, extra=page))
    document = only(kept)
    assert document["answers"]["facilitator_page"]["f_code"] == "F99"
    assert document["flags"] == []
    assert document["consent"]["means"] == "oral signed"


def test_consent_is_proved(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    consent = only(kept)["consent"]
    assert consent["text"].startswith("sha256:")
    assert consent["time"] == "2026-03-02T12:14:58+00:00"
    assert (consent["means"], consent["language"]) == ("facilitator", "id")


@pytest.mark.parametrize(
    ("changed", "flag"),
    [
        ({"age": "130"}, {"code": "constraint", "field": "age"}),
        ({"age": ""}, {"code": "required", "field": "age"}),
        ({"age": "banyak"}, {"code": "type", "field": "age"}),
        ({"extra": "<surprise>1</surprise>"}, None),
    ],
)
def test_what_collect_let_pass_is_flagged(
    phone: Phone, kept: Collection, changed: dict[str, str], flag: dict[str, str] | None
) -> None:
    assert phone.send(visit(1, **changed)).status == 201  # type: ignore[arg-type]
    flags = only(kept)["flags"]
    assert flags == [*([flag] if flag else []), {"code": "required", "field": "f_means"}]


def test_a_choice_that_is_not_in_the_list_is_flagged(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1).replace(b"<village>v1<", b"<village>v9<"))
    assert {"code": "choice", "field": "village"} in only(kept)["flags"]
    assert only(kept)["answers"]["village"] == "v9"


def test_an_answer_that_should_not_have_been_asked_is_flagged(
    phone: Phone, kept: Collection, catalogue: Catalogue
) -> None:
    source = """
settings:
  - form_id: gated
    version: 1
survey:
  - {type: integer, name: age, label: Umur}
  - {type: text, name: work, label: Kerja, relevant: "${age} > 17"}
  - {type: begin_repeat, name: child, label: Anak}
  - {type: integer, name: years, label: Umur anak}
  - {type: text, name: school, label: Sekolah, relevant: "${years} > 5"}
  - {type: end_repeat}
"""
    catalogue.publish(convert(source.encode()), NOW)
    rows = "".join(
        f"<child><years>{years}</years><school>SD</school></child>" for years in (9, 2, 3)
    )
    xml = f'<data id="gated" version="1"><age>9</age><work>Tani</work>{rows}</data>'
    assert phone.send(xml.encode()).status == 201
    gated = [d for _, d in phone.app.extensions["stores"].responses("gated").each()]
    assert gated[0]["flags"] == [
        {"code": "not_relevant", "field": "work"},
        {"code": "not_relevant", "field": "school"},
    ]
    assert gated[0]["answers"]["child"][0] == {"years": 9, "school": "SD"}


def test_rules_are_applied_as_of_the_interview(
    phone: Phone, kept: Collection, catalogue: Catalogue
) -> None:
    phone.send(visit(1, start="2026-03-01T09:00:00+07:00", end="2026-03-01T09:30:00+07:00"))
    # Visited on the day after the interview was held, which lies in the past by now.
    assert {"code": "constraint", "field": "visited"} in only(kept)["flags"]


def test_a_phone_whose_clock_is_ahead_does_not_make_the_future(
    phone: Phone, kept: Collection
) -> None:
    phone.send(visit(1, end="2099-01-01T00:00:00.000+07:00"))
    assert datetime.fromisoformat(only(kept)["consent"]["time"]) <= datetime.now(UTC)


def test_enketo_sends_too(phone: Phone, kept: Collection) -> None:
    phone.headers, phone.query = ENKETO, ""
    reply = phone.post(
        [
            ("xml_submission_file", "xml_submission_file", "text/xml", enketo_visit(3)),
            ("kursi-19_14_2.jpg", "kursi-19_14_2.jpg", "image/jpeg", b"\xff\xd8\xff jpeg"),
        ]
    )
    assert reply.status == 201
    assert reply.words.startswith("The answers are kept.")
    document = only(kept)
    assert document["answers"]["born"] == "1992"
    assert document["answers"]["device"] == [{"what": "Kursi roda", "photo": "kursi-19_14_2.jpg"}]


def test_xml_in_a_part_without_a_filename_is_read_too(phone: Phone) -> None:
    assert phone.post([("xml_submission_file", None, "text/xml", visit(1))]).status == 201


def test_an_interview_without_an_id_gets_one(phone: Phone, kept: Collection) -> None:
    xml = b'<data id="visit" version="7"><agree>yes</agree><age>20</age></data>'
    assert phone.send(xml).status == 201
    assert only(kept)["id"].startswith("uuid:")


# -- once, and only once


def test_the_same_again_is_accepted_and_kept_once(phone: Phone, kept: Collection) -> None:
    assert [phone.send(visit(1)).status for _ in range(3)] == [201, 202, 202]
    assert kept.count() == 1


def test_the_same_id_with_other_answers_is_a_conflict(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    reply = phone.send(visit(1, age="35"))
    assert reply.status == 409
    assert only(kept)["answers"]["age"] == 34
    assert phone.send(visit(1)).status == 202


@pytest.mark.parametrize("moment", ["the same second", "a second later"])
def test_two_requests_at_once_make_one_response(
    phone: Phone, kept: Collection, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The other request is stored between our looking and our adding."""
    add = type(kept).add

    def raced(collection: Collection, document: Document) -> Stored:
        add(collection, document)
        monkeypatch.undo()
        if moment == "a second later":
            (instance,) = document["instances"]
            document = {**document, "instances": [{**instance, "received": "later"}]}
        return add(collection, document)

    monkeypatch.setattr(type(kept), "add", raced)
    assert phone.send(visit(1)).status == 202
    assert kept.count() == 1


def test_what_was_erased_is_not_kept_again(phone: Phone, kept: Collection, stores: Stores) -> None:
    phone.send(visit(1))
    ((key, _),) = kept.each()
    stores.erase("visit", key)
    reply = phone.send(visit(1))
    assert reply.status == 202
    assert kept.count() == stores.contacts("visit").count() == 0


def test_without_consent_nothing_is_kept(
    phone: Phone, kept: Collection, stores: Stores, app: Flask
) -> None:
    reply = phone.send(visit(1, agree="no"), {"a.jpg": b"x"})
    assert reply.status == 403
    assert kept.count() == stores.contacts("visit").count() == 0
    assert not (stores.folder / "attachments").exists()


def test_a_full_disk_is_told_and_the_phone_keeps_it(
    phone: Phone, kept: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFull("no room")

    monkeypatch.setattr(type(kept), "add", full)
    assert phone.send(visit(1)).status == 503
    monkeypatch.undo()
    assert phone.send(visit(1)).status == 201


def test_what_broke_off_before_the_contact_data_is_completed(
    phone: Phone, kept: Collection, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.collect.receiving._finish", _broken)
    phone.app.config["PROPAGATE_EXCEPTIONS"] = False
    assert phone.send(visit(1)).status == 500
    monkeypatch.undo()
    assert stores.contacts("visit").count() == 0
    assert phone.send(visit(1)).status == 202
    assert stores.contacts("visit").count() == 1


def _broken(*_: object) -> None:
    raise RuntimeError("the power went out")


# -- versions and being open


def test_an_old_version_is_read_by_its_own_definition(
    phone: Phone, kept: Collection, catalogue: Catalogue
) -> None:
    publish_changed(catalogue)
    assert phone.send(visit(1)).status == 201
    assert phone.send(visit(2, version="8")).status == 201
    assert [document["version"] for _, document in kept.each()] == ["7", "8"]


@pytest.mark.parametrize(
    "xml",
    [visit(1, version="6"), visit(1).replace(b'id="visit"', b'id="../visit"')],
    ids=["version", "form"],
)
def test_a_form_that_was_never_published_is_404(phone: Phone, kept: Collection, xml: bytes) -> None:
    assert phone.send(xml).status == 404
    assert kept.count() == 0


def test_a_closed_form_takes_nothing(phone: Phone, kept: Collection, catalogue: Catalogue) -> None:
    catalogue.set_open("visit", False)
    assert phone.send(visit(1)).status == 409
    assert kept.count() == 0
    catalogue.set_open("visit", True)
    assert phone.send(visit(1)).status == 201


def test_an_interview_held_in_time_may_arrive_late(
    phone: Phone, kept: Collection, catalogue: Catalogue
) -> None:
    catalogue.set_dates("visit", None, date(2026, 3, 2))
    assert phone.send(visit(1)).status == 201
    late = visit(2, start="2026-03-03T08:00:00+07:00", end="2026-03-03T08:10:00+07:00")
    assert phone.send(late).status == 409
    untimed = visit(3, start="", end="")
    assert phone.send(untimed).status == 409
    assert kept.count() == 1


# -- corrections


def test_a_correction_takes_the_place_of_what_it_corrects(
    phone: Phone, kept: Collection, stores: Stores
) -> None:
    phone.send(visit(1, photos=("a.jpg", "b.jpg")), {"a.jpg": b"a", "b.jpg": b"b"})
    before = only(kept)
    reply = phone.send(visit(2, corrects=1, age="35", photos=("b.jpg",), nickname=""))
    assert reply.status == 201
    after = only(kept)
    assert after["answers"]["age"] == 35
    assert [each["id"] for each in after["instances"]] == [instance(1), instance(2)]
    for stays in ("id", "submitted", "receipt", "collector"):
        assert after[stays] == before[stays]
    assert stores.contacts("visit").count() == 0
    assert stores.attachments.names("visit", instance(1)) == ("b.jpg",)


def test_corrections_follow_each_other(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    phone.send(visit(2, corrects=1, age="35"))
    assert phone.send(visit(3, corrects=2, age="36")).status == 201
    assert only(kept)["answers"]["age"] == 36


def test_late_retries_do_not_undo_a_correction(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    phone.send(visit(2, corrects=1, age="35"))
    assert phone.send(visit(1)).status == 202
    assert phone.send(visit(2, corrects=1, age="35")).status == 202
    assert only(kept)["answers"]["age"] == 35
    assert phone.send(visit(2, corrects=1, age="37")).status == 409


def test_only_the_latest_can_be_corrected(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    phone.send(visit(2, corrects=1, age="35"))
    assert phone.send(visit(3, corrects=1, age="36")).status == 409
    assert only(kept)["answers"]["age"] == 35


def test_what_the_person_corrected_since_is_not_overwritten(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    ((key, document),) = kept.each()
    answers = {**document["answers"], "age": 40}
    kept.replace(key, {**document, "answers": answers, "corrected": "2026-03-03T01:00:00+00:00"})
    assert phone.send(visit(2, corrects=1, age="35")).status == 409
    assert phone.send(visit(1)).status == 202
    assert only(kept)["answers"]["age"] == 40


def test_there_must_be_something_to_correct(phone: Phone, kept: Collection) -> None:
    assert phone.send(visit(2, corrects=1)).status == 404
    assert kept.count() == 0


def test_a_correction_of_what_was_erased_is_not_kept(
    phone: Phone, kept: Collection, stores: Stores
) -> None:
    phone.send(visit(1))
    ((key, _),) = kept.each()
    stores.erase("visit", key)
    assert phone.send(visit(2, corrects=1)).status == 202
    assert kept.count() == 0


def test_a_correction_without_consent_changes_nothing(phone: Phone, kept: Collection) -> None:
    phone.send(visit(1))
    assert phone.send(visit(2, corrects=1, agree="no")).status == 403
    assert only(kept)["answers"]["agree"] == "yes"


def test_a_closed_form_can_still_be_corrected(
    phone: Phone, kept: Collection, catalogue: Catalogue
) -> None:
    phone.send(visit(1))
    catalogue.set_open("visit", False)
    assert phone.send(visit(2, corrects=1, age="35")).status == 201


# -- what is no interview


BOMB = b"""<?xml version="1.0"?><!DOCTYPE data [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
<data id="visit" version="7"><agree>yes</agree><age>&e;&e;&e;&e;&e;</age></data>"""
LEAK = b"""<?xml version="1.0"?><!DOCTYPE data [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<data id="visit" version="7"><agree>yes</agree><age>&f;</age></data>"""


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"<data id='visit' version='7'>",
        b"<data/>",
        b'<data id="visit" version="7" encrypted="yes"/>',
        visit(1).replace(instance(1).encode(), b"../../../etc"),
        visit(1).replace(instance(1).encode(), b"u" * 200),
        b"<a>" * 100_000,
        BOMB,
        LEAK,
    ],
    ids=["empty", "text", "open", "no-id", "encrypted", "path", "long", "deep", "bomb", "file"],
)
def test_what_is_no_interview_is_refused(phone: Phone, kept: Collection, xml: bytes) -> None:
    assert phone.send(xml).status == 400
    assert kept.count() == 0


def test_a_request_without_the_xml_part_is_refused(phone: Phone) -> None:
    assert phone.post([("a.jpg", "a.jpg", "image/jpeg", b"a")]).status == 400
    response = phone.open("POST", f"{phone.base}/submission", data=visit(1))
    assert response.status_code == 400


def test_too_much_xml_is_refused_before_it_is_read(phone: Phone) -> None:
    assert phone.send(visit(1, extra="<x>" + "a" * 2_000_000 + "</x>")).status == 413


def test_neither_cookies_nor_csrf_play_a_part(phone: Phone, kept: Collection) -> None:
    phone.headers = {**phone.headers, "Cookie": "suara=nonsense; language=en"}
    assert phone.send(visit(1)).status == 201


@pytest.mark.parametrize(
    ("language", "begins"),
    [("id", "Jawaban sudah disimpan."), ("en", "The answers are kept."), ("", "Jawaban sudah")],
)
def test_the_facilitator_reads_what_happened(phone: Phone, language: str, begins: str) -> None:
    headers = {"Accept-Language": language} if language else {}
    phone.headers = {**phone.headers, **headers}
    assert phone.send(visit(1)).words.startswith(begins)


def test_the_needs_assessment_arrives_whole(
    phone: Phone, catalogue: Catalogue, stores: Stores
) -> None:
    network = read_network((SHIPPED / "network.yaml").read_bytes())
    said = network.saying({name: {"id": "PPDiS", "en": "PPDiS"} for name in network.missing()})
    source = (SHIPPED / "needs-assessment.yaml").read_bytes()
    published = catalogue.publish(convert(source, said), NOW)
    xml = (Path(__file__).parent / "forms" / "needs-assessment.xml").read_bytes()
    assert phone.send(xml.replace(b"VERSION", published.version.encode())).status == 201
    document = only(stores.responses("needs-assessment"))
    assert document["answers"]["start_part"]["proceed"] == "1"
    assert document["answers"]["needs_part"]["needs"] == ["device", "skills"]
    asked_only_here = [{"code": "required", "field": name} for name in ("f_means", "f_lang")]
    assert document["flags"] == asked_only_here
    contact = only(stores.contacts("needs-assessment"))["contact"]
    assert contact["finish_part"]["contact_page"]["c_phone"] == "081234567890"
