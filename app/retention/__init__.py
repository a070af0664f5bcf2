"""Answers are deleted when they have been kept as long as people were told (UU PDP, 43 and 44)."""

from __future__ import annotations

from flask import Flask

from app.retention.certificates import EXTENSION, Certificates
from app.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Open the certificates of the data folder, and add the coordinator's pages."""
    from app.retention.views import blueprint

    app.extensions[EXTENSION] = Certificates(settings.data / "certificates")
    app.register_blueprint(blueprint)
