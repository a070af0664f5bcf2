"""The desk where people's requests about their data are written down, each with its clock."""

from __future__ import annotations

from flask import Flask

from app.desk.requests import EXTENSION, Requests, requests
from app.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Open the requests of the data folder, and add the coordinator's pages."""
    from app.desk.views import blueprint

    app.extensions[EXTENSION] = Requests(settings.data / "requests")
    app.register_blueprint(blueprint)
    app.jinja_env.globals["requests_waiting"] = lambda: len(requests().waiting())
