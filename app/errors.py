"""Error pages: what happened and what to do, in the person's language."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from werkzeug.exceptions import HTTPException

LARGEST_TO_DRAIN = 32_000_000
PAGES = {400, 403, 404, 405, 410, 413, 429, 500, 503}


def init_app(app: Flask) -> None:
    """Show a page of our own for every HTTP error."""
    app.register_error_handler(HTTPException, show)


def show(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    """The page for an error; kinds without a page of their own share one of their class."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        drain()
    shown = code if code in PAGES else (500 if code >= 500 else 400)
    keep = [
        (name, value) for name, value in error.get_headers() if name in ("Retry-After", "Allow")
    ]
    return render_template(f"errors/{shown}.html", error=error), code, keep


def drain() -> None:
    """Read what is still being sent, so that the browser listens and shows the page.

    A server that answers and closes while a body arrives looks like a broken connection.
    """
    left = min(request.content_length or 0, LARGEST_TO_DRAIN)
    stream = request.environ["wsgi.input"]
    try:
        while left > 0 and (chunk := stream.read(min(left, 65536))):
            left -= len(chunk)
    except OSError:
        current_app.logger.info("The sender of a too large request went away.")
