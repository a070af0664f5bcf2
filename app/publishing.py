"""The catalogue of this installation, and what its network says in every form.

``forms/network.yaml`` says which settings there are; what the coordinator said is kept in
``network/network.json`` in the data folder and is put into the forms when they are published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app

from app.catalogue import SHIPPED, Catalogue, publish_shipped, refresh
from app.questionnaire.network import ByLanguage, Network, read_network
from app.questionnaire.problems import FormErrors
from app.responses.files import locked, make_folder, put
from app.settings import Settings

_VALUES = "network.json"


def init_app(app: Flask, settings: Settings) -> None:
    """Open the catalogue below the data folder."""
    app.extensions["catalogue"] = Catalogue(settings.data / "forms")


def catalogue() -> Catalogue:
    """The published forms of this installation."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def network() -> Network:
    """The settings of the network with what was said until now."""
    shipped = read_network((SHIPPED / "network.yaml").read_bytes())
    try:
        return shipped.saying(json.loads(_file().read_bytes()))
    except FileNotFoundError:
        return shipped


def publish_what_ships(now: datetime) -> None:
    """Publish the forms that ship, where they are new or have changed."""
    publish_shipped(catalogue(), network(), now)


def say(values: Mapping[str, ByLanguage], now: datetime) -> dict[str, FormErrors]:
    """Keep what the coordinator said, and publish the forms that say it as new versions.

    Returns the forms that could not be published again, with why. Raises StorageError.
    """
    make_folder(_file().parent)
    with locked(_file().parent):
        said = network().saying(values)
        put(_file(), json.dumps(said.values(), ensure_ascii=False, indent=1).encode())
    return refresh(catalogue(), said, now)


def _file() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.data / "network" / _VALUES
