"""An upload is examined as a whole: every problem at once, and only the files that it needs."""

from __future__ import annotations

import pytest

from app.questionnaire.problems import Severity
from app.questionnaire.xlsform_examine import FILE_TYPES, Examined, examine

FORM = b"""
settings:
  - {form_id: house, form_title: {id: Rumah, en: House}}
survey:
  - type: select_one_from_file desa.csv
    name: village
    label: {id: Desa, en: Village}
    media::image: {id: desa.png}
    alt_text: {id: Peta desa, en: Map of the village}
"""
LIST = b"name,label\na,Asembagus\n"
OFFERED = ("id", "en")


def look(source: bytes = FORM, **files: bytes) -> Examined:
    given = {name.replace("__", "."): content for name, content in files.items()}
    return examine(source, "house.yaml", files=given, offered=OFFERED)


def codes(examined: Examined) -> list[str]:
    return [each.code for each in examined.problems]


def test_a_form_with_all_its_files_has_nothing_to_tell() -> None:
    examined = look(desa__csv=LIST, desa__png=b"picture")
    assert examined.problems == ()
    assert examined.converted is not None
    assert examined.converted.files == {"desa.csv": LIST, "desa.png": b"picture"}


def test_what_is_missing_and_what_is_too_much_is_told() -> None:
    examined = look(other__csv=LIST)
    assert sorted(codes(examined)) == ["file_missing", "file_unused", "media_missing"]
    assert examined.converted is not None
    assert examined.converted.files == {}
    assert examined.converted.problems == examined.problems


@pytest.mark.parametrize(
    "name", ["a.svg", "a.exe", "a", ".csv", "a/b.csv", "..\\b.csv", "a.csv\0", "a" * 120 + ".csv"]
)
def test_other_files_are_refused_by_name(name: str) -> None:
    examined = examine(FORM, files={name: b"x"}, offered=OFFERED)
    assert examined.converted is None
    (refused,) = [each for each in examined.problems if each.code == "file_refused"]
    assert refused.params["name"] == name


def test_captions_come_along_with_their_film() -> None:
    film = FORM.replace(b"media::image: {id: desa.png}", b"media::video: {id: desa.mp4}")
    without = look(film, desa__csv=LIST, desa__mp4=b"film")
    assert codes(without) == ["captions_missing"]
    examined = look(film, desa__csv=LIST, desa__mp4=b"film", desa__vtt=b"WEBVTT")
    assert examined.problems == ()
    assert examined.converted is not None
    assert examined.converted.files.keys() == {"desa.csv", "desa.mp4", "desa.vtt"}


def test_no_file_may_hold_a_script() -> None:
    assert not {"svg", "html", "htm", "js", "xhtml"} & set(FILE_TYPES)


def test_problems_of_every_part_are_told_at_once() -> None:
    source = FORM.replace(b", en: Village", b"").replace(b"name: village", b"name: 1 village")
    examined = look(source, a__svg=b"")
    assert examined.converted is None
    assert {"file_refused", "name_invalid", "translation_missing"} <= set(codes(examined))


def test_an_error_of_accessibility_refuses_a_form_that_converts() -> None:
    examined = look(FORM.replace(b", en: Village", b""), desa__csv=LIST, desa__png=b"")
    assert examined.converted is None
    assert codes(examined) == ["translation_missing"]


def test_a_file_that_is_no_form_is_one_problem() -> None:
    examined = look(b"hello")
    assert [(each.code, each.severity) for each in examined.problems] == [
        ("not_a_form", Severity.ERROR)
    ]
