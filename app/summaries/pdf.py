"""Report → tagged PDF (PDF/UA-1, A4), made without fetching anything."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app import languages
from app.summaries import tagged, words
from app.summaries.report import Report

PRINT = "print"
"""Folder of the templates and the style sheet of everything that is printed."""


def pdf(report: Report) -> bytes:
    """The report as a PDF file. Needs an application context."""
    return printed("report.html", report.language, report=report)


def printed(template: str, language: str, **values: Any) -> bytes:
    """A template of ``print/`` in one language as a PDF file.

    Context processors are left out: they ask the request, and a PDF may be made without one.
    """
    with words.speaking(language):
        page = current_app.jinja_env.get_template(f"{PRINT}/{template}")
        html = page.render(language=languages.current(), **values)
    folder = Path(str(current_app.root_path)).parent / "templates" / PRINT
    document = HTML(string=html, url_fetcher=NothingFetched())
    data: bytes = document.write_pdf(
        stylesheets=[_style(folder / "print.css")],
        pdf_variant="pdf/ua-1",
        finisher=tagged.mend,
    )
    return data


class NothingFetched(URLFetcher):  # type: ignore[misc]
    """Refuses every address: what is printed brings along all that it needs.

    A label of a form may say anything; it must not make this server call another one.
    """

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        raise ValueError(f"printing fetches nothing, not even {url}")


@lru_cache(maxsize=4)
def _style(path: Path) -> CSS:
    return CSS(string=path.read_text(), url_fetcher=NothingFetched())
