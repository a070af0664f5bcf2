"""Static files: addresses that change with their content, and compressed text."""

from __future__ import annotations

import gzip
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR = 365 * 24 * 3600
COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")
SMALLEST = 600
"""Bytes; below this a compressed reply is hardly smaller."""


def init_app(app: Flask) -> None:
    """Let browsers keep static files for a year, and compress text in replies."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = _fingerprint(folder / str(values.get("filename", "")))

    app.after_request(_compress)


@lru_cache(maxsize=200)
def _fingerprint(file: Path) -> str | None:
    return sha256(file.read_bytes()).hexdigest()[:8] if file.is_file() else None


def _compress(response: Response) -> Response:
    if not _worth_compressing(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _worth_compressing(response: Response) -> bool:
    return (
        response.status_code not in (204, 206, 304)
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(COMPRESSED)
        and request.accept_encodings["gzip"] > 0
        and (not response.is_streamed or request.endpoint == "static")
    )
