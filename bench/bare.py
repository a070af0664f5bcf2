"""What there is to compare with: a Flask application that does nothing but return the bytes.

It is its own gunicorn configuration, with everything else taken from ours.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, redirect, request

from app.serve import *  # noqa: F403  # the same workers, threads and timeouts
from app.serve import _settings

wsgi_app = "bench.bare:application()"
bind = f"{_settings.host}:{_settings.port}"


def when_ready(server: object) -> None:
    """Nothing is told."""


def application() -> Flask:
    """``/`` returns the file that BENCH_BODY names; a form posted to it is read, then 303."""
    app = Flask("bare")
    body = Path(os.environ["BENCH_BODY"]).read_bytes()

    @app.get("/")
    def page() -> Response:
        return Response(body, headers={"Content-Encoding": "gzip"}, mimetype="text/html")

    @app.post("/")
    def answered() -> Response:
        dict(request.form)
        return redirect("/", 303)  # type: ignore[return-value]

    return app
