"""Suara Inklusi: accessible bilingual surveys, safe answers, printable summaries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask

from app.settings import Settings, prepare_data_folder, secret_key

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application for one data folder; settings come from the environment by default.

    Raises:
        SettingsError: the configuration is wrong, or the data folder cannot be written.
    """
    settings = settings or Settings.from_environment()
    prepare_data_folder(settings.data)
    if not settings.secret_key:
        settings = replace(settings, secret_key=secret_key(settings.data))
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.secret_key = settings.secret_key
    app.extensions["settings"] = settings
    _init_parts(app, settings)
    return app


def _init_parts(app: Flask, settings: Settings) -> None:
    from app import (
        accounts,
        activities,
        assets,
        audit,
        collect,
        coordinate,
        demo,
        desk,
        display,
        errors,
        health,
        languages,
        publishing,
        respond,
        retention,
        safety,
        security,
        stores,
    )

    assets.init_app(app)
    languages.init_app(app, TRANSLATIONS, settings.language, settings.timezone)
    security.init_app(app, settings)
    errors.init_app(app)
    health.init_app(app)
    stores.init_app(app, settings)
    publishing.init_app(app, settings)
    activities.init_app(app, settings)
    accounts.init_app(app, settings)
    audit.init_app(app, settings)
    retention.init_app(app, settings)
    safety.init_app(app, settings)
    desk.init_app(app, settings)
    respond.init_app(app)
    display.init_app(app)
    collect.init_app(app)
    coordinate.init_app(app)
    demo.init_app(app, settings)
