"""Every declared indicator against a count by hand on the answers of invented people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from app.summaries.counting import cell_key
from app.summaries.crosstabs import crosstabs
from app.summaries.declared import SummaryErrors, read_summary
from app.summaries.editions import INTERNAL, NETWORK, PUBLIC, Audience
from app.summaries.plan import plan_of
from app.summaries.tally import Tally, tally
from tests.summaries.invented import declared, documents, flat, shipped

A, B, C = "needs-assessment", "activity-feedback", "member-offer"
MUCH = {"3", "4"}
DOMAINS = ("see", "hear", "walk", "remember", "selfcare", "communicate")
Answers = dict[str, Any]
By = Callable[[Answers], list[str] | None]
"""The rows of one person; ``None``: not in the base."""


@cache
def counted(name: str) -> Tally:
    return tally(plan_of(shipped(name), summary=declared(name)), documents(name))


def people(name: str) -> list[Answers]:
    return [flat(document) for document in documents(name)]


def wg(answers: Answers) -> list[str]:
    return [answers.get(f"wg_{one}", "") for one in DOMAINS]


def told(answers: Answers) -> bool:
    """Functioning status with or without, from the six answers themselves."""
    return bool(MUCH & set(wg(answers))) or all(each in {"1", "2"} for each in wg(answers))


def one(name: str, *without: str) -> By:
    return lambda answers: (
        [answers[name]] if name in answers and answers[name] not in without else None
    )


def many(name: str, *without: str, hidden: str = "") -> By:
    def rows(answers: Answers) -> list[str] | None:
        given = [code for code in answers.get(name, []) if code not in without]
        return [code for code in given if code != hidden] if given else None

    return rows


def domain(name: str) -> By:
    return one(f"wg_{name}", "7", "9")


def apkm(item: str, area: str) -> By:
    def rows(answers: Answers) -> list[str] | None:
        for number in ("1", "2"):
            if answers.get(f"sector_{number}") == area:
                said = answers.get(f"s{number}_{item}")
                return [said] if said in {"yes", "partly", "no"} else None
        return None

    return rows


def cut_offs(answers: Answers) -> list[str] | None:
    if not told(answers):
        return None
    codes = wg(answers)
    some, much = sum(c in "234" for c in codes), sum(c in "34" for c in codes)
    found = {"d1": some >= 1, "d2": some >= 2 or much, "d3": much, "d4": "4" in codes}
    return [key for key, holds in found.items() if holds]


def domains(answers: Answers) -> list[str] | None:
    if not told(answers):
        return None
    return [f"d{min(3, sum(code in MUCH for code in wg(answers)))}"]


def types(answers: Answers) -> list[str] | None:
    given = set(answers.get("ragam", [])) - {"pns"}
    if "pwd" not in answers.get("groups", []) or not given or "pns" in answers["ragam"]:
        return None
    found = {
        "physical": "fisik" in given,
        "intellectual": "intelektual" in given,
        "mental": bool(given & {"mental", "perkembangan"}),
        "sensory": bool(given & {"netra", "tuli", "wicara"}),
        "several": len(given - {"other"}) >= 2,
    }
    return [key for key, holds in found.items() if holds]


def kinds(answers: Answers) -> list[str] | None:
    given = set(answers.get("barriers", []))
    if not given or "dk" in given:
        return None
    members = {
        "economic": {"cost"}, "environment": {"distance", "building", "device"},
        "information": {"info", "comm", "digital"}, "attitude": {"attitude", "family", "fear"},
        "institution": {"docs", "absent", "unfit"}, "support": {"companion"},
    }  # fmt: skip
    return [kind for kind, codes in members.items() if codes & given]


def any_area(answers: Answers) -> list[str]:
    return [answers[k] for k in ("sector_1", "sector_2") if answers.get(k) not in (None, "none")]


def gap(rows: By) -> By:
    return lambda answers: rows(answers) if answers.get("at_status") in {"more", "unmet"} else None


def needed(answers: Answers) -> bool:
    return bool(answers.get("b_need")) and "none" not in answers["b_need"]


BY_HAND: dict[tuple[str, str], By] = {
    (A, "A02"): one("kabkota"),
    (A, "A03-age"): one("age_group"),
    (A, "A04"): one("fill_mode"),
    (A, "A05"): lambda a: [["without", "with"][bool(MUCH & set(wg(a)))]] if told(a) else None,
    (A, "A05b"): cut_offs,
    **{(A, f"A06 {name}"): domain(name) for name in DOMAINS},
    (A, "A07"): domains,
    (A, "A08"): lambda a: many("ragam", "pns")(a) if "pwd" in a.get("groups", []) else None,
    (A, "A08-law"): types,
    (A, "A09"): many("groups", "pns"),
    (A, "A10"): one("sector_1"),
    (A, "A10-second"): lambda a: [a.get("sector_2", "none")],
    (A, "A10-any"): any_area,
    **{
        (A, f"A11 {item} {area}"): apkm(item, area)
        for item in ("access", "participation", "control", "benefit")
        for area in ("health", "work", "education", "justice")
    },
    (A, "A13"): many("barriers", "dk"),
    (A, "A13-types"): kinds,
    (A, "A14"): many("needs"),
    (A, "A16"): one("at_status", "dk"),
    (A, "A17"): gap(one("at_status")),
    (A, "A17-types"): gap(many("at_types")),
    (A, "A17-why"): gap(many("at_barrier")),
    (A, "A18"): many("accom", hidden="none"),
    (A, "A19"): many("channel"),
    (B, "B01-role"): one("b_role"),
    (B, "B01-age"): one("b_age"),
    (B, "B02"): one("b_overall"),
    (B, "B03 info"): one("b_info", "dk"),
    (B, "B03 venue"): one("b_venue", "dk", "na"),
    (B, "B04"): lambda a: one("b_met")(a) if needed(a) else None,
    (B, "B04-kinds"): many("b_need", hidden="none"),
    (B, "B05 voice"): one("b_voice", "dk"),
    (B, "B05 influence"): one("b_influence", "dk"),
    (B, "B05 useful"): one("b_useful", "dk"),
    (B, "B06"): one("b_respect", "dk"),
    (C, "C01-type"): one("m_type"),
    (C, "C01-agenda"): many("m_agenda"),
    (C, "C01-need"): many("m_needs"),
    (C, "C02"): many("m_area"),
    (C, "C03"): lambda a: ["none" if "none" in a["m_accom"] else "some"],
    (C, "C04"): one("m_opd"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), BY_HAND, ids=lambda part: part)
def test_an_indicator_is_what_one_counts_by_hand(name: str, code: str) -> None:
    expected = Counter[str]()
    for answers in people(name):
        rows = BY_HAND[name, code](answers)
        if rows is not None:
            expected.update(cell_key(row) for row in ("", *set(rows)))
    assert expected[cell_key("")] > 0 or code.endswith("justice")
    assert counted(name).cells.get(code, {}) == +expected


CROSSED: dict[str, tuple[By, Callable[[Answers], str]]] = {
    "A14 by sex": (many("needs"), lambda a: a["sex"] if a["sex"] in {"f", "m"} else "other"),
    "A10 by wg": (one("sector_1"), lambda a: a["wg_status"] if told(a) else "unknown"),
    "A13 by area": (many("barriers", "dk"), lambda a: a["sector_1"]),
    "A15 by urgency": (
        lambda a: many("needs", "none")(a) if a.get("urgency") else None,
        lambda a: "now" if a["urgency"] == "now" else "later",
    ),
    "A11 access health by sex": (
        apkm("access", "health"), lambda a: a["sex"] if a["sex"] in {"f", "m"} else "other"),
    "X01 by kabkota": (many("needs"), lambda a: a["kabkota"]),
}  # fmt: skip


@pytest.mark.parametrize("key", CROSSED)
def test_a_crossed_table_is_what_one_counts_by_hand(key: str) -> None:
    rows, column = CROSSED[key]
    expected = Counter[str]()
    for answers in people(A):
        found = rows(answers)
        if found is not None:
            expected.update(cell_key(row, column(answers)) for row in ("", *set(found)))
    assert expected
    assert counted(A).cells[key] == expected


def test_every_indicator_of_the_dictionary_is_declared() -> None:
    codes = {
        indicator.code.partition("-")[0]
        for name in (A, B, C)
        for indicator in declared(name).indicators()
    }
    people_ = {f"A{n:02}" for n in (*range(2, 12), *range(13, 20), 21)} | {"A05b"}
    assert people_ | {f"B0{n}" for n in range(1, 7)} | {"C01", "C02", "C03", "C04", "X01"} <= codes


def test_tallies_of_parts_add_up_to_that_of_all() -> None:
    plan = plan_of(shipped(A), summary=declared(A))
    lots = [documents(A)[start::3] for start in range(3)]
    assert (sum((tally(plan, lot) for lot in lots), Tally())).cells == counted(A).cells


@pytest.mark.parametrize("edition", [NETWORK, PUBLIC], ids=lambda each: each.audience)
def test_small_categories_are_the_same_people_in_every_table(edition: Any) -> None:
    tables = crosstabs(declared(A), counted(A), edition)
    by_key: dict[str, set[tuple[str, ...]]] = {}
    for table in tables.values():
        for side in (table.rows, table.columns):
            if side is not None and side.key in declared(A).attributes:
                by_key.setdefault(side.key, set()).add(side.categories)
    assert {"sex", "age", "wg", "kabkota"} <= by_key.keys()
    assert all(len(found) == 1 for found in by_key.values())
    kabkota = next(t for t in tables.values() if t.key == "A02")
    assert all(row[0] >= edition.k for row in kabkota.counts)
    assert sum(row[0] for row in kabkota.counts) == len(documents(A))


def test_what_is_internal_is_in_no_other_edition() -> None:
    internal = {"A05b", "A08-law", "A10-any", "A21", "A13 by area", "A10 by kabkota"}
    for audience in Audience:
        keys = {count.key for count in declared(A).tables(audience)}
        assert internal <= keys if audience is Audience.INTERNAL else not internal & keys


def test_nothing_that_tells_the_kind_of_disability_is_crossed_with_the_place() -> None:
    telling = {"ragam", "groups", "functioning", "mode"}
    for audience in (Audience.NETWORK, Audience.PUBLIC):
        for count in declared(A).tables(audience):
            told_ = count.rows.attributes | (count.columns.attributes if count.columns else set())
            assert not ("kabupaten" in told_ and told_ & telling), count.key


_INDICATOR = b"chapters: {x: {title: {id: X}, indicators: {A: {title: {id: X}, %s}}}}"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"chapters: [", "not correct YAML"),
        (b"chapter: {}", "“chapter” is not in the vocabulary"),
        (_INDICATOR % b"questions: [nope]", "the form has no question nope"),
        (_INDICATOR % b"questions: [sex], without: [zz]", "no question has the choice zz"),
        (_INDICATOR % b"questions: [sex], by: [age]", "there is no attribute age"),
        (_INDICATOR % b"questions: [sex], editions: [press]", "there is no edition press"),
        (_INDICATOR % b"questions: [sex], base: '${sex'", "An expression cannot be used"),
        (_INDICATOR % b"questions: [sex], base: '${nope} = 1'", "An expression cannot be used"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_summary_file_is_said(source: bytes, problem: str) -> None:
    with pytest.raises(SummaryErrors, match=problem):
        read_summary(source, shipped(A))


def test_the_internal_edition_has_every_category() -> None:
    tables = crosstabs(declared(A), counted(A), INTERNAL)
    assert {"f", "m", "other"} == set(tables["A03-sex"].rows.categories)
