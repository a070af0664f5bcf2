"""Which language a person gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import format_date

from app import TRANSLATIONS, languages
from app.languages import Language


def language_of(app: Flask, path: str = "/", **request: object) -> str:
    with app.test_request_context(path, **request):  # type: ignore[arg-type]
        return languages.current().tag


def test_the_default_is_indonesian(app: Flask) -> None:
    assert language_of(app) == "id"


@pytest.mark.parametrize(
    ("accepts", "tag"),
    [("en-GB,en;q=0.9", "en"), ("id", "id"), ("jv,id;q=0.5", "id"), ("de", "id"), (";;q=", "id")],
)
def test_a_browser_may_ask(app: Flask, accepts: str, tag: str) -> None:
    assert language_of(app, headers={"Accept-Language": accepts}) == tag


def test_a_link_comes_before_the_cookie_and_the_cookie_before_the_browser(app: Flask) -> None:
    asked = {"Cookie": "language=en", "Accept-Language": "id"}
    assert language_of(app, headers=asked) == "en"
    assert language_of(app, "/?lang=id", headers=asked) == "id"


@pytest.mark.parametrize("tag", ["xx", "", "../id", "EN", "id\0", "en" * 500])
def test_an_unknown_code_changes_nothing(app: Flask, tag: str) -> None:
    assert language_of(app, "/", query_string={"lang": tag}) == "id"


def test_languages_are_named_in_their_own_words() -> None:
    found = languages.find_languages(TRANSLATIONS, "id")
    assert [(each.tag, each.name) for each in found.values()] == [
        ("id", "Indonesia"),
        ("en", "English"),
    ]


def test_a_language_that_is_written_from_right_to_left() -> None:
    assert Language.of("ar").direction == "rtl"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("id", ""),
        (None, ""),
        ("", ' lang=""'),
        ("en", ' lang="en"'),
        ("ar", ' lang="ar" dir="rtl"'),
    ],
)
def test_a_text_in_another_language_is_marked(app: Flask, tag: str | None, attributes: str) -> None:
    with app.test_request_context("/"):
        assert languages.lang(tag) == attributes


def test_a_tag_from_a_form_cannot_break_out_of_its_attribute(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "<" not in languages.lang('x" onclick="<')
        assert '" onclick' not in languages.lang('x" onclick="<')


def test_catalogs_are_compiled_when_they_are_newer(tmp_path: Path) -> None:
    source = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n')
    languages.compile_catalogs(tmp_path)
    target = source.with_suffix(".mo")
    first = target.stat().st_mtime_ns
    languages.compile_catalogs(tmp_path)
    assert target.stat().st_mtime_ns == first


def test_an_installation_without_its_language_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no such language"):
        languages.init_app(Flask("empty"), tmp_path, "id", "Asia/Jakarta")


@pytest.mark.parametrize(("tag", "written"), [("id", "17 Agustus 2026"), ("en", "17 August 2026")])
def test_a_day_is_written_day_first_in_every_language(app: Flask, tag: str, written: str) -> None:
    with app.test_request_context(f"/?lang={tag}"):
        assert format_date(date(2026, 8, 17), "long") == written
