"""What every reply carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.settings import Settings

KEY = "a key that only the tests know, 32+"
HSTS = "Strict-Transport-Security"


@pytest.mark.parametrize(("url", "there"), [("https://suara.example.org", True), ("", False)])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/suara.css", "/account/sign-in"])
def test_only_over_tls_once_there_is_tls(tmp_path: Path, url: str, there: bool, path: str) -> None:
    app = create_app(Settings(data=tmp_path / "x", secret_key=KEY, url=url))
    with app.test_client() as client, client.get(path) as reply:
        assert (HSTS in reply.headers) is there


def test_cookies_are_secure_behind_tls(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "x", secret_key=KEY, url="https://suara.example.org")
    reply = create_app(settings).test_client().get("/account/sign-in")
    cookies = reply.headers.getlist("Set-Cookie")
    assert cookies
    session = next(each for each in cookies if each.startswith("suara="))
    assert all(word in session for word in ("Secure", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize("path", ["/", "/nowhere", "/receipt", "/account/sign-in", "/coordinate"])
def test_nothing_is_stored_framed_or_loaded_from_elsewhere(app: Flask, path: str) -> None:
    reply = app.test_client().get(path)
    policy = reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "same-origin"
