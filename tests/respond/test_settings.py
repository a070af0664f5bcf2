"""Configuration is read once, checked at start, and told plainly when it is wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.settings import Settings, SettingsError, prepare_data_folder, secret_key


def test_nothing_has_to_be_set() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings == Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_settings_come_from_the_environment() -> None:
    given = {"SUARA_PORT": "9000", "SUARA_DATA": "/srv/suara", "SUARA_URL": "https://a.example/"}
    settings = Settings.from_environment(given)
    assert (settings.port, settings.data) == (9000, Path("/srv/suara"))
    assert settings.url == "https://a.example"
    assert settings.secure


def test_every_mistake_is_told_at_once() -> None:
    given = {
        "SUARA_PROT": "1",
        "SUARA_PORT": "80a",
        "SUARA_URL": "suara.example",
        "SUARA_TIMEZONE": "Asia/Nowhere",
        "SUARA_LANGUAGE": "??",
        "SUARA_SECRET_KEY": "short",
        "SUARA_WORKERS": "0",
    }
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment(given)
    assert [line.split("=")[0].split()[0] for line in str(raised.value).splitlines()] == sorted(
        given
    )


def test_the_secret_is_never_shown() -> None:
    assert "hunter" not in repr(Settings(secret_key="hunter" * 8))


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(folder), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        prepare_data_folder(tmp_path / "file" / "data")
