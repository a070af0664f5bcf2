"""Help and contact, and the accessibility statement: the same place on every page (WCAG 3.2.6)."""

from __future__ import annotations

from flask import render_template

from app.respond import blueprint


@blueprint.get("/help")
def help_page() -> str:
    return render_template("respond/help.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template("respond/accessibility.html")
