"""Sends HTML to the typesetting process and gets a PDF back.

WeasyPrint needs 40 MB to load and as much again for a long document, and Python does not give that
back. It lives in a process beside each worker, started with its first document.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from threading import Lock

LONGEST = 120
"""Seconds for one document."""


class TypesettingError(Exception):
    """A document could not be set; the typesetting process has written why to the log."""


class Press:
    """The typesetting process of one worker. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def pdf(self, html: str) -> bytes:
        """A whole HTML document as a tagged PDF.

        Raises:
            TypesettingError: it could not be set, or not in time.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._send(theirs)
            ours.settimeout(LONGEST)
            try:
                ours.sendall(html.encode())
                ours.shutdown(socket.SHUT_WR)
                with ours.makefile("rb") as file:
                    data = file.read()
            except OSError as error:
                raise TypesettingError from error
        if not data.endswith(b"%%EOF\n"):
            raise TypesettingError
        return data

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._control = self._process = None

    def _send(self, connection: socket.socket) -> None:
        """Hand a connection over; a process that died is started again, once."""
        with self._lock:
            for _ in range(2):
                try:
                    socket.send_fds(self._running(), [b"p"], [connection.fileno()])
                    return
                except OSError:
                    self._end()
        raise TypesettingError

    def _running(self) -> socket.socket:
        # A forked worker must not share its parent's process: replies would be mixed up.
        if self._control is None or self._owner != os.getpid():
            self._control, theirs = socket.socketpair()
            self._owner = os.getpid()
            with theirs:
                command = (sys.executable, "-m", "app.summaries.typeset", str(theirs.fileno()))
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
                )
        return self._control


press = Press()
atexit.register(press.close)
