"""The console script as a whole: help for everything, plain sentences when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli import cli
from app.commands.support import plain_sentence
from app.responses.collection import StorageFull, Unreadable
from tests.cli.conftest import Suara


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*above, name)
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


@pytest.mark.parametrize("names", list(commands(cli)), ids=" ".join)
def test_every_command_explains_itself_and_its_options(names: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*names, "--help"], prog_name="suara")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: suara {' '.join(names)} ")
    assert len(result.output.split("\n\n")[1].strip()) > 20
    command: click.Command = cli
    for name in names:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert all(option.help for option in options)


def test_wrong_settings_are_told_all_at_once(suara: Suara, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUARA_PORT", "eighty")
    monkeypatch.setenv("SUARA_COLOUR", "blue")
    result = suara("account", "list")
    assert result.exit_code == 1
    assert "SUARA_PORT='eighty': a whole number from 1 to 65535 is needed." in result.output
    assert "SUARA_COLOUR is not a setting." in result.output


def test_a_damaged_file_is_named_and_left_alone(suara: Suara, data: Path) -> None:
    suara("account", "add", "Siti", "--role", "focal")
    file = data / "accounts" / "accounts.json"
    file.write_text("{")
    result = suara("account", "list")
    assert result.exit_code == 1
    assert f"The file {file} is damaged." in result.output
    assert file.read_text() == "{"


def test_what_nobody_expected_is_a_sentence_too(
    suara: Suara, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.commands.support.create_app", lambda: 1 / 0)
    result = suara("account", "list")
    assert result.exit_code == 1
    assert "Something unexpected happened (ZeroDivisionError: division by zero)." in result.output
    assert isinstance(suara("--debug", "account", "list").exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StorageFull("no space left"), "The disk is full"),
        (Unreadable("/data/x.json"), "/data/x.json is damaged"),
        (FileNotFoundError(2, "No such file", "a.xlsx"), "No such file: a.xlsx"),
    ],
)
def test_known_errors_say_what_helps(error: Exception, words: str) -> None:
    assert words in plain_sentence(error)
