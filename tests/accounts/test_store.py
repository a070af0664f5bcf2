"""The file of accounts, links and sessions."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from app.accounts import Role
from app.accounts.services import Services
from app.accounts.store import CodeTakenError, LinkUsedError, NameTakenError, new_account
from tests.accounts.conftest import NOW, AddAccount

DAY = timedelta(days=1)


def test_an_account_is_found_by_id_name_and_code(
    services: Services, add_account: AddAccount
) -> None:
    siti = add_account("Siti", Role.FACILITATOR)
    assert services.accounts.get(siti.id) == siti
    assert services.accounts.named(" SITI ") == siti
    assert services.accounts.with_code(siti.code.lower()) == siti
    assert services.accounts.with_code("") is None
    assert services.accounts.named("Sita") is None


def test_names_and_codes_are_unique_whatever_their_case(
    services: Services, add_account: AddAccount
) -> None:
    code = add_account("Siti", Role.FACILITATOR).code
    with pytest.raises(NameTakenError):
        add_account("sItI")
    with pytest.raises(CodeTakenError):
        services.accounts.add(new_account("Budi", Role.FACILITATOR, NOW, code=code.lower()))
    assert [account.name for account in services.accounts.each()] == ["Siti"]


def test_facilitators_get_different_codes(add_account: AddAccount) -> None:
    codes = {add_account(f"F {n}", Role.FACILITATOR).code for n in range(12)}
    assert len(codes) == 12


def test_a_coordinator_counts_when_there_is_a_password(
    services: Services, add_account: AddAccount
) -> None:
    add_account("Budi", Role.FACILITATOR)
    rina = add_account("Rina", password="")
    assert not services.accounts.has_coordinator()
    services.accounts.change(rina.id, password="hash")
    assert services.accounts.has_coordinator()


def test_removing_an_account_takes_its_sessions_and_links(
    services: Services, add_account: AddAccount
) -> None:
    siti = add_account("Siti")
    session = services.sessions.start(siti.id, NOW)
    link = services.invitations.make(siti.id, NOW, DAY)
    services.accounts.remove(siti.id)
    assert services.accounts.get(siti.id) is None
    assert services.sessions.find(session, NOW) is None
    with pytest.raises(LinkUsedError):
        services.invitations.find(link, NOW)


def test_of_many_who_try_a_link_one_succeeds(services: Services) -> None:
    token = services.invitations.make(None, NOW, DAY)

    def succeeds(_: int) -> bool:
        try:
            services.invitations.take(token, NOW)
        except LinkUsedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(succeeds, range(24))) == 1


def test_a_link_ends_with_its_term_or_a_newer_one(services: Services) -> None:
    first = services.invitations.make(None, NOW, DAY)
    services.invitations.find(first, NOW + DAY)
    with pytest.raises(LinkUsedError):
        services.invitations.take(first, NOW + DAY + timedelta(seconds=1))
    services.invitations.make("somebody", NOW, DAY)
    services.invitations.find(first, NOW)
    services.invitations.make(None, NOW, DAY)
    with pytest.raises(LinkUsedError):
        services.invitations.find(first, NOW)


def test_a_session_ends_when_idle_and_when_old(services: Services) -> None:
    token = services.sessions.start("somebody", NOW)
    now = NOW
    for _ in range(13 * 24 // 11):
        now += timedelta(hours=11)
        assert services.sessions.find(token, now)
    assert services.sessions.find(token, now + timedelta(hours=13)) is None
    assert services.sessions.find(token, NOW + timedelta(days=14, minutes=1)) is None


def test_sessions_are_listed_and_ended(services: Services) -> None:
    old, new = (services.sessions.start("somebody", NOW + DAY * n / 24) for n in range(2))
    services.sessions.start("another", NOW)
    listed = services.sessions.of("somebody", NOW + DAY / 12)
    assert [session.started for session in listed] == [NOW + DAY / 24, NOW]
    services.sessions.end_all("somebody", but=listed[0].token_hash)
    assert services.sessions.find(old, NOW) is None
    assert services.sessions.find(new, NOW)
    services.sessions.end(listed[0].token_hash)
    assert services.sessions.of("somebody", NOW) == ()
    assert len(services.sessions.of("another", NOW)) == 1


def test_the_file_is_private_and_holds_no_secret(
    services: Services, add_account: AddAccount
) -> None:
    siti = add_account("Siti", password="perahu tua di pasir putih")
    tokens = [
        services.sessions.start(siti.id, NOW),
        services.invitations.make(siti.id, NOW, DAY),
    ]
    file: Path = services.accounts._file._folder / "accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_text()
    assert not any(secret in content for secret in [*tokens, "perahu"])
    assert set(json.loads(content)) == {"accounts", "sessions", "links"}
