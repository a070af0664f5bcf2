"""The process that sets HTML as PDF: ``python -m app.summaries.typeset FD`` (see ``press.py``).

WeasyPrint is loaded once; every document is set by a fork that ends with it. So a document is not
kept waiting for an import, and its memory goes back to the machine.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.summaries import tagged

STYLE = Path(__file__).parents[2] / "templates" / "print" / "print.css"


class NothingFetched(URLFetcher):
    """Refuses every address: what is printed brings along all that it needs.

    A label of a form may say anything; it must not make this server call another one.
    """

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        raise ValueError(f"printing fetches nothing, not even {url}")


def style() -> CSS:
    """The style of everything that is printed."""
    return CSS(string=STYLE.read_text(), url_fetcher=NothingFetched())


def typeset(html: str, css: CSS) -> bytes:
    """A whole HTML document as a tagged PDF (PDF/UA-1)."""
    document = HTML(string=html, url_fetcher=NothingFetched())
    data: bytes = document.write_pdf(
        stylesheets=[css], pdf_variant="pdf/ua-1", finisher=tagged.mend
    )
    return data


def serve(control: socket.socket) -> None:
    """Set each document whose connection comes over ``control``, until that is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks need not be waited for
    css = style()
    while True:
        message, connections, _flags, _address = socket.recv_fds(control, 1, 1)
        if not message:
            return
        with socket.socket(fileno=connections[0]) as connection:
            if os.fork() == 0:
                _answer(connection, css)


def _answer(connection: socket.socket, css: CSS) -> None:
    """In the fork: HTML in, PDF out; nothing comes out when it cannot be set."""
    status = 1
    try:
        with connection.makefile("rb") as file:
            html = file.read().decode()
        connection.sendall(typeset(html, css))
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
