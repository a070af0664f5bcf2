"""What people type is read alike on the phone and on the server."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from app.collect.bundle import month_names
from app.questionnaire import local
from tests.browser import chromium
from tests.collect.javascript import Modules

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]

NUMBERS = [
    "25", "1.250", "1,250", "1 250", "+3", "-0", "−4", "007", "1,5", "1.5", "1.250,75", "1,250.75",
    "٣٤", "１２", "1.2.3", "1,25,000", "x", "", " ", "9" * 18, "9" * 19, "0.10", ".5", "5.", "1e3",
]  # fmt: skip
PHONES = [
    "0812 3456 7890", "+62 812-3456-7890", "6281234567890", "0062 812 3456 7890", "(0338) 671234",
    "812345678", "+1 212 555 0100", "0812", "abc", "+62812345678901234", "0812/3456/7890",
]  # fmt: skip
TIMES = ["14.30", "14:30", "2.30 pm", "14", "12 am", "12pm", "24:00", "7:5", "9.60", "13pm", ""]
PLACES = [
    "-7.7063, 114.0095", "-7,7063; 114,0095", "-7.7 114", "−7.7, 114", "91, 10", "7", "a, b",
    "7,5 114,25",
]  # fmt: skip
DAYS = ["17", "0", "31", "٣", "", "1a", "17/8/2026", "2026-08-17", "17 Agustus 2026", "1/2"]
MONTHS = ["8", "13", "Agustus", "agt", "aug", "August", "Pebruari", "fe", "Mei.", ""]
YEARS = ["2026", "26", "0000", "", "２０２６"]

Read = Callable[..., str]


def here(read: Read, *texts: Any) -> Any:
    try:
        return read(*texts)
    except local.Unclear as unclear:
        return ["unclear", unclear.part]


def test_everything_typed(modules: Modules) -> None:
    cases: list[tuple[list[str], Any]] = []
    for text in NUMBERS:
        cases.append((["wholeNumber", text], here(local.whole_number, text)))
        cases.append((["number", text, ","], here(local.number, text, "id")))
        cases.append((["number", text, "."], here(local.number, text, "en")))
    for name, read, texts in (
        ("phone", local.phone, PHONES),
        ("clockTime", local.clock_time, TIMES),
        ("position", local.position, PLACES),
        ("clean", local.clean, ["a\r\nb", " x\u0007y ", "e\u0301", "\u200bz"]),
    ):
        cases += [([name, text], here(read, text)) for text in texts]
    for parts in product(DAYS, MONTHS, YEARS):
        cases.append((["calendarDate", *parts], here(local.calendar_date, *parts, ("id", "en"))))
    names = [month_names(tag)[width] for tag in ("id", "en") for width in ("long", "months")]
    found = modules.run("local", {"names": names, "cases": [case for case, _ in cases]})
    different = [
        (case, wanted, given)
        for (case, wanted), given in zip(cases, found, strict=True)
        if given != wanted
    ]
    assert different == []
