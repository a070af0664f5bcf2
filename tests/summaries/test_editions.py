"""Editions of the demonstration: what they show, and what somebody with a solver can get out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app import languages
from app.summaries import edition_report as reports
from app.summaries.crosstabs import crosstabs
from app.summaries.disclosure import protect
from app.summaries.edition_report import EditionReport, Origin, edition_report
from app.summaries.edition_tables import as_csv, rows
from app.summaries.editions import INTERNAL, NETWORK, PUBLIC, Audience, Edition
from app.summaries.generic import generic
from app.summaries.issued import (
    ALL,
    Issue,
    Issued,
    TooSimilarError,
    comparable,
    differing,
    shown_counts,
)
from app.summaries.page import edition_shown
from app.summaries.plan import plan_of
from app.summaries.subjects import RESPONDENTS
from app.summaries.tables import Dimension, Group, Hidden, ProtectedTable, Shown, Table, one_way
from app.summaries.tally import tally
from tests.disclosure.reader import Reader, truth
from tests.linting import lint
from tests.summaries.invented import NOW, declared, documents, flat, shipped

FORMS = ("needs-assessment", "activity-feedback")
PROTECTED = (NETWORK, PUBLIC)
HIDDEN = {"id": "Tidak ditampilkan untuk melindungi privasi", "en": "Not shown, to protect privacy"}


@cache
def counted(name: str, edition: Edition, many: int = 400, leave: int = 0) -> list[Table]:
    people = documents(name, many)[leave:]
    found = tally(plan_of(shipped(name), summary=declared(name)), people)
    everybody = one_way("people", RESPONDENTS, Dimension("people", ("all",)), (found.responses,))
    return [everybody, *crosstabs(declared(name), found, edition).values()]


@cache
def protected(name: str, edition: Edition) -> list[ProtectedTable]:
    return protect(counted(name, edition), edition)


def report(name: str, edition: Edition, language: str) -> EditionReport:
    people, *tables = protected(name, edition)
    return edition_report(
        shipped(name),
        declared(name),
        edition,
        {table.key: table for table in tables},
        people,
        language=language,
        now=NOW,
        origin=Origin("Agustus 2026", ("1",)),
    )


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.slow
@pytest.mark.parametrize("edition", PROTECTED, ids=lambda each: each.audience)
@pytest.mark.parametrize("name", FORMS)
def test_no_small_count_can_be_calculated(name: str, edition: Edition) -> None:
    """Every table of the edition at once; the counts that are shown are known exactly."""
    tables = counted(name, edition)
    known = truth(tables)
    reader = Reader(protected(name, edition), exact=known)
    small = [
        group for group in hidden_groups(tables, protected(name, edition))
        if 1 <= known[group] < edition.k
    ]  # fmt: skip
    assert small
    narrow = {group: reader.interval(group) for group in small if reader.width(group) < edition.k}
    shown = len(shown_counts(tables, protected(name, edition)))
    print(f"{name}, {edition.audience}: {len(small)} hidden cells attacked, {shown} counts shown")
    assert not narrow


def hidden_groups(tables: list[Table], seen: list[ProtectedTable]) -> set[Group]:
    found = set()
    for table, one in zip(tables, seen, strict=True):
        for row, cells in enumerate(one.cells):
            if isinstance(one.row_totals[row], Hidden):
                found.add(table.row_total(row).group)
            for column, cell in enumerate(cells):
                if isinstance(cell, Hidden):
                    found.add(table.cell(row, column).group)
    return found


@pytest.mark.parametrize("edition", PROTECTED, ids=lambda each: each.audience)
def test_shown_counts_are_never_small(edition: Edition) -> None:
    for name in FORMS:
        for table in protected(name, edition):
            for cell in (cell for row in table.cells for cell in row):
                if isinstance(cell, Shown):
                    assert cell.count == 0 or cell.count >= edition.k
                    assert cell.count % edition.rounding == 0


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("edition", [INTERNAL, NETWORK, PUBLIC], ids=lambda each: each.audience)
@pytest.mark.parametrize("name", FORMS)
def test_a_page_of_an_edition_keeps_every_rule_of_pages(
    name: str, edition: Edition, language: str
) -> None:
    part = edition_shown(report(name, edition, language))
    page = (
        f'<!doctype html><html lang="{language}"><head><title>X</title></head><body>'
        f'<a href="#main">X</a><main id="main"><h1>X</h1>{part}</main></body></html>'
    )
    assert lint(page) == []
    assert (HIDDEN[language] in part) is (edition is not INTERNAL)
    assert not {">*<", ">–<", ">-<", "><td></td>"} & set(part.split())


def test_the_order_of_the_chapters_is_that_of_the_dictionary() -> None:
    chapters = [one.id for one in report("needs-assessment", PUBLIC, "id").chapters]
    assert chapters == ["who", "priorities", "needs"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_easy_page_has_five_findings_without_percentages(language: str) -> None:
    easy = report("needs-assessment", PUBLIC, language).easy
    said = [line.sentence for lines in easy.findings for line in lines]
    assert 3 <= len(easy.findings) <= 5
    assert "%" not in "".join([easy.opening, *said])
    of_ten = {"id": "dari 10 orang", "en": "of 10 people"}[language]
    assert all(of_ten in sentence for sentence in said)
    assert all(0 <= (line.tenths or 0) <= 10 for lines in easy.findings for line in lines)


def test_the_notes_say_how_people_are_protected() -> None:
    notes = " ".join(report("needs-assessment", PUBLIC, "en").notes)
    hidden = sum(t.hidden() for t in protected("needs-assessment", PUBLIC))
    assert f"{hidden} numbers of this report are not shown" in notes
    assert "fewer than 10 people" in notes
    assert "nearest 5" in notes
    assert "answer code" in notes


def test_unprotected_tables_are_refused() -> None:
    name = "needs-assessment"
    people, *tables = protected(name, NETWORK)
    with pytest.raises(ValueError, match="protected for another edition"):
        edition_report(
            shipped(name), declared(name), PUBLIC, {t.key: t for t in tables}, people,
            language="id", now=NOW, origin=Origin("", ()),
        )  # fmt: skip
    with pytest.raises(AttributeError):
        edition_report(
            shipped(name), declared(name), NETWORK, {"A02": counted(name, NETWORK)[1]}, people,  # type: ignore[dict-item]
            language="id", now=NOW, origin=Origin("", ()),
        )  # fmt: skip


def test_the_tables_as_csv_say_what_is_hidden() -> None:
    name = "needs-assessment"
    tables = {table.key: table for table in protected(name, PUBLIC)}
    found = list(rows(shipped(name), declared(name), tables, "id"))
    assert all(isinstance(row[5], str) or row[5] == 0 or row[5] >= 10 for row in found[1:])
    hidden = [row for row in found if row[5] == HIDDEN["id"]]
    assert hidden
    assert all(row[6:] == ("", "") for row in hidden)
    content = as_csv(iter(found), report(name, PUBLIC, "id")).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) > len(found)


def test_offers_are_no_persons_and_nothing_of_them_is_hidden() -> None:
    people, *tables = protected("member-offer", INTERNAL)
    made = edition_report(
        shipped("member-offer"), declared("member-offer"), INTERNAL,
        {table.key: table for table in tables}, people,
        language="id", now=NOW, origin=Origin("", ()),
    )  # fmt: skip
    assert made.caution == ""
    assert not any(table.hidden() for table in tables)


def test_a_form_without_a_file_has_editions_too() -> None:
    form = shipped("activity-registration")
    summary = generic(form)
    found = tally(plan_of(form, summary=summary), documents("activity-registration"))
    tables = crosstabs(summary, found, NETWORK)
    assert set(tables) == {"r_accom", "r_companion"}
    by_hand = Counter(flat(one).get("r_companion") for one in documents("activity-registration"))
    del by_hand[None]
    assert dict(shares(tables["r_companion"])) == by_hand


def shares(table: Table) -> list[tuple[str, int]]:
    return [(code, row[0]) for code, row in zip(table.rows.categories, table.counts, strict=True)]


def issue(name: str, edition: Edition, **more: object) -> Issue:
    tables = counted(name, edition)
    shown = shown_counts(tables, protected(name, edition))
    made = Issue("2026-08-01T00:00:00+00:00", edition.audience.value, ALL, shown)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_same_answers_can_be_given_out_again(tmp_path: Path) -> None:
    kept = Issued(tmp_path, "x")
    first = issue("needs-assessment", PUBLIC)
    kept.keep(first)
    kept.keep(replace(first, made="later"))
    assert kept.each(Audience.PUBLIC) == [first]
    assert kept.each(Audience.NETWORK) == []
    assert differing(counted("needs-assessment", PUBLIC), kept.each(Audience.PUBLIC), PUBLIC) == []


def test_a_few_people_more_or_less_are_refused() -> None:
    first = issue("needs-assessment", PUBLIC)
    now = counted("needs-assessment", PUBLIC, leave=4)
    with pytest.raises(TooSimilarError) as refusal:
        differing(now, [first], PUBLIC)
    assert refusal.value.k == 10


def test_a_group_that_changed_by_a_few_is_hidden() -> None:
    first = issue("needs-assessment", NETWORK)
    tables = counted("needs-assessment", NETWORK, leave=40)
    hide = differing(tables, [first], NETWORK)
    assert hide
    seen = protect(tables, NETWORK, also=hide)
    later = shown_counts(tables, seen)
    close = {g: abs(later[g] - n) for g, n in first.counts.items() if g in later and later[g] != n}
    assert close
    assert all(difference >= NETWORK.k for difference in close.values())


def test_two_activities_are_compared_with_the_whole_but_not_with_each_other() -> None:
    everybody = Group("respondents")
    made = [
        Issue("1", "public", scope, {everybody: n}) for scope, n in [("", 90), ("a", 40), ("b", 47)]
    ]
    assert [one.scope for one in comparable(made, "a")] == ["", "a"]
    rest = comparable(made, "c")
    assert rest[-1].counts == {everybody: 3}, "all without a and b"
    assert comparable(made, "")[-1].counts == {everybody: 87}


def test_names_of_editions_are_words() -> None:
    with languages.speaking("en"):
        assert len({reports.named(each) for each in Audience}) == 3
