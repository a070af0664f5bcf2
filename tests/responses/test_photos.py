"""A photo keeps its pixels and which way is up, and loses where and when it was taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.responses.photos import without_traces

GPS, CAMERA, ORIENTATION = 0x8825, 0x0110, 0x0112


def photo(orientation: int) -> bytes:
    picture = Image.new("RGB", (40, 20), "teal")
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[CAMERA] = "A phone"
    exif.get_ifd(GPS)[2] = (7.0, 42.0, 30.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Panji Kidul")
    return out.getvalue()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_only_the_orientation_is_left(orientation: int) -> None:
    before, after = photo(orientation), without_traces(photo(orientation))
    assert dict(Image.open(BytesIO(before)).getexif().get_ifd(GPS))
    with Image.open(BytesIO(after)) as cleaned, Image.open(BytesIO(before)) as original:
        assert cleaned.tobytes() == original.tobytes()
        found = dict(cleaned.getexif())
    assert found == ({ORIENTATION: orientation} if orientation != 1 else {})
    for trace in (b"A phone", b"Panji Kidul"):
        assert trace in before
        assert trace not in after


def test_what_hangs_on_to_the_end_of_a_photo_goes_too() -> None:
    assert without_traces(photo(1) + photo(1)) == without_traces(photo(1))


@given(st.binary(max_size=200))
def test_anything_else_comes_back_and_nothing_fails(content: bytes) -> None:
    assert isinstance(without_traces(content), bytes)
    assert isinstance(without_traces(b"\xff\xd8" + content), bytes)
    if not content.startswith(b"\xff\xd8"):
        assert without_traces(content) == content
