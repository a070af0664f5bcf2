"""The console script, run in this process against a data folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import cli

Suara = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("SUARA_DATA", str(folder))
    return folder


@pytest.fixture
def suara(data: Path) -> Suara:
    def run(*arguments: str, **options: object) -> Result:
        result = CliRunner().invoke(cli, arguments, prog_name="suara", **options)  # type: ignore[arg-type]
        assert "Traceback" not in result.output
        return result

    return run
