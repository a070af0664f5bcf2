"""Larger text, contrast, calm and easy words: chosen without JavaScript, and kept."""

from __future__ import annotations

import pytest

from app import display
from tests.conftest import LintingClient
from tests.linting import text_of
from tests.respond.conftest import TINY, Shelf, read
from tests.respond.person import Person


@pytest.fixture
def easy(shelf: Shelf, person: Person) -> Person:
    """Somebody before a form with easy words for some of its texts."""
    shelf.forms["easy_words"] = read(TINY / "easy_words.yaml")
    return person


def classes(person: Person) -> str:
    return person.page.find(".").get("class", "")  # type: ignore[union-attr]


def choose(person: Person, *names: str) -> Person:
    return person.press("display", answers=dict.fromkeys(names, "1"))


@pytest.mark.parametrize("tag", ["id", "en"])
def test_a_page_on_which_nothing_is_chosen_carries_nothing(client: LintingClient, tag: str) -> None:
    page = client.get(f"/?lang={tag}").text
    assert "display.css" not in page
    assert f'<html lang="{tag}" dir="ltr">' in page


def test_choices_are_kept_and_lead_back(person: Person) -> None:
    person.open("/help").press_link("Tampilan")
    choose(person, "large", "calm")
    assert person.path == "/help"
    assert classes(person) == "large calm"
    assert classes(person.open("/receipt")) == "large calm"
    assert "/static/display.css" in person.response.text


def test_what_is_chosen_is_ticked_and_can_be_taken_back(person: Person) -> None:
    choose(person.open("/display"), "contrast")
    assert set(person.open("/display").boxes()) - {"csrf_token"} == {"contrast"}
    person.open_posted({})
    assert classes(person) == ""


def test_what_was_typed_is_still_there(person: Person) -> None:
    person.begin("types")
    name = next(name for name in person.boxes_of_page() if person.has_text_box(name))
    address = person.address
    person.press("page", "display", {name: "12 Agustus"})
    assert person.path == "/display"
    choose(person, "large")
    assert person.address == address
    assert person.boxes()[name] == "12 Agustus"


def test_the_language_can_be_changed_before_choosing(person: Person) -> None:
    person.open("/display?back=/help").press("display", "en", {"calm": "1"}, name="lang")
    assert person.heading == "Display choices"
    assert person.boxes()["calm"] == "1"
    assert person.press("display").path == "/help"


@pytest.mark.parametrize(
    "back",
    [
        "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "/%0a/x.org",
        "javascript:alert(1)", "/\n/example.org", "help", "", "/nothing/here", "/receipt/open",
        "///example.org", "/help\t", "http:/help", "@example.org",
    ],
)  # fmt: skip
def test_back_leads_nowhere_but_to_a_page_of_ours(client: LintingClient, back: str) -> None:
    client.get("/display", query_string={"back": back})
    reply = client.post("/display", query_string={"back": back}, data={"large": "1"})
    assert reply.location == "/"


def test_back_keeps_the_query(client: LintingClient) -> None:
    client.get("/display")
    reply = client.post("/display", query_string={"back": "/help?a=b&c=d"}, data={})
    assert reply.location == "/help?a=b&c=d"


@pytest.mark.parametrize("cookie", ["x", '"><script>', "large.x.large", "....", "é"])
def test_a_cookie_that_is_not_ours_does_no_harm(client: LintingClient, cookie: str) -> None:
    client.set_cookie("display", cookie)
    assert "script>" not in client.get("/").text


def test_easy_words_take_the_place_of_the_label(easy: Person) -> None:
    assert easy.begin("easy_words").heading == "Setuju?"
    choose(easy.open("/display"), "easy")
    assert easy.open("/f/easy_words/p/consent").heading == "Boleh kami simpan?"
    assert easy.title.startswith("Boleh kami simpan?")
    assert "Ya, boleh" in easy.words
    assert easy.next(consent="yes").heading.startswith("Dibantu?")


def test_easy_words_of_another_language_are_not_taken(easy: Person) -> None:
    choose(easy.open("/display?lang=en"), "easy")
    assert easy.begin("easy_words").heading == "Do you agree?"


def test_the_reader_is_loaded_only_for_those_who_chose_it(person: Person) -> None:
    assert "<script" not in person.begin("types").response.text
    address = person.address
    choose(person.open("/display"), "listen")
    assert "<script" not in person.response.text
    script = person.open(address).page.find(".//script")
    assert script is not None
    assert (script.get("src") or "").startswith("/static/listen.js")
    assert script.get("data-pause") == "Jeda"


def test_the_footer_is_the_same_on_every_page(person: Person) -> None:
    footers = {footer(person.open(at)) for at in ("/", "/help", "/display", "/f/types", "/none")}
    footers.add(footer(person.begin("types")))
    (only,) = footers
    assert only.index("Bantuan dan kontak") < only.index("Tampilan") < only.index("Aksesibilitas")


def footer(person: Person) -> tuple[str, ...]:
    return tuple(text_of(item) for item in person.page.findall(".//footer//li"))


def test_every_choice_has_its_styles_or_its_words() -> None:
    styles = (TINY.parents[1] / "app" / "static" / "display.css").read_text()
    assert {name for name in display.CHOICES if f".{name} " in styles} >= {"large", "calm"}
