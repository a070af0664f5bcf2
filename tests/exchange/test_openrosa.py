"""The XML of the OpenRosa API, and what a submission says, without a server."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exchange.openrosa import (
    ListedForm,
    NotASubmissionError,
    form_list,
    message,
    read_submission,
)
from app.exchange.submission import collect
from app.exchange.submission_files import takes
from app.exchange.submission_values import moments, read_values
from app.questionnaire.model import Form, Kind, Question
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from tests.openrosa.interviews import enketo_visit, instance, visit

VISIT = Path(__file__).parent.parent / "openrosa" / "forms" / "visit.yaml"
NOW = datetime(2026, 3, 4, tzinfo=UTC)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
)


@lru_cache
def form() -> Form:
    files = {"villages.csv": b"name,label\nv1,Landangan\n"}
    converted = convert(VISIT.read_bytes(), files=files)
    return read_form(converted.xml, converted.extras, files)


@given(TEXTS)
def test_any_title_and_any_message_can_be_read_again(text: str) -> None:
    listed = etree.fromstring(form_list([ListedForm("f", text, "1", "0" * 32, "https://x/f")]))
    assert listed.findtext(".//{*}name") == text
    assert etree.fromstring(message(text, error=True)).findtext("{*}message") == text


@given(st.binary(max_size=300) | TEXTS.map(lambda text: f"<d id='f'>{text}</d>".encode()))
def test_bytes_are_an_interview_or_are_refused(xml: bytes) -> None:
    with suppress(NotASubmissionError):
        assert read_submission(xml).form_id


@pytest.mark.parametrize("prefix", ["", "orx:"])
def test_ids_are_read_in_either_namespace(prefix: str) -> None:
    xml = visit(2, corrects=1).replace(b"orx:meta", f"{prefix}meta".encode())
    xml = xml.replace(b"orx:inst", f"{prefix}inst".encode())
    xml = xml.replace(b"orx:depr", f"{prefix}depr".encode())
    read = read_submission(xml)
    assert (read.instance_id, read.deprecated_id) == (instance(2), instance(1))
    assert (read.form_id, read.version) == ("visit", "7")


def test_a_version_in_the_namespace_of_openrosa_is_read() -> None:
    xml = b'<d id="f" xmlns:orx="http://openrosa.org/xforms" orx:version="3"/>'
    assert read_submission(xml).version == "3"


def test_values_are_nested_as_the_form_is() -> None:
    read = read_submission(visit(1, photos=("a.jpg", "b.jpg")))
    values = read_values(form().root, read.root)
    assert [row["photo"] for row in values["device"]] == ["a.jpg", "b.jpg"]
    assert values["meta"] == {}
    assert read_values(form().root, read_submission(enketo_visit()).root)["born"] == ""


def test_the_template_of_a_repeat_is_no_row() -> None:
    template = '<device jr:template=""><what>x</what><photo/></device>'
    read = read_submission(visit(1, photos=("a.jpg",), extra=template))
    assert len(read_values(form().root, read.root)["device"]) == 1


@pytest.mark.parametrize(
    ("start", "end", "hour"),
    [
        ("2026-03-02T19:01:12.345+07:00", "2026-03-02T19:14:58.001+07:00", 12),
        ("2026-03-02T19:01:12", "", 12),
        ("2026-03-02T13:00:00.000Z", "not a time", 13),
    ],
)
def test_the_end_of_an_interview_else_its_beginning(start: str, end: str, hour: int) -> None:
    values = read_values(form().root, read_submission(visit(1, start=start, end=end)).root)
    _, ended = moments(form(), values)
    assert ended is not None
    assert ended.astimezone(UTC).hour == hour


def test_no_time_is_made_up() -> None:
    values = read_values(form().root, read_submission(visit(1, start="", end="soon")).root)
    assert moments(form(), values) == (None, None)


def test_what_the_phone_drew_by_chance_stands() -> None:
    source = b"""
settings: [{form_id: lot, version: 1}]
survey:
  - {type: calculate, name: lot, calculation: random()}
  - {type: calculate, name: household, calculation: uuid()}
  - {type: text, name: more, label: More, relevant: "${lot} > 0.5"}
"""
    converted = convert(source)
    lots = read_form(converted.xml, converted.extras)
    for lot, asked in (("0.75", {"more": "yes"}), ("0.25", {})):
        xml = f'<data id="lot"><lot>{lot}</lot><household>ab</household><more>yes</more></data>'
        collected = collect(lots, read_submission(xml.encode()), NOW, "F01")
        assert collected.interview.answers() == {"lot": lot, "household": "ab", **asked}


def test_files_in_the_rows_of_a_repeat_belong_to_it() -> None:
    read = read_submission(visit(1, photos=("a.jpg",) * 3))
    collected = collect(form(), read, NOW, "F01")
    assert len(collected.interview.answers()["device"]) == 3
    assert collected.files == {"a.jpg"}


@pytest.mark.parametrize(
    ("kind", "name", "taken"),
    [
        (Kind.IMAGE, "1.JPG", True),
        (Kind.IMAGE, "1.svg", False),
        (Kind.VIDEO, "cerita isyarat.mp4", True),
        (Kind.VIDEO, "cerita.jpg", False),
        (Kind.FILE, "surat.pdf", True),
        (Kind.FILE, "surat.html", False),
        (Kind.FILE, "surat.pdf\n", False),
        (Kind.FILE, "é" * 60 + ".pdf", False),
    ],
)
def test_files_are_taken_by_their_names(kind: Kind, name: str, taken: bool) -> None:
    assert takes(Question("/data/q", kind), name) is taken
