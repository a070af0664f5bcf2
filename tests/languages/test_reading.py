"""Every text of the interface and of the shipped forms is short and plain, in both languages."""

from __future__ import annotations

import pytest

from tests.languages.reading import (
    ABBREVIATIONS,
    HEAVY,
    LONG,
    MOST_PASSIVES,
    MOST_WORDS,
    Read,
    abbreviations,
    every_text,
    passives,
    sentences,
    slashes,
    words,
)

MOST_PASSIVE_SENTENCES = {"id": 0.18, "en": 0.13}
"""Share of all sentences with a passive verb: that of today, rounded up; it may not grow."""


@pytest.fixture(scope="module")
def texts() -> list[Read]:
    return list(every_text())


@pytest.fixture(scope="module")
def long(texts: list[Read]) -> set[str]:
    return {s for read in texts for s in sentences(read.text) if words(s) > MOST_WORDS}


@pytest.fixture(scope="module")
def heavy(texts: list[Read]) -> set[str]:
    return {
        sentence
        for read in texts
        for sentence in sentences(read.text)
        if passives(sentence, read.language) > MOST_PASSIVES
    }


def test_there_is_something_to_read(texts: list[Read]) -> None:
    places = {(read.language, read.place) for read in texts}
    assert {("id", "interface"), ("en", "needs-assessment.yaml")} <= places
    assert len(texts) > 1000


def test_sentences_are_short(long: set[str]) -> None:
    assert {s for s in long if not s.startswith(tuple(LONG))} == set()


def test_every_exception_for_a_long_sentence_is_needed(long: set[str]) -> None:
    assert {begin for begin in LONG if not any(s.startswith(begin) for s in long)} == set()


def test_no_abbreviation_that_people_may_not_know(texts: list[Read]) -> None:
    strange = {
        f"{name} in {read.text[:60]!r}"
        for read in texts
        for name in abbreviations(read.text) - set(ABBREVIATIONS)
    }
    assert strange == set()


def test_every_exception_for_an_abbreviation_is_needed(texts: list[Read]) -> None:
    assert (
        set(ABBREVIATIONS) - {name for read in texts for name in abbreviations(read.text)} == set()
    )


def test_no_slash_stands_for_and_or_or(texts: list[Read]) -> None:
    assert {(read.place, found) for read in texts for found in slashes(read.text)} == set()


def test_no_sentence_has_many_passive_verbs(heavy: set[str]) -> None:
    assert {s for s in heavy if not s.startswith(tuple(HEAVY))} == set()


def test_every_exception_for_passive_verbs_is_needed(heavy: set[str]) -> None:
    assert {begin for begin in HEAVY if not any(s.startswith(begin) for s in heavy)} == set()


@pytest.mark.parametrize("language", MOST_PASSIVE_SENTENCES)
def test_passive_sentences_do_not_become_more(texts: list[Read], language: str) -> None:
    said = [s for read in texts if read.language == language for s in sentences(read.text)]
    share = sum(passives(s, language) > 0 for s in said) / len(said)
    assert share <= MOST_PASSIVE_SENTENCES[language]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One two. Three four five!", [2, 3]),
        ("Kode %(code)s ada di [halaman ini](https://x.id/a).", [6]),
        ("Satu\n- dua tiga", [1, 2]),
        ("1.250 orang", [2]),
    ],
)
def test_words_are_counted_by_sentence(text: str, count: list[int]) -> None:
    assert [words(s) for s in sentences(text)] == count


def test_what_the_check_finds() -> None:
    assert abbreviations("Tulis NIK di HP Anda, kode K7MX-3RTW-9HPA") == {"NIK", "HP"}
    assert slashes("suami/istri dan 1/5/2026, lihat https://a.id/b") == ["suami/istri"]
    assert passives("Jawaban disimpan, lalu diperiksa di sini", "id") == 2
    assert passives("It was never sent, and is kept here", "en") == 2
    assert passives("Penyandang disabilitas di sini", "id") == 0
