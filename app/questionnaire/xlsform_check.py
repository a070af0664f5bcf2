"""What is wrong with an XLSForm, found before pyxform sees it, in every row at once.

pyxform stops at the first thing it dislikes and says it in English; what is checked here is what
authors get wrong. Expressions are checked by ``xform_check`` in the converted form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import TEXT_COLUMNS, Row, Workbook, split_column
from app.questionnaire.xform_controls import CLASSES
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xlsform_choices import check_choices, lists_of
from app.questionnaire.xlsform_limits import check_limits
from app.questionnaire.xlsform_outline import Entry, Outline, plain_cells
from app.questionnaire.xlsform_references import check_references

UNSUPPORTED = ("geotrace", "geoshape", "osm", "q geotrace", "q geoshape")
UNRECORDED = ("audit", "background-audio", "background-geopoint", "start-geopoint")
"""Types with which a phone records without asking; a web page does not, so they stay empty."""

MAX_DEPTH = 30
"""Groups inside each other; nobody who answers could follow, and pyxform is recursive."""

_NAMELESS = ("note", "audit")
_LISTS_INSIDE = ("select_one", "select_multiple", "rank")
_NAME = re.compile(r"[^\W\d][\w.-]*")


def check(workbook: Workbook) -> Iterator[Problem]:
    """Every problem of the sheets, errors and warnings, in the order of the rows."""
    for name in workbook.ignored:
        yield problem("sheet_ignored", name=name)
    survey = workbook.sheet("survey")
    if not survey.rows:
        yield problem("sheet_missing", name="survey")
        return
    if not any("type" in plain_cells(row) for row in survey.rows):
        yield problem("column_missing", sheet="survey", row=1, name="type")
        return
    if too_much := list(check_limits(workbook)):
        yield from too_much
        return
    outline = Outline(workbook)
    yield from _structure(outline)
    lists = lists_of(workbook)
    for entry in outline.entries:
        yield from _entry(entry, outline, lists)
    yield from check_references(workbook, outline)
    yield from check_choices(workbook, outline)
    yield from _settings(workbook, outline)
    yield from _languages(workbook)


def _languages(workbook: Workbook) -> Iterator[Problem]:
    """Languages that no browser or screen reader could know by their name."""
    columns = (column for sheet in workbook.sheets.values() for column in sheet.columns)
    named = (language for name, language in map(split_column, columns) if name in TEXT_COLUMNS)
    for language in dict.fromkeys(named):
        if tag_of(language).startswith("x-"):
            yield problem("language_unknown", language=language)


def _structure(outline: Outline) -> Iterator[Problem]:
    for entry in outline.unopened:
        kind = entry.kind.name.removeprefix("end_")
        yield problem("end_without_begin", sheet="survey", row=entry.row.number, kind=kind)
    for entry in outline.open:
        kind = entry.kind.name.removeprefix("begin_")
        yield _at(entry, "begin_without_end", "type", kind=kind)
    deep = next((e for e in outline.entries if e.ref.count("/") > MAX_DEPTH), None)
    if deep:
        yield _at(deep, "nested_too_deep", "type", limit=MAX_DEPTH)
    if not any(_is_question(entry) for entry in outline.entries):
        yield problem("no_questions", sheet="survey")


def _is_question(entry: Entry) -> bool:
    return bool(entry.ref) and not entry.kind.begins


def _entry(entry: Entry, outline: Outline, lists: dict[str, list[Row]]) -> Iterator[Problem]:
    if not entry.ref:
        return
    if not entry.kind.name:
        if entry.name or "label" in entry.cells:
            yield _at(entry, "type_missing", "type")
        return
    yield from _type(entry)
    yield from _name(entry, outline)
    yield from _list(entry, lists)
    yield from _content(entry, outline)


def _type(entry: Entry) -> Iterator[Problem]:
    kind = entry.kind.name
    if kind in UNSUPPORTED or kind.startswith("osm "):
        yield _at(entry, "type_unsupported", "type", type=kind)
    elif kind in UNRECORDED:
        yield _at(entry, "never_recorded", "type", type=kind)
    elif kind == "begin_repeat" and entry.repeats:
        yield _at(entry, "nested_repeat", "type")
    elif not (entry.kind.begins or _is_known(kind)):
        yield _at(entry, "type_unknown", "type", type=entry.cells.get("type", ""))


def _is_known(kind: str) -> bool:
    return (
        kind in QUESTION_TYPE_DICT
        or kind in aliases._type_alias_map
        or kind in aliases.settings_header
        or kind.startswith("select_")
        or kind == "rank"
    )


def is_shown(kind: str) -> bool:
    """Whether a respondent sees a question of this type."""
    if kind in UNRECORDED or kind in aliases.settings_header:
        return False
    known = QUESTION_TYPE_DICT.get(aliases._type_alias_map.get(kind, kind))
    return known is None or "control" in known


def _name(entry: Entry, outline: Outline) -> Iterator[Problem]:
    if not entry.name:
        if entry.kind.name not in _NAMELESS:
            yield _at(entry, "name_missing", "name")
    elif not _NAME.fullmatch(entry.name):
        yield _at(entry, "name_invalid", "name", name=entry.name)
    elif entry.ref == f"/{outline.root}/meta":
        yield _at(entry, "name_reserved", "name", name=entry.name)
    elif outline.by_ref[entry.ref] is not entry:
        other = outline.by_ref[entry.ref].row.number
        yield _at(entry, "name_duplicate", "name", name=entry.name, other=other)


def _list(entry: Entry, lists: dict[str, list[Row]]) -> Iterator[Problem]:
    kind = entry.kind
    selects = kind.name.startswith("select_") or kind.name in ("rank", "begin_loop")
    if selects and not kind.list_name:
        yield _at(entry, "list_name_missing", "type")
    elif (kind.name in _LISTS_INSIDE or kind.name == "begin_loop") and (
        kind.list_name not in lists and not kind.list_name.startswith("${")
    ):
        yield _at(entry, "list_missing", "type", list=kind.list_name)


def _content(entry: Entry, outline: Outline) -> Iterator[Problem]:
    cells, kind = entry.cells, entry.kind.name
    if kind == "calculate" and "calculation" not in cells and "default" not in cells:
        yield _at(entry, "calculation_missing", "calculation")
    seen = _is_question(entry) and is_shown(kind)
    shown = ("label", "hint", "image", "audio", "video", "guidance_hint", "big-image")
    if seen and "calculation" not in cells and not any(column in cells for column in shown):
        yield _at(entry, "label_missing", "label")
    said = cells.get("class", "").strip().upper()
    if said and said not in CLASSES:
        yield _at(entry, "class_unknown", "class", value=cells["class"])
    for name in re.findall(r"\$\{([^{}]*)\}", cells.get("trigger", "")):
        if name.strip() not in outline.by_name:
            yield _at(entry, "trigger_missing", "trigger", name=name.strip())


def _settings(workbook: Workbook, outline: Outline) -> Iterator[Problem]:
    rows = workbook.sheet("settings").rows
    if not rows:
        return
    at = partial(problem, sheet="settings", row=rows[0].number)
    for name, value in plain_cells(rows[0]).items():
        wrong = (
            (name == "keep_days" and not value.isdecimal())
            or (name in ("opens", "closes") and not _is_date(value))
            or (name == "timezone" and not _is_zone(value))
        )
        if wrong:
            yield at("setting_invalid", column=name, name=name, value=value)
        if name in ("place", "consent", "safety") and value not in outline.by_name:
            yield at("reference_unknown", column=name, name=value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _at(entry: Entry, code: str, column: str, **params: object) -> Problem:
    return problem(
        code,
        sheet="survey",
        row=entry.row.number,
        column=column,
        question=entry.name,
        **params,
    )
