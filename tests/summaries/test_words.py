from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app import languages
from app.summaries import words


@pytest.mark.parametrize(
    ("share", "indonesian", "english"),
    [
        (0, "0%", "0%"),
        (0.424, "42%", "42%"),
        (1, "100%", "100%"),
        (0.003, "0,3%", "0.3%"),
        (0.0004, "0,04%", "0.04%"),
        (0.997, "99,7%", "99.7%"),
    ],
)
def test_percentages_never_hide_that_there_is_somebody(
    app: Flask, share: float, indonesian: str, english: str
) -> None:
    with app.app_context():
        for tag, expected in (("id", indonesian), ("en", english)):
            with languages.speaking(tag):
                assert words.percent(share) == expected


def test_numbers_and_dates(app: Flask) -> None:
    with app.app_context(), languages.speaking("id"):
        assert words.number(1234.5) == "1.234,5"
        assert words.day(date(2026, 8, 17)) == "17 Agustus 2026"
        assert words.month("2026-08") == "Agustus 2026"
        assert words.month("soon") == "soon"
        assert words.listed(["a", "b", "c"]) == "a, b, dan c"


def test_a_moment_has_the_zone_of_the_form(app: Flask) -> None:
    moment = datetime(2026, 8, 17, 3, 15, tzinfo=UTC)
    with app.app_context(), languages.speaking("id"):
        assert words.moment(moment, "Asia/Jakarta") == "17 Agustus 2026 10.15 WIB"
        assert words.moment(moment, "Asia/Jayapura") == "17 Agustus 2026 12.15 WIT"
        assert words.moment(moment, "America/Sao_Paulo") == "17 Agustus 2026 00.15 UTC-03"
        with pytest.raises(ValueError, match="zone"):
            words.moment(moment.replace(tzinfo=None), "Asia/Jakarta")
