"""Records from the offline app: kept once, checked as every other answer, told in plain words."""

from __future__ import annotations

import json
import os
import random
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import Account, Role, services
from app.accounts.store import new_account
from app.collect.keys import CURVE, INFO, private_key
from app.publishing import catalogue
from app.questionnaire.interview import Circumstances, Interview
from app.stores import stores
from tests.collect.conftest import sign_in, stored
from tests.conftest import LintingClient
from tests.robot import answer_all

FORM = "activity-registration"
NOW = datetime.now(UTC)

Record = dict[str, Any]


@pytest.fixture
def siti_online(app: Flask, siti: Account, client: LintingClient) -> LintingClient:
    sign_in(app, client, siti)
    return client


def state_of(app: Flask, form_id: str = FORM, seed: int = 3) -> dict[str, Any]:
    """What a phone has after an interview to the end."""
    with app.app_context():
        form = catalogue().get(form_id).form
    here = Circumstances(NOW, "id", random.Random(seed))
    interview = Interview.begin(form, here, {"activity_id": "a", "activity_title": "Pelatihan"})
    answer_all(interview, random.Random(seed))
    assert interview.storable
    return interview.state()


def storable_seed(app: Flask, form_id: str) -> int:
    for seed in range(50):
        try:
            state_of(app, form_id, seed)
        except AssertionError:
            continue
        return seed
    raise AssertionError("nobody consents")


def seal(app: Flask, identity: str, content: dict[str, Any]) -> dict[str, str]:
    """As vault.js does."""
    with app.app_context():
        theirs = private_key(stores().folder / "collect").public_key()
    own = ec.generate_private_key(CURVE)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = HKDF(SHA256(), 32, salt=point, info=INFO).derive(own.exchange(ec.ECDH(), theirs))
    iv = os.urandom(12)
    data = AESGCM(key).encrypt(iv, json.dumps(content).encode(), identity.encode())
    parts = {"key": point, "iv": iv, "data": data}
    return {name: b64encode(part).decode() for name, part in parts.items()}


def record(app: Flask, siti: Account, identity: str = "", **changed: Any) -> Record:
    identity = identity or str(uuid4())
    with app.app_context():
        version = catalogue().get(changed.get("form", FORM)).version
    content = {
        "form": FORM,
        "version": version,
        "language": "id",
        "state": changed.pop("state", None) or state_of(app, seed=storable_seed(app, FORM)),
        "started": (NOW - timedelta(hours=2)).isoformat(),
        "finished": (NOW - timedelta(hours=1)).isoformat(),
        "paper": False,
        "activity": "a",
        **changed,
    }
    return {"id": identity, "by": siti.id, "sealed": seal(app, identity, content)}


def send(client: LintingClient, sent: Any, **headers: str) -> TestResponse:
    return client.post("/collect/records", json=sent, headers={"X-Suara-Record": "1", **headers})


def test_a_record_is_kept_once(app: Flask, siti: Account, siti_online: LintingClient) -> None:
    one = record(app, siti)
    first, second = send(siti_online, one), send(siti_online, one)
    assert first.status_code == second.status_code == 200
    assert first.json == second.json
    assert first.json
    assert first.json["status"] == "kept"
    (document,) = stored(app, FORM)
    assert document["id"] == one["id"]
    assert document["collector"] == siti.id
    assert document["channel"] == "offline"
    assert document["activity"] == "a"
    assert document["consent"]["means"] == "facilitator"


def test_other_answers_under_the_same_id_are_a_conflict_with_both_versions(
    app: Flask, siti: Account, siti_online: LintingClient
) -> None:
    seed = storable_seed(app, FORM)
    identity = str(uuid4())
    send(siti_online, record(app, siti, identity))
    other = state_of(app, seed=seed)
    changed = record(app, siti, identity, state=other, activity="b")
    answer = send(siti_online, changed)
    assert answer.status_code == 409
    assert answer.json
    assert answer.json["status"] == "conflict"
    assert answer.json["theirs"]
    assert all(label and words for label, words in answer.json["theirs"])
    (document,) = stored(app, FORM)
    assert document["activity"] == "a"


