"""Gunicorn's configuration (``gunicorn --config python:app.serve``), also used by ``suara serve``.

Threads, because a phone on a slow network keeps its connection for long; several processes, to
use every core. The application is loaded once and shared by the processes.
"""

from __future__ import annotations

import gc
import os
import re
from datetime import UTC, datetime
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from app.settings import Settings

_settings = Settings.from_environment()

wsgi_app = "app:create_app()"
bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
worker_class = "gthread"
threads = 12
preload_app = True
proc_name = "suara"
umask = 0o077
control_socket_disable = True

timeout = 120
graceful_timeout = 30
keepalive = 15

# Heartbeats go to a file; on a disk they would wait for it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

loglevel = "warning"
accesslog = "-"
# No address, no query, no referrer, no browser: who answered what must not be read off a log.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)ss'


class QuietLogger(Logger):  # type: ignore[misc]
    """Leaves out what opens something: tokens of links, codes, ids of responses."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Gunicorn's values for a line of the access log."""
        values: dict[str, Any] = super().atoms(*args, **kwargs)
        values["U"] = quiet_path(values["U"] or "")
        return values


logger_class = QuietLogger


def quiet_path(path: str) -> str:
    """The path with every part that may be a secret or a person replaced by ``…``."""
    return "/".join("…" if _may_identify(part) else part for part in path.split("/"))


def _may_identify(part: str) -> bool:
    return len(part) > 64 or (len(part) >= 8 and re.search(r"\d", part) is not None)


def post_worker_init(worker: Any) -> None:
    """Let each worker look after what is due every day; a lock lets one of them do it."""
    from app.daily import watch

    watch(worker.app.wsgi())


def when_ready(server: Arbiter) -> None:
    """Say where it serves, and how the first coordinator gets in."""
    from app.commands.support import address
    from app.commands.welcome import first_link

    application = server.app.wsgi()
    print(f"Suara Inklusi serves at {address(application, '/')}  (stop with Ctrl+C)", flush=True)
    with application.app_context():
        if link := first_link(datetime.now(UTC)):
            print(link, flush=True)
    # What is loaded stays: workers share it, and need not look through it for garbage again.
    gc.collect()
    gc.freeze()
