"""The facilitator's way: interviews collected on a phone, without a signal."""

from __future__ import annotations

from flask import Blueprint, Flask, g

from app.accounts import Role, requires
from app.security import csrf

blueprint = Blueprint("collect", __name__, url_prefix="/collect")

facilitators_only = requires(Role.FACILITATOR)


def init_app(app: Flask) -> None:
    """Register what facilitators and their phones use."""
    from app.collect import beginning, connecting, home, offline, openrosa, phones, records

    assert all((home, offline, phones, records)), "they add their views"
    csrf.exempt(openrosa.blueprint)
    app.context_processor(
        lambda: {"collecting": bool(g.get("offline")) or beginning.collecting() is not None}
    )
    app.register_blueprint(blueprint)
    app.register_blueprint(openrosa.blueprint)
    app.register_blueprint(connecting.blueprint)
