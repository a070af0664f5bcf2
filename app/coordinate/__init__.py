"""The coordinator's pages: who answered, what they said, summaries, and what is asked."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.accounts import Role, requires

blueprint = Blueprint("coordinate", __name__, url_prefix="/coordinate")

coordinators_only = requires(Role.COORDINATOR)


def init_app(app: Flask) -> None:
    """Register the coordinator's pages."""
    from app.coordinate import (  # noqa: F401
        actions,
        activities,
        activity,
        attached,
        dashboard,
        downloads,
        editions,
        form_checked,
        form_downloads,
        form_list,
        form_preview,
        form_upload,
        forms,
        network,
        people,
        poster,
        responses,
        summary,
    )

    app.register_blueprint(blueprint)
