"""Uploads made to do harm are refused with a sentence, or do none, and soon."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.questionnaire.problems import FormErrors, Problem, message
from app.questionnaire.workbook import MEDIA_COLUMNS, SURVEY_COLUMNS, TEXT_COLUMNS
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert
from tests.questionnaire.tiny import asked, words

ENOUGH = 2.0
"""Seconds: the time a coordinator may wait for an answer."""


@pytest.fixture(autouse=True)
def in_time(request: pytest.FixtureRequest) -> Iterator[None]:
    started = time.process_time()
    yield
    many = "hypothesis" in request.keywords or hasattr(request.function, "hypothesis")
    assert many or time.process_time() - started < ENOUGH


def workbook(write: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        write(book)
    return file.getvalue()


def small(book: xlsxwriter.Workbook) -> None:
    survey = book.add_worksheet("survey")
    survey.write_row(0, 0, ["type", "name", "label"])
    survey.write_row(1, 0, ["text", "a", "A"])


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(source: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook in which one part is changed."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return packed({**parts, name: change(parts[name])})


def code(source: bytes) -> str:
    with pytest.raises(FormErrors) as refused:
        convert(source)
    return refused.value.problems[0].code


def test_fifty_megabytes() -> None:
    assert code(b"survey:\n" + b" " * 50 * 2**20) == "too_large"


def test_a_zip_bomb() -> None:
    zeros = bytes(40 * 2**20)
    assert code(packed({"xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": zeros})) == "zip_bomb"


def test_a_zip_bomb_that_says_it_is_small() -> None:
    size, said = 0x0F0F0F0F, 1000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for start in range(0, size, 2**20):
                part.write(bytes(min(2**20, size - start)))
        checksum = archive.getinfo("xl/sharedStrings.xml").CRC
    lying = (
        file.getvalue()
        .replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))
        .replace(checksum.to_bytes(4, "little"), zlib.crc32(bytes(said)).to_bytes(4, "little"))
    )
    tracemalloc.start()
    try:
        assert code(lying) == "unreadable"
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


def test_twenty_thousand_rows() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        survey = book.add_worksheet("survey")
        survey.write_row(0, 0, ["type", "name", "label"])
        for row in range(1, 20_001):
            survey.write_row(row, 0, ["text", f"q{row}", "Question"])

    assert code(workbook(write)) == "too_many_rows"


def test_a_row_at_the_end_of_a_billion() -> None:
    def far(sheet: bytes) -> bytes:
        return sheet.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="A1048576"')

    assert code(changed(workbook(small), "xl/worksheets/sheet1.xml", far)) == "sheet_missing"


def test_entities_in_a_workbook() -> None:
    bomb = (
        b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )

    def declare(part: bytes) -> bytes:
        head, _, rest = part.partition(b"?>")
        return head + b"?>" + bomb + rest

    assert code(changed(workbook(small), "xl/workbook.xml", declare)) == "doctype"


def test_a_zip_that_is_no_workbook() -> None:
    assert code(packed({"mimetype": b"application/vnd.oasis.opendocument"})) == "not_a_form"
    assert code(packed({"xl/workbook.xml": b"<broken"})) == "unreadable"
    assert code(b"PK\x03\x04 and nothing more") == "unreadable"
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "unreadable"


def test_macros_are_carried_and_never_looked_at() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(small))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with_macro = packed({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    assert read_form(convert(with_macro).xml).question("a") is not None


def test_formulas_are_read_as_their_last_value() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        small(book)
        book.get_worksheet_by_name("survey").write_row(2, 0, ["text", "b"])
        formula = '=WEBSERVICE("http://example.org")'
        book.get_worksheet_by_name("survey").write_formula(2, 2, formula, None, "Last value")

    form = read_form(convert(workbook(write)).xml)
    assert words(asked(form, "b").label) == "Last value"


def test_a_text_is_never_a_path_or_a_command() -> None:
    for source in (b"/etc/passwd", b"file:///etc/passwd", b"../../../etc/passwd\n"):
        assert code(source) == "not_a_form"


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
def test_deep_yaml(opening: bytes) -> None:
    assert code(b"survey:\n  - " + opening * 100_000) == "sheet_shape"


def test_yaml_that_multiplies() -> None:
    lines = [b"a: &a {x: y}"]
    for one, other in zip("bcdefgh", "abcdefg", strict=True):
        lines.append(f"{one}: &{one} [{', '.join(['*' + other] * 10)}]".encode())
    lines.append(b"survey:\n  - {type: text, name: *h, label: A}")
    assert code(b"\n".join(lines)) == "sheet_shape"


def test_yaml_makes_no_objects() -> None:
    source = b"survey:\n  - {type: text, name: a, label: !!python/object/apply:os.getpid []}\n"
    assert code(source) == "sheet_shape"


def test_groups_inside_each_other_without_end() -> None:
    begin = "".join(f"  - {{type: begin_group, name: g{n}, label: G}}\n" for n in range(900))
    rows = f"{begin}  - {{type: text, name: a, label: A}}\n" + "  - {type: end_group}\n" * 900
    assert code(f"survey:\n{rows}".encode()) == "nested_too_deep"


def test_an_expression_of_brackets() -> None:
    brackets = "(" * 5000 + "1" + ")" * 5000
    rows = f"survey:\n  - {{type: text, name: a, label: A, relevant: '{brackets}'}}\n"
    assert code(rows.encode()) == "expression_too_deep"


def test_a_pattern_that_hangs_other_engines_is_only_text() -> None:
    rows = b"survey:\n  - {type: text, name: a, label: A, constraint: \"regex(., '(a+)+b')\"}\n"
    assert asked(read_form(convert(rows).xml), "a").constraint is not None


def test_a_repeat_of_a_billion_is_only_a_number() -> None:
    rows = b"""survey:
  - {type: begin_repeat, name: r, label: R, repeat_count: "1000000000"}
  - {type: text, name: a, label: A}
  - {type: end_repeat}
