"""Small files of each sort, as a phone might send them."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 4, height: int = 4) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def wav(samples: int = 80) -> bytes:
    """Silence."""
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    data = b"fmt " + struct.pack("<I", len(form)) + form
    data += b"data" + struct.pack("<I", samples) + b"\x80" * samples
    return b"RIFF" + struct.pack("<I", 4 + len(data)) + b"WAVE" + data


MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0\0\0\x08mdat"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

SAMPLES = {
    "image": ("photo.png", png()),
    "audio": ("voice.wav", wav()),
    "video": ("film.mp4", MP4),
    "file": ("letter.pdf", PDF),
}
"""Sort of file → a name and a content."""
