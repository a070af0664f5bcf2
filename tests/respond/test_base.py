"""The ground that every page stands on: languages, headers, error pages."""

from __future__ import annotations

import gzip

import pytest

from tests.conftest import LintingClient


@pytest.mark.parametrize("path", ["/", "/help", "/accessibility", "/receipt", "/nothing-here"])
@pytest.mark.parametrize("tag", ["id", "en"])
def test_every_fixed_page_obeys_the_rules(client: LintingClient, path: str, tag: str) -> None:
    response = client.get(f"{path}?lang={tag}")
    assert f'<html lang="{tag}"' in response.text


def test_indonesian_is_spoken_unless_something_else_is_asked(client: LintingClient) -> None:
    assert '<html lang="id"' in client.get("/").text
    assert '<html lang="id"' in client.get("/?lang=xx").text
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "en-GB"}).text


def test_a_chosen_language_is_remembered(client: LintingClient) -> None:
    client.get("/?lang=en")
    assert '<html lang="en"' in client.get("/help").text


def test_the_language_links_keep_the_query(client: LintingClient) -> None:
    assert 'href="/help?from=poster&amp;lang=en"' in client.get("/help?from=poster").text


def test_nothing_runs_or_loads_from_elsewhere(client: LintingClient) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_text_is_compressed_for_those_who_take_it(client: LintingClient) -> None:
    plain = client.get("/").data
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(response.data).startswith(plain[:200])


def test_a_wrong_method_is_refused_with_a_page(client: LintingClient) -> None:
    response = client.delete("/help")
    assert response.status_code in (400, 405)
