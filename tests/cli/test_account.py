"""``suara account``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import create_app
from app.accounts import Role, services
from app.accounts.openrosa import facilitator_of
from app.settings import Settings
from tests.cli.conftest import Suara

LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/link/\S+)")
COLLECT = re.compile(r"http://127\.0\.0\.1:8000/openrosa/(\S+)")


def test_an_added_coordinator_chooses_a_password_by_the_link(suara: Suara, data: Path) -> None:
    result = suara("account", "add", "Rina Dewi", "--role", "coordinator")
    assert result.exit_code == 0
    found = LINK.search(result.output)
    assert found is not None
    page = create_app(Settings(data=data)).test_client().get(found[1])
    assert 'value="Rina Dewi"' in page.text


def test_a_facilitator_gets_a_code_and_an_address_that_can_be_printed_again(
    suara: Suara, data: Path
) -> None:
    added = suara("account", "add", "Budi", "--role", "facilitator")
    again = suara("account", "openrosa", "budi")
    assert again.exit_code == 0
    assert "F01" in added.output
    first, second = (COLLECT.search(result.output) for result in (added, again))
    assert first is not None
    assert second is not None
    assert first[1] == second[1]
    with create_app(Settings(data=data)).app_context():
        account = facilitator_of(first[1])
        assert account is not None
        assert (account.name, account.role) == ("Budi", Role.FACILITATOR)


def test_renewing_prints_another_address_and_revokes_the_first(suara: Suara, data: Path) -> None:
    first = COLLECT.search(suara("account", "add", "Budi", "--role", "facilitator").output)
    second = COLLECT.search(suara("account", "openrosa", "Budi", "--renew").output)
    assert first is not None
    assert second is not None
    with create_app(Settings(data=data)).app_context():
        assert facilitator_of(first[1]) is None
        assert facilitator_of(second[1]) is not None


def test_accounts_are_listed_with_role_code_and_state(suara: Suara) -> None:
    suara("account", "add", "Siti", "--role", "facilitator", "--code", "SIT-1")
    suara("account", "add", "Budi", "--role", "organiser")
    lines = suara("account", "list").output.splitlines()
    assert lines == [
        "Budi\torganiser\t\tno password yet",
        "Siti\tfacilitator\tSIT-1\tno password yet",
    ]


def test_the_first_link_is_made_again_until_there_is_a_coordinator(
    suara: Suara, data: Path
) -> None:
    assert LINK.search(suara("account", "invite").output)
    with create_app(Settings(data=data)).app_context():
        suara("account", "add", "Rina", "--role", "coordinator")
        rina = services().accounts.named("Rina")
        assert rina is not None
        services().accounts.change(rina.id, password=services().passwords.hash("x"))
    assert suara("account", "invite").exit_code == 1
    assert LINK.search(suara("account", "invite", "Rina").output)


def test_an_account_is_removed_after_a_yes(suara: Suara) -> None:
    suara("account", "add", "Siti", "--role", "focal")
    assert suara("account", "remove", "Siti", input="n\n").exit_code == 1
    assert "Siti" in suara("account", "list").output
    assert suara("account", "remove", "Siti", "--yes").exit_code == 0
    assert suara("account", "list").output == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "SITI", "--role", "organiser"), "There is an account named SITI already."),
        (("add", "B", "--role", "facilitator", "--code", "f01"), "has the code f01 already"),
        (("add", "B", "--role", "organiser", "--code", "X"), "Only a facilitator has a code."),
        (("add", "  ", "--role", "organiser"), "The account needs a name."),
        (("openrosa", "Nobody"), "There is no account named Nobody."),
        (("openrosa", "Rina"), "Rina is not a facilitator, but coordinator."),
        (("invite", "Nobody"), "There is no account named Nobody."),
        (("remove", "Nobody", "--yes"), "There is no account named Nobody."),
    ],
)
def test_what_cannot_be_done_is_said(
    suara: Suara, arguments: tuple[str, ...], sentence: str
) -> None:
    suara("account", "add", "Siti", "--role", "facilitator")
    suara("account", "add", "Rina", "--role", "coordinator")
    result = suara("account", *arguments)
    assert result.exit_code == 1
    assert sentence in result.output
