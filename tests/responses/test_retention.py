from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.responses.collection import Collection
from app.responses.retention import Certificate, erase_due, is_due, submitted
from tests.responses.documents import response

NOW = datetime(2026, 8, 17, 12, tzinfo=UTC)


def on(number: int, when: object) -> dict[str, object]:
    return response(number, submitted=when)


def test_what_was_kept_longer_than_promised_is_erased(collection: Collection) -> None:
    days = [400, 366, 365, 364, 10]
    for number, ago in enumerate(days):
        collection.add(on(number, (NOW - timedelta(days=ago)).isoformat()))
    certificate = erase_due(collection, "needs-assessment", 365, NOW)
    assert certificate == Certificate(
        form="needs-assessment",
        count=2,
        oldest=NOW - timedelta(days=400),
        newest=NOW - timedelta(days=366),
        undated=0,
        when=NOW,
    )
    left = [document["id"] for _, document in collection.each()]
    assert left == [response(number)["id"] for number in (2, 3, 4)]
    assert collection.erased(response(0)["id"])


def test_with_nothing_due_nothing_is_erased(collection: Collection) -> None:
    collection.add(on(1, NOW.isoformat()))
    certificate = erase_due(collection, "f", 365, NOW)
    assert (certificate.count, certificate.oldest, certificate.newest) == (0, None, None)
    assert collection.count() == 1


@pytest.mark.parametrize("when", [None, "", "yesterday", 7])
def test_what_has_no_date_is_kept_and_reported(collection: Collection, when: object) -> None:
    collection.add(on(1, when))
    collection.add(on(2, "2020-01-01T00:00:00Z"))
    certificate = erase_due(collection, "f", 365, NOW)
    assert (certificate.count, certificate.undated) == (1, 1)
    assert collection.count() == 1


@pytest.mark.parametrize(
    "text", ["2026-08-17T12:00:00Z", "2026-08-17T12:00:00", "2026-08-17T19:00:00+07:00"]
)
def test_times_are_utc_unless_they_say_otherwise(text: str) -> None:
    assert submitted(response(submitted=text)) == NOW


def test_the_last_moment_is_still_kept() -> None:
    assert not is_due(NOW - timedelta(days=30), 30, NOW)
    assert is_due(NOW - timedelta(days=30, microseconds=1), 30, NOW)


def test_a_certificate_says_nothing_of_what_was_said(
    collection: Collection, tmp_path: Path
) -> None:
    collection.add(on(1, "2020-01-01T00:00:00Z"))
    certificate = repr(erase_due(collection, "f", 365, NOW))
    assert response(1)["id"] not in certificate
    assert "berlubang" not in certificate
