"""Help and contact, and the accessibility statement: the same place on every page (WCAG 3.2.6)."""

from __future__ import annotations

from flask import render_template

from app import languages
from app.publishing import network
from app.respond import blueprint

SHOWN = ("controller", "contact", "complaints_contact", "referral_contact", "emergency")
"""The settings of the network that tell people whom they can turn to."""


@blueprint.get("/help")
def help_page() -> str:
    """How it works, and whom to ask."""
    return render_template("respond/help.html", contacts=contacts())


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What works, what does not yet, and where to tell us."""
    return render_template("respond/accessibility.html")


def contacts() -> list[tuple[str, str]]:
    """What each contact is for, and the contact, as far as the coordinator has said them."""
    tag = languages.current().tag
    known = {setting.name: setting for setting in network().settings}
    said = [known[name] for name in SHOWN if name in known and known[name].said(tag)]
    return [(setting.label.get(tag) or setting.name, setting.said(tag)) for setting in said]
