"""What a file really is, by its first bytes, whatever it is called and whatever a browser says.

Only sorts that are known are named; a programme, a web page or a drawing that can hold scripts is
none of them. Signatures: https://mimesniff.spec.whatwg.org and the formats' own documents.
"""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH = 4096
"""Bytes from the beginning of a file by which it is known."""


@dataclass(frozen=True, slots=True)
class Format:
    """A media type, how the names of its files end, and what it may be given for."""

    media_type: str
    ending: str
    sorts: frozenset[str]


def _format(media_type: str, ending: str, *more: str) -> Format:
    """``more`` are further sorts: some containers hold sound, or sound with pictures."""
    return Format(media_type, ending, frozenset({media_type.partition("/")[0], *more}))


_BEGINNINGS: tuple[tuple[bytes, int, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, _format("image/png", "png")),
    (b"\xff\xd8\xff", 0, _format("image/jpeg", "jpg")),
    (b"GIF87a", 0, _format("image/gif", "gif")),
    (b"GIF89a", 0, _format("image/gif", "gif")),
    (b"WEBP", 8, _format("image/webp", "webp")),
    (b"WAVE", 8, _format("audio/wav", "wav")),
    (b"AVI ", 8, _format("video/x-msvideo", "avi")),
    (b"ID3", 0, _format("audio/mpeg", "mp3")),
    (b"fLaC", 0, _format("audio/flac", "flac")),
    (b"#!AMR", 0, _format("audio/amr", "amr")),
    (b"OggS", 0, _format("audio/ogg", "ogg", "video")),
    (b"\x1aE\xdf\xa3", 0, _format("video/webm", "webm", "audio")),
    (b"%PDF-", 0, _format("application/pdf", "pdf")),
    (b"{\\rtf", 0, _format("application/rtf", "rtf")),
)
_BRANDS: tuple[tuple[tuple[bytes, ...], Format], ...] = (
    ((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), _format("image/heic", "heic")),
    ((b"M4A ", b"M4B "), _format("audio/mp4", "m4a")),
    ((b"qt  ",), _format("video/quicktime", "mov")),
    ((b"3gp", b"3g2"), _format("video/3gpp", "3gp", "audio")),
)
"""Files of the ISO base media format say what they are in their fifth to twelfth bytes."""

_OFFICE = (
    (b"word/", "vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    (b"xl/", "vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "vnd.oasis.opendocument.text", "odt"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "vnd.oasis.opendocument.spreadsheet",
        "ods",
    ),
)
_MP4 = _format("video/mp4", "mp4", "audio")
_MP3, _AAC = _format("audio/mpeg", "mp3"), _format("audio/aac", "aac")
_TEXT = _format("text/plain", "txt")


def sniff(head: bytes) -> Format | None:
    """The format of a file that begins with ``head``; None when it is none that we take."""
    for beginning, place, found in _BEGINNINGS:
        if head[place : place + len(beginning)] == beginning and (not place or head[:4] == b"RIFF"):
            return found
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head[:4] == b"PK\x03\x04":
        return _office(head)
    return _stream(head) or _text(head)


def _by_brand(brand: bytes) -> Format:
    return next((f for brands, f in _BRANDS if brand.startswith(brands)), _MP4)


def _office(head: bytes) -> Format | None:
    """A document of an office suite; another archive could hold anything."""
    for mark, media_type, ending in _OFFICE:
        if mark in head:
            return _format(f"application/{media_type}", ending)
    return None


def _stream(head: bytes) -> Format | None:
    """Sound that begins with its first frame: eleven bits that are set, then its version."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return _AAC if head[1] & 0xF6 == 0xF0 else _MP3


def _text(head: bytes) -> Format | None:
    whole = head[:-4] if len(head) >= ENOUGH else head  # the last letter may be cut
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not text.strip() or not all(c.isprintable() or c in "\n\r\t\f" for c in text):
        return None
    return None if _is_code(text) else _TEXT


def _is_code(text: str) -> bool:
    start = text.lstrip().lower()
    return start.startswith(("#!", "<?", "<!", "<html", "<svg", "<script"))
