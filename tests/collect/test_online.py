"""Facilitators on the respondent's pages: what is known is filled in, who collected is kept."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from app.accounts import Account, Role, services
from app.accounts.store import new_account
from app.activities import Activity
from tests.collect.conftest import sign_in, stored
from tests.conftest import LintingClient
from tests.respond.person import Person

CONSENT = {"consent": "yes"}


def begin(person: Person, form_id: str = "needs-assessment", **said: str) -> Person:
    return person.open(f"/collect/f/{form_id}").press("begin", answers={"who": "assisted", **said})


def finish(person: Person, seed: int = 1) -> Person:
    """Answer page after page with what is offered, and send."""
    rng = random.Random(seed)
    for _ in range(300):
        if person.path.endswith("/check"):
            return person.press("page")
        person.next(some_answers(person, rng))
    raise AssertionError(f"no end at {person.path}: {person.problems}")


def some_answers(person: Person, rng: random.Random) -> dict[str, str]:
    """An answer to each question that has none or a wrong one."""
    choices: dict[str, list[str]] = {}
    for control in person.page.iter("input"):
        if control.get("type") in ("radio", "checkbox"):
            choices.setdefault(control.get("name", ""), []).append(control.get("value", ""))
    for control in person.page.iter("select"):
        values = [option.get("value", "") for option in control.iter("option")]
        choices[control.get("name", "")] = [value for value in values if value]
    boxes, wrong = person.boxes(), " ".join(person.problems)
    found = {
        name: "yes" if name == "consent" else rng.choice(values)
        for name, values in choices.items()
        if not boxes.get(name) or name in wrong
    }
    typed = [name for name in boxes if name in wrong and name not in choices]
    return found | {name: "0812 3456 7890" if "phone" in name else "2" for name in typed}


def test_only_facilitators_collect(client: LintingClient) -> None:
    for address in ("/collect/", "/collect/sent", "/collect/f/needs-assessment"):
        assert "/account/sign-in" in client.get(address).location


def test_what_is_known_is_filled_in_and_who_collected_is_kept(
    app: Flask, facilitator: Person, siti: Account
) -> None:
    facilitator.open("/collect/")
    assert "F07" in facilitator.words
    begin(facilitator)
    facilitator.next(CONSENT)
    assert facilitator.boxes()["fill_mode"] == "assisted"
    facilitator.next()
    assert facilitator.boxes()["helper"] == "facilitator"
    finish(facilitator)
    assert facilitator.path == "/receipt"
    (document,) = stored(app, "needs-assessment")
    assert document["collector"] == siti.id
    assert document["channel"] == "assisted"
    answers = document["answers"]
    assert answers["interview_mode"] == "facilitator"
    own = next(
        part["facilitator_page"]
        for part in (answers, *answers.values())
        if "facilitator_page" in part
    )
    assert own["f_code"] == "F07"
    assert document["consent"]["means"] == " ".join(own["f_means"])


def test_the_next_person_begins_in_one_press(app: Flask, facilitator: Person) -> None:
    begin(facilitator, paper="y")
    finish(facilitator)
    code = facilitator.page.findtext(".//span[@class='code']")
    form = facilitator.page.find(".//form[@action='/collect/next']")
    assert form is not None
    response = facilitator.client.post("/collect/next", data={}, follow_redirects=True)
    assert response.request.path.startswith("/f/needs-assessment/p/")
    facilitator._read(response)
    finish(facilitator, 2)
    channels = [document["channel"] for document in stored(app, "needs-assessment")]
    assert channels == ["paper", "paper"]
    facilitator.open("/collect/sent")
    assert code
    assert code in facilitator.words


def test_the_activity_is_chosen_beforehand(
    app: Flask, facilitator: Person, activity: Activity
) -> None:
    begin(facilitator, "activity-feedback", activity=activity.id)
    finish(facilitator)
    (document,) = stored(app, "activity-feedback")
    assert document["activity"] == activity.id
    assert document["answers"]["activity_id"] == activity.id


def test_an_interview_that_was_put_aside_is_offered_again(facilitator: Person) -> None:
    begin(facilitator).next(CONSENT)
    left_at = facilitator.path
    for address in ("/collect/", "/collect/f/needs-assessment"):
        facilitator.open(address)
        links = [a.get("href", "") for a in facilitator.page.iter("a")]
        assert "/f/needs-assessment/continue" in links
    assert facilitator.open("/f/needs-assessment/continue").path == left_at


def test_somebody_who_answers_alone_sees_nothing_of_it(app: Flask) -> None:
    person = Person(app)
    finish(person.begin("needs-assessment").next(CONSENT))
    assert person.page.find(".//form[@action='/collect/next']") is None
    assert "collector" not in stored(app, "needs-assessment")[0]


def test_a_list_of_what_others_sent_stays_theirs(
    app: Flask, facilitator: Person, siti: Account
) -> None:
    finish(begin(facilitator))
    with app.app_context():
        other = services().accounts.add(
            new_account("Budi", Role.FACILITATOR, siti.created, code="F08")
        )
    person = Person(app)
    sign_in(app, person.client, other)
    assert person.open("/collect/sent").page.find(".//ul[@class='rows']") is None


@pytest.mark.parametrize("who", ["self", "proxy"])
def test_who_answers_is_said_once(app: Flask, facilitator: Person, who: str) -> None:
    begin(facilitator, who=who)
    facilitator.next(CONSENT)
    assert facilitator.boxes()["fill_mode"] == who
