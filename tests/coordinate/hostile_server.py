"""A server of its own process, whose time and memory for one request can be measured.

``python -m tests.coordinate.hostile_server FOLDER`` prints where it listens and a coordinator's
cookie, and serves until its standard input ends.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.accounts import Role, services
from app.accounts.store import new_account
from app.settings import Settings


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_request(self, *args: object) -> None:
        pass


def cookie(app: Flask) -> str:
    """The session of a coordinator who has just signed in."""
    now = datetime.now(UTC)
    with app.app_context():
        account = services().accounts.add(new_account("Sri", Role.COORDINATOR, now))
        token = services().sessions.start(account.id, now)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps({"account": token}))


def main() -> None:
    """Serve, one request after the other."""
    settings = Settings(data=Path(sys.argv[1]), secret_key="a key that only the tests know, 32+")
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port, "cookie": cookie(app)}), flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
