"""Report → tagged PDF (PDF/UA-1, A4)."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import languages
from app.summaries.edition_report import EditionReport
from app.summaries.press import press
from app.summaries.report import Report


def pdf(report: Report) -> bytes:
    """The report as a PDF file. Needs an application context.

    Raises:
        TypesettingError: it could not be set.
    """
    return printed("report.html", report.language, report=report)


def edition_pdf(report: EditionReport, *, large: bool = False) -> bytes:
    """An edition as a PDF file, in large print (18 point, tables set anew) if that is wanted.

    Needs an application context.

    Raises:
        TypesettingError: it could not be set.
    """
    return printed("edition.html", report.language, report=report, large=large)


def printed(template: str, language: str, **values: Any) -> bytes:
    """A template of ``templates/print`` in one language as a PDF file.

    Context processors are left out: they ask the request, and a PDF may be made without one.
    """
    with languages.speaking(language):
        page = current_app.jinja_env.get_template(f"print/{template}")
        html = page.render(language=languages.current(), **values)
    return press.pdf(html)