def test_what_is_wrong_is_said_in_words(
    app: Flask, siti: Account, siti_online: LintingClient
) -> None:
    state = state_of(app, seed=storable_seed(app, FORM))
    emptied = {
        group: {name: value for name, value in inner.items() if name not in ("r_name", "r_phone")}
        if isinstance(inner, dict)
        else inner
        for group, inner in state["values"].items()
    }
    answer = send(siti_online, record(app, siti, state={**state, "values": emptied}))
    assert answer.status_code == 422
    assert answer.json
    assert ["Nama panggilan Anda", "Pertanyaan ini perlu dijawab."] in answer.json["problems"]
    assert stored(app, FORM) == []


@pytest.mark.parametrize(
    ("damage", "status"),
    [
        (lambda r: {**r, "id": str(uuid4())}, 400),
        (lambda r: {**r, "id": "../etc"}, 400),
        (lambda r: {**r, "sealed": {**r["sealed"], "data": "AAAA"}}, 400),
        (lambda r: {**r, "sealed": None}, 400),
        (lambda r: {**r, "by": "somebody else"}, 403),
        (lambda r: [r], 400),
        (lambda r: None, 400),
    ],
)
def test_what_is_not_a_record_of_this_person_is_refused(
    app: Flask, siti: Account, siti_online: LintingClient, damage: Any, status: int
) -> None:
    answer = send(siti_online, damage(record(app, siti)))
    assert answer.status_code == status
    assert answer.json
    assert answer.json["words"]
    assert stored(app, FORM) == []


def test_consent_is_needed(app: Flask, siti: Account, siti_online: LintingClient) -> None:
    state = {"values": {"consent_page": {"r_consent": "no"}}, "done": [], "seed": 1}
    assert send(siti_online, record(app, siti, state=state)).status_code == 403
    assert stored(app, FORM) == []


def test_a_clock_that_is_ahead_is_not_believed(
    app: Flask, siti: Account, siti_online: LintingClient
) -> None:
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    assert send(siti_online, record(app, siti, finished=tomorrow)).status_code == 200
    (document,) = stored(app, FORM)
    assert datetime.fromisoformat(document["consent"]["time"]) <= datetime.now(UTC)


def test_a_closed_form_takes_what_was_collected_while_it_was_open(
    app: Flask, siti: Account, siti_online: LintingClient
) -> None:
    with app.app_context():
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        catalogue().set_dates(FORM, None, yesterday)
    late = record(app, siti, finished=(NOW - timedelta(days=2)).isoformat())
    assert send(siti_online, late).status_code == 200
    answer = send(siti_online, record(app, siti))
    assert answer.status_code == 409
    assert answer.json
    assert answer.json["status"] == "refused"


def test_what_was_taken_back_is_not_kept_again(
    app: Flask, siti: Account, siti_online: LintingClient
) -> None:
    one = record(app, siti)
    send(siti_online, one)
    with app.app_context():
        ((key, _document),) = stores().responses(FORM).each()
        stores().erase(FORM, key)
    answer = send(siti_online, one)
    assert answer.json
    assert (answer.status_code, answer.json["status"]) == (200, "erased")
    assert stored(app, FORM) == []


def test_only_a_signed_in_facilitator_sends(
    app: Flask, siti: Account, client: LintingClient
) -> None:
    one = record(app, siti)
    assert send(client, one).status_code == 401
    with app.app_context():
        boss = services().accounts.add(new_account("Rani", Role.COORDINATOR, NOW))
    sign_in(app, client, boss)
    assert send(client, one).status_code == 401
    sign_in(app, client, siti)
    assert client.post("/collect/records", json=one).status_code == 400
    with app.app_context():
        services().sessions.end_all(siti.id)
    assert send(client, one).status_code == 401
    assert client.get("/collect/forms.json").status_code == 401
