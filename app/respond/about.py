"""Help and contact, and the accessibility statement: the same place on every page (WCAG 3.2.6)."""

from __future__ import annotations

from datetime import date

from flask import render_template
from flask_babel import format_date

from app import languages
from app.publishing import network
from app.respond import blueprint

SHOWN = ("controller", "contact", "complaints_contact", "referral_contact", "emergency")
"""The settings of the network that tell people whom they can turn to."""
ASSESSED, ASSESSED_ON = "0.1.0", date(2026, 11, 24)
"""The version that the accessibility statement is about, and the day it was written."""


@blueprint.get("/help")
def help_page() -> str:
    """How it works, and whom to ask."""
    return render_template("respond/help.html", contacts=contacts())


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What works, what does not yet, and where to tell us."""
    day = format_date(ASSESSED_ON, "long")
    return render_template("respond/accessibility.html", version=ASSESSED, date=day)


def contacts() -> list[tuple[str, str]]:
    """What each contact is for, and the contact, as far as the coordinator has said them."""
    tag = languages.current().tag
    known = {setting.name: setting for setting in network().settings}
    said = [known[name] for name in SHOWN if name in known and known[name].said(tag)]
    return [(setting.label.get(tag) or setting.name, setting.said(tag)) for setting in said]
