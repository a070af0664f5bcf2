"""The QR code that sets ODK Collect or KoboCollect up for one facilitator.

Collect reads base64(zlib(JSON)) with the settings of a project (ODK documentation, "Configuring
Collect with QR codes").
"""

from __future__ import annotations

import io
import json
import zlib
from base64 import b64encode

import segno

PROJECT = "Suara Inklusi"
_SCALE = 6
_BORDER = 4
"""Modules of quiet around the code; scanners need four (ISO/IEC 18004)."""


def settings_code(server: str) -> str:
    """The text in the QR code, for the server at this address."""
    settings = {
        "general": {
            "server_url": server,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": PROJECT},
    }
    written = json.dumps(settings, separators=(",", ":")).encode()
    return b64encode(zlib.compress(written, 9)).decode()


def picture(server: str, kind: str) -> bytes:
    """The QR code as ``svg`` or ``png``, black on white in every colour scheme."""
    out = io.BytesIO()
    code = segno.make_qr(settings_code(server), error="m")
    code.save(out, kind=kind, scale=_SCALE, border=_BORDER, dark="black", light="white")
    return out.getvalue()
