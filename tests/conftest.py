"""Fixtures of every test. The client lints each HTML page that any test fetches."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from werkzeug.test import TestResponse

from app import create_app
from app.settings import Settings
from tests.linting import lint

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class LintingClient(FlaskClient):
    """A browser without JavaScript that refuses pages which break a rule of ``linting``.

    It sends the token of the last page that had one, as a browser does with a page's own form.
    """

    token = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        data = kwargs.get("data")
        if kwargs.get("method") == "POST" and isinstance(data, dict) and self.token:
            kwargs["data"] = {"csrf_token": self.token, **data}
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            self._read(response)
        return response

    def _read(self, response: TestResponse) -> None:
        packed = response.headers.get("Content-Encoding") == "gzip"
        html = (gzip.decompress(response.data) if packed else response.data).decode()
        problems = lint(html)
        assert not problems, f"{response.request.path}:\n" + "\n".join(problems)
        if found := TOKEN.search(html):
            self.token = found.group(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, then the slow ones, the browser last."""
    items.sort(key=lambda item: [bool(item.get_closest_marker(m)) for m in ("browser", "slow")])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", secret_key="a key that only the tests know, 32+")


@pytest.fixture
def app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.testing = True
    app.test_client_class = LintingClient
    return app


@pytest.fixture
def client(app: Flask) -> LintingClient:
    client = app.test_client()
    assert isinstance(client, LintingClient)
    return client


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()
