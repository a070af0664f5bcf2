"""Reports of harm reach the one focal person for safety first; what a person asked to hold back."""

from __future__ import annotations

from flask import Flask

from app.safety.held import EXTENSION, Held
from app.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Open the list of what is held back, and add the focal person's pages."""
    from app.safety.views import blueprint, has_focal_person

    app.extensions[EXTENSION] = Held(settings.data / "held")
    app.register_blueprint(blueprint)
    app.jinja_env.globals["has_focal_person"] = has_focal_person
