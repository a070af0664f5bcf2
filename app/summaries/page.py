"""Report → the part of a web page that shows it."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from app import languages
from app.summaries.edition_report import EditionReport
from app.summaries.report import Report


def shown(report: Report) -> Markup:
    """All that stands below the h1, in the report's language whatever the page's is.

    The page around it marks that language where it is another one, with ``lang()``.
    """
    with languages.speaking(report.language):
        template = current_app.jinja_env.get_template("summaries/_report.html")
        return Markup(template.render(report=report))


def edition_shown(report: EditionReport) -> Markup:
    """All of an edition that stands below the h1, in its own language."""
    with languages.speaking(report.language):
        template = current_app.jinja_env.get_template("summaries/_edition.html")
        return Markup(template.render(report=report))
