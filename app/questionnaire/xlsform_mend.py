"""What is mended without asking: harmless slips of an XLSForm, and what pyxform leaves in English.

Each repair is told, so that the author can do it too and other tools take the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from app.questionnaire.problems import Problem, problem
from app.questionnaire.workbook import Row, Sheet, Workbook
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xform_xml import NAMESPACES, XFORMS, parse_xml
from app.questionnaire.xlsform_outline import Outline, plain_cells

OTHER = {
    "en": ("Other", "Please say which other."),
    "id": ("Lainnya", "Sebutkan yang lain."),
}
"""``or_other`` in the languages we know: the choice, and the question that follows it."""


def mend_workbook(workbook: Workbook) -> tuple[Workbook, list[Problem]]:
    """Allow a choice to be in its list twice, which pyxform refuses and field forms do."""
    repairs = list(_twice(workbook.sheet("choices")))
    if not repairs:
        return workbook, []
    settings = workbook.sheet("settings")
    row = settings.rows[0] if settings.rows else Row(2, {})
    allowed = replace(row, cells={**row.cells, "allow_choice_duplicates": "yes"})
    columns = tuple(dict.fromkeys([*settings.columns, "allow_choice_duplicates"]))
    sheet = Sheet(columns, (allowed, *settings.rows[1:]))
    return replace(workbook, sheets={**workbook.sheets, "settings": sheet}), repairs


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


def mend_xml(xml: bytes, outline: Outline) -> tuple[bytes, list[Problem]]:
    """Say "Other" of ``or_other`` in each language of the form."""
    selects = [entry for entry in outline.entries if entry.kind.or_other]
    told = [problem("root_renamed")] if outline.root.startswith("form_root") else []
    if not selects:
        return xml, told
    root = parse_xml(xml)
    languages = [each.get("lang", "") for each in root.iterfind(".//x:translation", NAMESPACES)]
    for language in languages:
        if tag_of(language) not in OTHER:
            told.append(problem("other_untranslated", language=language))
    for entry in selects:
        _translate_question(root, f"{entry.ref}_other", languages)
        _translate_choice(root, entry.kind.list_name, languages)
        told.append(problem("other_translated", sheet="survey", row=entry.row.number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), told


def _translate_question(root: etree._Element, ref: str, languages: list[str]) -> None:
    """Give the question that pyxform adds a label in each language instead of an English one."""
    label = root.find(f".//x:input[@ref='{ref}']/x:label", NAMESPACES)
    if label is None:
        return
    if not languages:
        return
    id_ = f"{ref}:label"
    label.text = None
    label.set("ref", f"jr:itext('{id_}')")
    for translation in root.iterfind(".//x:translation", NAMESPACES):
        text = etree.SubElement(translation, f"{{{XFORMS}}}text", id=id_)
        value = etree.SubElement(text, f"{{{XFORMS}}}value")
        value.text = _other(translation)[1]


def _translate_choice(root: etree._Element, list_name: str, languages: list[str]) -> None:
    item = root.find(
        f".//x:instance[@id='{list_name}']/x:root/x:item[x:name='other']/x:itextId", NAMESPACES
    )
    if item is None:
        return
    for translation in root.iterfind(".//x:translation", NAMESPACES):
        value = translation.find(f"x:text[@id='{item.text}']/x:value", NAMESPACES)
        if value is not None and value.text == OTHER["en"][0]:
            value.text = _other(translation)[0]


def _other(translation: etree._Element) -> tuple[str, str]:
    return OTHER.get(tag_of(translation.get("lang", "")), OTHER["en"])
