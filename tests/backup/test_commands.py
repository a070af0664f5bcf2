"""``suara backup`` and ``suara restore``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.audit import trail
from app.settings import Settings
from app.stores import stores
from tests.backup.conftest import FORM, hashes
from tests.cli.conftest import Suara, suara
from tests.coordinate.conftest import KEY as SECRET

__all__ = ["suara"]
WRITTEN = re.compile(r"(?:[A-Z2-7]{4}-){13}[A-Z2-7]{4}")


@pytest.fixture
def data(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUARA_DATA", str(settings.data))
    monkeypatch.setenv("SUARA_SECRET_KEY", SECRET)
    return settings.data


def test_there_and_back_with_the_key_typed_in(
    app: Flask, suara: Suara, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.backup"
    made = suara("backup", str(file))
    assert made.exit_code == 0, made.output
    key = WRITTEN.search(made.output)
    assert key is not None
    again = suara("backup", str(tmp_path / "y.backup"))
    assert WRITTEN.search(again.output) is None
    with app.app_context():
        erased, _document = next(stores().responses(FORM).each())
        stores().erase(FORM, erased)
    monkeypatch.setenv("SUARA_DATA", str(tmp_path / "new"))
    wrong = suara("restore", str(file), input="AAAA\n")
    assert wrong.exit_code == 1
    assert "not a key" in wrong.output
    assert not (tmp_path / "new").exists()
    back = suara("restore", str(file), "--erased", str(data), input=f"{key[0]}\n")
    assert back.exit_code == 0, back.output
    assert "Erased again: 1" in back.output or "Erased again: 2" in back.output
    same = {n for n, h in hashes(tmp_path / "new").items() if hashes(data).get(n) == h}
    assert f"responses/{FORM}/000001.json" in hashes(tmp_path / "new")
    assert "accounts/accounts.json" in same


def test_making_and_restoring_is_in_the_log(
    app: Flask, suara: Suara, data: Path, tmp_path: Path
) -> None:
    suara("backup", str(tmp_path / "x.backup"))
    with app.app_context():
        assert [each.action for each in trail().each()][-1] == "backup"


def test_what_is_wrong_is_told_in_a_sentence(suara: Suara, data: Path, tmp_path: Path) -> None:
    inside = suara("backup", str(data / "x.backup"))
    assert "outside the data folder" in inside.output
    key_inside = suara("backup", str(tmp_path / "x.backup"), "--key-file", str(data / "key"))
    assert "outside the data folder" in key_inside.output
    suara("backup", str(tmp_path / "x.backup"))
    full = suara("restore", str(tmp_path / "x.backup"))
    assert "is not empty" in full.output
    assert {inside.exit_code, key_inside.exit_code, full.exit_code} == {1}
