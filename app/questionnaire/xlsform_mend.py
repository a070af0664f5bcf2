"""What is mended without asking: harmless slips of an XLSForm, and what pyxform leaves in English.

Each repair is told, so that the author can do it too and other tools take the form.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from lxml import etree

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import Row, Sheet, Workbook, is_survey_column, split_column
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xform_xml import NAMESPACES, XFORMS, parse_xml
from app.questionnaire.xlsform_outline import Outline, plain_cells

OTHER = {
    "en": ("Other", "Please say which other."),
    "id": ("Lainnya", "Sebutkan yang lain."),
}
"""``or_other`` in the languages we know: the choice, and the question that follows it."""


def drop_notes(workbook: Workbook) -> tuple[Workbook, list[Problem]]:
    """Leave out columns of the survey that mean nothing: pyxform fails on what is in them."""
    survey = workbook.sheet("survey")
    notes = [column for column in survey.columns if not is_survey_column(column)]
    if not notes:
        return workbook, []
    rows = tuple(
        Row(row.number, {key: text for key, text in row.cells.items() if key not in notes})
        for row in survey.rows
    )
    kept = Sheet(tuple(column for column in survey.columns if column not in notes), rows)
    told = [problem("column_ignored", sheet="survey", column=column) for column in notes]
    return replace(workbook, sheets={**workbook.sheets, "survey": kept}), told


def mend_workbook(workbook: Workbook, name: str = "") -> tuple[Workbook, list[Problem]]:
    """Give the form a usable form_id, and let a choice be in its list twice, as field forms do.

    A form without a form_id is called after its file, as pyxform does, else after its title.
    """
    form_id, repairs = _form_id(workbook, name)
    settings = {"form_id": form_id}
    if twice := list(_twice(workbook.sheet("choices"))):
        settings["allow_choice_duplicates"] = "yes"
        repairs += twice
    return _with_settings(workbook, settings), repairs


def _with_settings(workbook: Workbook, settings: Mapping[str, str]) -> Workbook:
    sheet = workbook.sheet("settings")
    kept = {
        column: text
        for column, text in workbook.settings.items()
        if split_column(column)[0] not in settings
    }
    number = sheet.rows[0].number if sheet.rows else 2
    row = Row(number, {**kept, **settings})
    changed = Sheet(tuple(row.cells), (row,))
    return replace(workbook, sheets={**workbook.sheets, "settings": changed})


def _form_id(workbook: Workbook, file_name: str) -> tuple[str, list[Problem]]:
    """The form's id, made safe for addresses and folders."""
    cells = {split_column(column)[0]: text for column, text in workbook.settings.items()}
    given = cells.get("form_id", "")
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", given):
        return given, []
    stem = PurePath(file_name).stem
    candidates = (_slug(text) for text in (given, stem, cells.get("form_title", "")))
    name = next(filter(None, candidates), f"form-{_fingerprint(workbook)}")
    code = "form_id_changed" if given else "form_id_missing"
    params = {"given": given, "name": name}
    return name, [replace(problem(code, sheet="settings", column="form_id"), params=params)]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[A-Za-z0-9_]+", plain)).lower().strip("_-")[:64]


def _fingerprint(workbook: Workbook) -> str:
    cells = "\0".join(f"{row.number} {column} {text}" for _, row, column, text in workbook.cells())
    return hashlib.sha256(cells.encode()).hexdigest()[:8]


def _twice(choices: Sheet) -> Iterator[Problem]:
    seen = set()
    for row in choices.rows:
        cells = plain_cells(row)
        key = cells.get("list_name", ""), cells.get("name", "")
        if key in seen:
            yield problem(
                "choice_duplicates", sheet="choices", row=row.number, list=key[0], name=key[1]
            )
        seen.add(key)


def mend_xml(xml: bytes, outline: Outline, default_language: str) -> tuple[bytes, list[Problem]]:
    """Say "Other" of ``or_other`` in each language of the form."""
    selects = [entry for entry in outline.entries if entry.kind.or_other]
    told = [problem("root_renamed")] if outline.root.startswith("form_root") else []
    if not selects:
        return xml, told
    root = parse_xml(xml)
    translations = root.findall(".//x:translation", NAMESPACES)
    languages = [each.get("lang", "") for each in translations] or [default_language]
    for entry in selects:
        _translate_question(root, f"{entry.ref}_other", default_language)
        _translate_choice(root, entry.kind.list_name, default_language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), told + _told(languages)


def _told(languages: list[str]) -> list[Problem]:
    foreign = [each for each in languages if tag_of(each) not in ("", "en")]
    unknown = [each for each in foreign if tag_of(each) not in OTHER]
    told = [problem("other_untranslated", language=each) for each in unknown]
    return told + ([problem("other_translated")] if len(unknown) < len(foreign) else [])


def _translate_question(root: etree._Element, ref: str, default_language: str) -> None:
    """Give the question that pyxform adds a label in each language instead of an English one."""
    label = root.find(f".//x:input[@ref='{ref}']/x:label", NAMESPACES)
    if label is None:
        return
    translations = root.findall(".//x:translation", NAMESPACES)
    if not translations:
        label.text = _other(default_language)[1]
        return
    id_ = f"{ref}:label"
    label.text = None
    label.set("ref", f"jr:itext('{id_}')")
    for translation in translations:
        text = etree.SubElement(translation, f"{{{XFORMS}}}text", id=id_)
        value = etree.SubElement(text, f"{{{XFORMS}}}value")
        value.text = _other(translation.get("lang", ""))[1]


def _translate_choice(root: etree._Element, list_name: str, default_language: str) -> None:
    item = root.find(f".//x:instance[@id='{list_name}']/x:root/x:item[x:name='other']", NAMESPACES)
    if item is None:
        return
    label = item.find("x:label", NAMESPACES)
    if label is not None and label.text == OTHER["en"][0]:
        label.text = _other(default_language)[0]
    id_ = item.findtext("x:itextId", "", NAMESPACES)
    for translation in root.iterfind(".//x:translation", NAMESPACES):
        value = translation.find(f"x:text[@id='{id_}']/x:value", NAMESPACES)
        if value is not None and value.text == OTHER["en"][0]:
            value.text = _other(translation.get("lang", ""))[0]


def _other(language: str) -> tuple[str, str]:
    return OTHER.get(tag_of(language), OTHER["en"])
