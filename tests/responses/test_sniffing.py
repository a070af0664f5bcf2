"""A file is what its bytes say."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.responses.sniffing import sniff
from tests.respond.samples import MP4, PDF, png, wav


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("head", "media_type", "ending"),
    [
        (png(), "image/png", "png"),
        (b"\xff\xd8\xff\xe1\x00\x18Exif", "image/jpeg", "jpg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", "webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic", "heic"),
        (wav(), "audio/wav", "wav"),
        (b"ID3\x04\0\0", "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90\x64", "audio/mpeg", "mp3"),
        (b"\xff\xf1\x50\x80", "audio/aac", "aac"),
        (b"#!AMR\n", "audio/amr", "amr"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4", "m4a"),
        (MP4, "video/mp4", "mp4"),
        (b"\0\0\0\x18ftyp3gp4\0\0\0\0", "video/3gpp", "3gp"),
        (PDF, "application/pdf", "pdf"),
        ("Surat dari desa – terima kasih.\n".encode(), "text/plain", "txt"),
    ],
)
def test_known_by_its_first_bytes(head: bytes, media_type: str, ending: str) -> None:
    found = sniff(head)
    assert found is not None
    assert (found.media_type, found.ending) == (media_type, ending)
    assert media_type.partition("/")[0] in found.sorts


def test_documents_of_office_suites_are_told_from_other_archives() -> None:
    document = sniff(archive("[Content_Types].xml", "word/document.xml"))
    assert document is not None
    assert document.ending == "docx"
    assert sniff(archive("run.exe")) is None


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\nrm -rf ~\n", b"<html><script>1</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>", b"<?xml version='1.0'?><svg/>",
        b"", b"   ", b"\xd0\xcf\x11\xe0\xa1\xb1", b"RIFF\0\0\0\0ACON", b"\xff",
    ],
)  # fmt: skip
def test_what_we_do_not_take_is_nothing(head: bytes) -> None:
    assert sniff(head) is None


def test_a_text_is_known_though_a_letter_is_cut() -> None:
    whole = ("é" * 3000).encode()
    found = sniff(whole[:4095] + whole[:1])
    assert found is not None
