"""What has been kept long enough goes, everywhere, and nothing else does."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app import daily
from app.activities import Activity, activities
from app.audit import trail
from app.daily import run_if_due
from app.demo.folder import MARKER
from app.publishing import catalogue
from app.responses.collection import StorageFull
from app.retention.certificates import Deleted, certificates
from app.retention.run import run, what_is_due
from app.retention.terms import Terms, terms_of
from app.settings import Settings
from app.stores import stores
from tests.retention.conftest import FORM, NOW, keep, reachable, there


def test_answers_go_after_their_term_with_contact_data_and_files(app: Flask) -> None:
    with app.app_context():
        keep("old", 731, contact=True)
        keep("young", 729, contact=True)
        stores().attachments.put(FORM, "old", "face.jpg", b"face")
        certificate = run(NOW, "command")
        assert (there(), reachable()) == ({"young"}, {"young"})
        assert stores().attachments.names(FORM, "old") == ()
        assert certificate is not None
        assert certificate.deleted == (
            Deleted(FORM, "contacts", 1, "2024-08-19", "2024-08-19"),
            Deleted(FORM, "answers", 1, "2024-08-19", "2024-08-19"),
            Deleted(FORM, "files", 1),
        )


def test_nothing_of_what_went_is_left_in_any_file(app: Flask, settings: Settings) -> None:
    with app.app_context():
        keep("old", 731, contact=True)
        keep("young", 1)
        run(NOW, "command")
    left = b"".join(p.read_bytes() for p in settings.data.rglob("*") if p.is_file())
    assert b"secret of young" in left
    assert b"secret of old" not in left
    assert b"phone of old" not in left


def test_a_run_that_finds_nothing_leaves_no_certificate(app: Flask) -> None:
    with app.app_context():
        keep("young", 1)
        assert run(NOW, "app") is None
        assert list(certificates().each()) == []
        assert list(trail().each()) == []


def test_a_certificate_and_the_log_tell_it_without_content(app: Flask, settings: Settings) -> None:
    with app.app_context():
        keep("old", 800, contact=True)
        certificate = run(NOW, "command")
        assert certificate is not None
        assert certificates().get(certificate.name) == certificate
        assert list(certificates().each()) == [certificate]
        assert run(NOW, "app") is None
        keep("older", 900)
        second = run(NOW, "app")
        assert second is not None
        assert second.name == f"{certificate.name}-2"
        assert [each.action for each in trail().each()] == ["retention", "retention"]
    file = settings.data / "certificates" / f"{certificate.name}.json"
    assert set(json.loads(file.read_bytes())) == {"when", "who", "deleted"}
    assert b"old" not in file.read_bytes().replace(b"oldest", b"")


def test_a_dry_run_says_the_same_and_deletes_nothing(app: Flask) -> None:
    with app.app_context():
        keep("old", 731, contact=True)
        keep("older", 900)
        told = what_is_due(NOW)
        assert there() == {"old", "older"}
        certificate = run(NOW, "app")
        assert certificate is not None
        assert certificate.deleted == told


@pytest.mark.parametrize(
    ("terms", "answers", "contacts"),
    [
        (Terms(730, None, None), 730, 730),
        (Terms(730, 100, None), 100, 100),
        (Terms(730, 900, None), 730, 730),
        (Terms(730, None, 183), 730, 183),
        (Terms(100, None, 183), 100, 100),
        (Terms(None, None, None), None, None),
        (Terms(None, 50, 20), 50, 20),
    ],
)
def test_what_people_were_told_is_the_longest(
    terms: Terms, answers: int | None, contacts: int | None
) -> None:
    assert (terms.for_answers, terms.for_contacts) == (answers, contacts)


def test_contact_data_go_earlier_when_the_coordinator_says_so(app: Flask) -> None:
    with app.app_context():
        catalogue().set_terms(FORM, None, 183)
        keep("older", 184, contact=True)
        keep("newer", 182, contact=True)
        run(NOW, "app")
        assert (there(), reachable()) == ({"older", "newer"}, {"newer"})


def test_contact_data_without_answers_go(app: Flask) -> None:
    with app.app_context():
        keep("gone", 1, contact=True)
        (key,) = [key for key, _ in stores().responses(FORM).each()]
        stores().responses(FORM).remove(key)
        run(NOW, "app")
        assert reachable() == set()


def test_days_count_from_an_activity_that_was_still_to_come(app: Flask) -> None:
    form = "activity-registration"
    with app.app_context():
        for name, ahead in (("past", -40), ("near", -20), ("far", 5)):
            day = NOW.date() + timedelta(days=ahead)
            activities().keep(Activity(name, name, day.isoformat()))
            keep(name, 60, form, activity=name)
        keep("none", 60, form)
        run(NOW, "app")
        assert there(form) == {"near", "far"}


def test_a_form_that_promises_nothing_keeps_everything_until_a_term_is_set(app: Flask) -> None:
    with app.app_context():
        published = catalogue().get(FORM)
        silent = replace(published.form, settings=replace(published.form.settings, keep_days=None))
        published.__dict__["form"] = silent
        keep("old", 5000)
        assert run(NOW, "app") is None
        catalogue().set_terms(FORM, 365, None)
        assert terms_of(FORM).for_answers == 365
        assert run(NOW, "app") is not None
        assert there() == set()


def test_one_damaged_file_does_not_keep_other_forms(app: Flask, settings: Settings) -> None:
    with app.app_context():
        keep("old", 800)
        keep("other", 800, "member-offer")
        (settings.data / "responses" / FORM / "000001.json").write_bytes(b"{")
        run(NOW, "app")
        assert there("member-offer") == set()
        assert (settings.data / "responses" / FORM / "000001.json").read_bytes() == b"{"


def test_old_drafts_go(app: Flask, settings: Settings) -> None:
    with app.app_context():
        stores().drafts.put("K7MX-3RTW-9HPA-2222", {"saved": ""})
        (draft,) = (settings.data / "drafts").glob("*.json")
        days = settings.draft_days + 1
        long_ago = (NOW - timedelta(days=days)).timestamp()
        os.utime(draft, (long_ago, long_ago))
        assert what_is_due(NOW) == (Deleted("", "drafts", 1),)
        run(NOW, "app")
        assert not draft.exists()


def test_the_app_does_it_once_a_day(app: Flask) -> None:
    with app.app_context():
        keep("old", 729.5)
    assert run_if_due(app, NOW)
    assert not run_if_due(app, NOW + timedelta(hours=1))
    with app.app_context():
        assert there() == {"old"}
    assert run_if_due(app, NOW + timedelta(days=1))
    with app.app_context():
        assert there() == set()
        assert next(certificates().each()).who == "app"


def test_of_several_workers_one_does_it(app: Flask, settings: Settings) -> None:
    folder = settings.data / "daily"
    folder.mkdir()
    with daily._alone(folder) as first, daily._alone(folder) as second:
        assert (first, second) == (True, False)
        assert not run_if_due(app, NOW)
    assert run_if_due(app, NOW)


def test_a_day_that_failed_is_tried_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageFull("no room")

    with monkeypatch.context() as patched:
        patched.setattr(daily, "run", full)
        with pytest.raises(StorageFull):
            run_if_due(app, NOW)
    assert run_if_due(app, NOW)


def test_invented_answers_stay(app: Flask, settings: Settings) -> None:
    (settings.data / MARKER).write_text("")
    assert not run_if_due(app, NOW)


@pytest.mark.parametrize("note", [b"", b"{", b"{}", b'{"day": "yesterday"}'])
def test_a_damaged_note_of_the_last_day_hinders_nothing(
    app: Flask, settings: Settings, note: bytes
) -> None:
    (settings.data / "daily").mkdir()
    (settings.data / "daily" / "last.json").write_bytes(note)
    assert run_if_due(app, NOW)


def test_a_certificate_has_no_other_name(app: Flask) -> None:
    with app.app_context():
        for name in ("", "../accounts/accounts", "20260820T050000Z/..", "x" * 99):
            assert certificates().get(name) is None
