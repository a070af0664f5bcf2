"""Photos without what a camera writes into them: the place, the time, the phone.

A photo's Exif says within metres where it was taken; nobody who answers expects to give that away,
and no form of ours asks for it. Only how the photo is to be turned is kept. JPEG is what phones
take; other formats are left as they are.
"""

from __future__ import annotations

START, SCAN, END = b"\xff\xd8", 0xDA, b"\xff\xd9"
EXIF, EXIF_HEADER = 0xE1, b"Exif\x00\x00"
DROPPED = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (Exif, XMP), APP13 (IPTC) and comments."""
ORIENTATION = 0x0112
UPRIGHT = 1


def without_traces(content: bytes) -> bytes:
    """The same photo with the same pixels; what is no JPEG, or a broken one, comes back whole."""
    if not content.startswith(START):
        return content
    kept: list[bytes] = []
    orientation, at = UPRIGHT, len(START)
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker == SCAN:
            return b"".join([START, _turned(orientation), *kept, _picture(content[at:])])
        segment = content[at : at + 2 + length]
        if marker == EXIF and segment[4:10] == EXIF_HEADER:
            orientation = _orientation(segment[10:])
        if marker not in DROPPED:
            kept.append(segment)
        at += 2 + max(length, 2)
    return content


def _picture(scans: bytes) -> bytes:
    # Some phones put a film or a depth map with Exif of its own after the end of the picture.
    end = scans.rfind(END) if scans.count(START) == 0 else scans.find(END + START)
    return scans if end < 0 else scans[: end + len(END)]


def _orientation(tiff: bytes) -> int:
    """The Orientation tag of the first directory (Exif 2.32, 4.6.2)."""
    order = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)  # type: ignore[arg-type]

    directory = number(4, 4)
    for entry in range(min(number(directory, 2), 200)):
        at = directory + 2 + 12 * entry
        if number(at, 2) == ORIENTATION:
            found = number(at + 8, 2)
            return found if 1 <= found <= 8 else UPRIGHT
    return UPRIGHT


def _turned(orientation: int) -> bytes:
    """An Exif segment that says only how to turn the photo; none for one that stands upright."""
    if orientation == UPRIGHT:
        return b""
    entry = ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4)
    value = orientation.to_bytes(2) + bytes(2)
    tiff = b"MM\x00\x2a" + (8).to_bytes(4) + (1).to_bytes(2) + entry + value + bytes(4)
    body = EXIF_HEADER + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
