"""Interviews of the form ``visit`` as the XML that Collect and Enketo write."""

from __future__ import annotations

from uuid import UUID, uuid5

_SPACE = UUID(int=4)


def instance(number: int) -> str:
    return f"uuid:{uuid5(_SPACE, str(number))}"


def visit(
    number: int = 1,
    *,
    corrects: int | None = None,
    agree: str = "yes",
    age: str = "34",
    photos: tuple[str, ...] = (),
    sign: str = "",
    nickname: str = "Bu Sri",
    start: str = "2026-03-02T19:01:12.345+07:00",
    end: str = "2026-03-02T19:14:58.001+07:00",
    version: str = "7",
    extra: str = "",
    meta: str = "",
) -> bytes:
    """One interview as Collect 2024.3 writes it: the default namespace is the form's own."""
    devices = "".join(f"<device><what>Tongkat</what><photo>{p}</photo></device>" for p in photos)
    deprecated = "" if corrects is None else f"<deprecatedID>{instance(corrects)}</deprecatedID>"
    return (
        "<?xml version='1.0' ?>"
        '<data id="visit" version="' + version + '" xmlns:ev="http://www.w3.org/2001/xml-events" '
        'xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" '
        'xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f"<start>{start}</start><end>{end}</end><interview_mode />"
        f"<agree>{agree}</agree><age>{age}</age><visited>2026-03-02</visited>"
        f"<nickname>{nickname}</nickname><village>v1</village>{devices}<sign>{sign}</sign>"
        f"<born>1992</born>{extra}"
        f"<orx:meta><orx:instanceID>{instance(number)}</orx:instanceID>"
        f"{deprecated.replace('deprecatedID', 'orx:deprecatedID')}{meta}</orx:meta></data>"
    ).encode()


def enketo_visit(number: int = 1) -> bytes:
    """As Enketo writes it: irrelevant nodes gone, NaN left, an offset with milliseconds."""
    return (
        '<data xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
        'id="visit" version="7">'
        "<start>2026-03-02T19:01:12.345+07:00</start><end>2026-03-02T19:14:58.001+07:00</end>"
        "<interview_mode/><agree>yes</agree><age>34</age><visited>2026-03-02</visited>"
        "<nickname/><village>v1</village>"
        "<device><what>Kursi roda</what><photo>kursi-19_14_2.jpg</photo></device>"
        "<sign/><born>NaN</born>"
        f"<meta><instanceID>{instance(number)}</instanceID></meta></data>"
    ).encode()