"""
    assert read_form(convert(rows).xml).question("a") is not None


def test_markup_in_a_label_is_text() -> None:
    label = '<script>alert(1)</script> & <output value="/data/a"/> ]]> &lt;'
    rows = f"survey:\n  - {{type: text, name: a, label: '{label}'}}\n"
    assert words(asked(read_form(convert(rows.encode()).xml), "a").label) == label


def test_many_columns() -> None:
    columns = ", ".join(f"'label::L{n} (aa-x-{n})': A" for n in range(400))
    assert code(f"survey:\n  - {{type: text, name: a, {columns}}}\n".encode()) == "too_many_columns"


def test_many_cells() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        survey = book.add_worksheet("survey")
        for row in range(170):
            survey.write_row(row, 0, [f"label::L{n}" for n in range(250)])

    assert code(workbook(write)) == "too_many_cells"


def test_a_file_name_is_only_a_name() -> None:
    made = convert(b"survey:\n  - {type: text, name: a, label: A}\n", name="../../etc/pass wd.xlsx")
    assert made.form.id == "pass-wd"


def refused_or_read(source: bytes) -> None:
    told: tuple[Problem, ...] = ()
    try:
        assert convert(source).form.root.children
    except FormErrors as errors:
        told = errors.problems
    assert all(message(each) for each in told)


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_else_than_be_refused_or_read(junk: bytes) -> None:
    refused_or_read(junk)
    refused_or_read(b"survey:\n" + junk)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_workbook_does_anything_else(place: int, junk: bytes) -> None:
    source = workbook(small)
    at = place % len(source)
    refused_or_read(source[:at] + junk + source[at + len(junk) :])
    refused_or_read(source[:at])


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["${a}", "${b} = 1", "text", "select_one l", "begin group", "yes", "a", "-"]),
)
COLUMNS = st.sampled_from([*SURVEY_COLUMNS, *TEXT_COLUMNS, *MEDIA_COLUMNS, "label::English (en)"])


@given(st.lists(st.dictionaries(COLUMNS, CELLS, max_size=6), max_size=6))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cells_do_anything_else(rows: list[dict[str, str]]) -> None:
    """A form made of odd cells, with one question that is right."""
    right = {"type": "text", "name": "a", "label": "A"}
    refused_or_read(yaml.safe_dump({"survey": [right, *rows]}, allow_unicode=True).encode())
