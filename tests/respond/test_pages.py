"""One page: errors, what stays typed, leaving and coming back."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from tests.respond.person import Person
from tests.respond.test_journey import code_on, stored


def test_errors_come_first_and_lead_to_the_control(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="abc")
    assert person.title.startswith("Kesalahan: Berapa umur Anda?")
    assert person.problems == {"q-age": "Tulis angka bulat. Contoh: 25."}
    summary = person.page.find(".//div[@role='alert']")
    assert summary is not None
    assert summary.get("tabindex") == "-1"
    assert "autofocus" in summary.attrib
    assert summary.findtext("h2") == "Ada masalah"


def test_a_wrong_control_is_marked_and_described(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="3")
    control = person.control("q-age")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "e-age"
    assert person.control("e-age").text == "Tulis umur dari 5 sampai 120 tahun."


def test_the_hint_is_described_before_the_error(person: Person) -> None:
    person.begin("needs-assessment").next()
    group = person.page.find(".//fieldset")
    assert group is not None
    assert group.get("aria-describedby") == "h-consent e-consent"
    assert group.get("aria-invalid") == "true"
    assert list(person.problems) == ["q-consent"]
    assert person.control("q-consent").get("type") == "radio"


def test_the_wrong_part_of_a_date_is_found(person: Person) -> None:
    person.begin("piping").next(called="Sari").next(mood="good")
    person.next({"day-day": "31", "day-month": "agt", "day-year": "26"})
    assert person.problems == {"q-day-year": "Tanggal belum benar. Contoh: 17 Agustus 2026."}
    assert person.control("q-day-year").get("aria-invalid") == "true"
    assert person.control("q-day-day").get("aria-invalid") is None
    assert person.control("q-day-month").get("value") == "agt"


def test_a_question_with_a_way_out_says_so(person: Person) -> None:
    person.begin("piping").next(called="Sari").next()
    (message,) = person.problems.values()
    assert "Memilih tidak menjawab" in message


def test_titles_hide_what_a_heading_repeats(person: Person) -> None:
    person.begin("piping").next(called="Sari")
    assert person.heading == "Bagaimana kabar Anda, Sari?"
    assert person.title.startswith("Bagaimana kabar Anda, …?")
    assert "Sari" not in person.title


def test_a_title_tells_the_part_and_the_form(person: Person) -> None:
    person.begin("gate")
    assert person.title == "Persetujuan – Bagian 1 dari 3 – Formulir kecil – Suara Inklusi"


def test_optional_questions_say_so_without_asterisks(person: Person) -> None:
    person.begin("gate").next(agree="yes")
    assert person.heading == "Berapa umur Anda?"
    person.next(age="42")
    assert person.heading == "Ceritakan kebutuhan Anda. (boleh dilewati)"
    assert "*" not in person.words


def test_required_is_told_to_assistive_technology(person: Person) -> None:
    person.begin("gate").next(agree="yes")
    assert person.control("q-age").get("aria-required") == "true"


def test_what_was_typed_survives_an_error(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="empat puluh")
    assert person.control("q-age").get("value") == "empat puluh"


def test_what_was_typed_survives_the_language_switch(person: Person) -> None:
    person.begin("gate").next(agree="yes").switch("en", {"age": "empat puluh"})
    assert person.heading == "How old are you?"
    assert person.control("q-age").get("value") == "empat puluh"
    assert person.problems == {}


def test_the_switch_stays_in_its_language(person: Person) -> None:
    person.begin("gate").next(agree="yes").switch("en").next(age="42")
    assert person.heading == "Tell us what you need. (optional)"


def test_what_was_typed_survives_back(person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    person.press("page", "back", {"story": "belum selesai"})
    assert person.heading == "Berapa umur Anda?"
    person.next()
    assert person.control("q-story").text == "belum selesai"


def test_text_that_is_not_finished_is_not_sent(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42").next(story="lama").next()
    person.press_link("Ubah: Ceritakan kebutuhan Anda.")
    person.press("page", "back", {"story": "baru"})
    assert person.heading == "Periksa jawaban Anda"
    assert "lama" in person.words
    person.press("page")
    assert person.heading == "Ceritakan kebutuhan Anda. (boleh dilewati)"
    assert stored(app) == []
    person.next().press("page")
    (response,) = stored(app)
    assert response["answers"]["rest"]["story"] == "baru"


def test_an_answer_with_markup_is_shown_as_it_is(person: Person) -> None:
    person.begin("piping").next(called="<b>*S*</b> & [x](http://y)")
    assert person.heading == "Bagaimana kabar Anda, <b>*S*</b> & [x](http://y)?"


def test_saving_shows_a_code_that_goes_on_elsewhere(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    person.press("page", "save", {"story": "setengah"})
    code = code_on(person)
    elsewhere = Person(app).open("/receipt/code").press("enter", answers={"code": code.lower()})
    assert elsewhere.heading == "Ceritakan kebutuhan Anda. (boleh dilewati)"
    assert elsewhere.control("q-story").text == "setengah"


def test_the_link_of_a_saved_interview_fills_in_the_code(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").press("page", "save")
    links = [a.get("href", "") for a in person.page.iter("a")]
    address = next(link for link in links if "code=" in link)
    elsewhere = Person(app).open(address)
    assert elsewhere.control("code").get("value") == code_on(person)


def test_a_wrong_code_opens_nothing(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").press("page", "save")
    code = code_on(person)
    wrong = ("Q" if code[0] != "Q" else "R") + code[1:]
    elsewhere = Person(app).open("/receipt/code").press("enter", answers={"code": wrong})
    assert list(elsewhere.problems) == ["code"]
    assert elsewhere.control("code").get("value") == wrong


def test_stopping_asks_once_and_deletes(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").press("page", "save")
    code = code_on(person)
    person.press_link("Kembali").press("page", "stop")
    assert person.heading == "Semua jawaban di HP ini akan dihapus. Lanjutkan?"
    person.press("stop")
    assert person.heading == "Jawaban Anda sudah dihapus."
    elsewhere = Person(app).open("/receipt/code").press("enter", answers={"code": code})
    assert list(elsewhere.problems) == ["code"]


def test_a_page_that_is_not_reached_is_not_there(person: Person) -> None:
    person.begin("gate").open("/f/gate/p/story")
    assert person.status == 404
    person.press_link("Lanjutkan jawaban saya")
    assert person.heading == "Persetujuan"


def test_a_page_of_no_form_is_not_there(person: Person) -> None:
    person.begin("gate").open("/f/gate/p/nothing/at/all")
    assert person.status == 404


def test_without_an_interview_there_is_a_clear_page(person: Person) -> None:
    person.open("/f/gate/p/start")
    assert person.status == 410
    assert person.heading == "Tidak ada jawaban yang belum selesai di sini"


def test_a_page_grows_when_an_answer_makes_more_relevant(person: Person) -> None:
    person.begin("in-page").next(helped="yes", hours="2")
    assert person.path.endswith("/p/help")
    assert person.has_box("who")
    assert person.problems == {}
    notice = person.page.find(".//div[@role='status']")
    assert notice is not None
    assert "autofocus" in notice.attrib
    assert person.control("q-hours").get("value") == "2"
    person.next(who="Ibu")
    assert person.heading == "Periksa jawaban Anda"


def test_a_page_that_grows_asks_its_new_question_too(person: Person) -> None:
    person.begin("in-page").next(helped="yes").next()
    assert list(person.problems) == ["q-who"]


def test_a_page_shrinks_without_complaint(person: Person) -> None:
    person.begin("in-page").next(helped="yes").next(helped="no", who="")
    assert person.heading == "Periksa jawaban Anda"


def test_rows_are_added_changed_and_removed(app: Flask, person: Person) -> None:
    person.open("/?lang=en").begin("repeats")
    assert "Nothing has been added yet." in person.words
    person.press("page", "add").next(name="Sari").next(age="30")
    person.press("page", "add").next(name="Budi").next(age="40")
    assert "number 2" in person.words
    person.press("page", "remove-1")
    assert "number 2" not in person.words
    person.next()
    assert person.heading == "How many visits? (optional)"
    person.next(visits="").next().next()
    person.next(person.first_choices()) if person.path.endswith("eldest") else None
    person.press("page")
    (response,) = stored(app, "repeats")
    assert response["answers"]["person"] == [{"name": "Budi", "age": 40}]


def test_the_language_of_a_text_in_another_language_is_marked(person: Person) -> None:
    person.begin("languages")
    hint = person.control("h-word").find("div")
    assert hint is not None
    assert hint.get("lang") == "en"


@pytest.mark.parametrize("form_id", ["types", "selects"])
def test_every_type_of_question_has_a_page(person: Person, form_id: str) -> None:
    person.open("/?lang=en").begin(form_id)
    seen = []
    while not person.path.endswith("/check"):
        seen.append(person.path.rpartition("/")[2])
        person.next()
        assert len(seen) < 30
    assert len(seen) >= 4


def test_a_lost_cookie_loses_nothing(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes").next(age="42")
    person.client.delete_cookie("suara")
    origin = {"Origin": "http://localhost"}
    person.press("page", "next", {"story": "panjang sekali"}, headers=origin)
    assert person.heading == "Ceritakan kebutuhan Anda. (boleh dilewati)"
    assert person.control("q-story").text == "panjang sekali"
    person.next()
    assert person.heading == "Nomor HP Anda (boleh dilewati)"


def test_another_site_cannot_make_a_person_go_on(app: Flask, person: Person) -> None:
    person.begin("gate").next(agree="yes")
    person.client.delete_cookie("suara")
    origin = {"Origin": "https://evil.example"}
    person.press("page", "next", {"age": "42"}, headers=origin)
    assert person.status == 400


def test_enter_in_a_text_box_presses_next(person: Person) -> None:
    person.begin("gate").next(agree="yes")
    buttons = [b for b in person.page.iter("button") if b.get("form") == "page"]
    assert "name" not in buttons[0].attrib, "the first button of a form is the one Enter presses"


def test_the_page_is_small(person: Person) -> None:
    person.begin("needs-assessment")
    packed = {"Accept-Encoding": "gzip"}
    page = person.client.get(person.path, headers=packed)
    css = re.search(r'href="(/static/[^"]+\.css[^"]*)"', person.response.text)
    assert css
    with person.client.get(html.unescape(css.group(1)), headers=packed) as style:
        assert len(page.data) + len(style.data) <= 14_000
    assert "<script" not in person.response.text
