"""XLSForm → XForm XML, by pyxform, with every problem located and its traps avoided.

The XML is the contract: nothing but ``xform.py`` looks into it, and nothing looks at pyxform's own
objects (docs/decisions/0001-xform-xml-is-the-contract.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as pyxform_convert

from app.questionnaire.extras import Extras
from app.questionnaire.model import Form
from app.questionnaire.network import Network, fill
from app.questionnaire.problems import FormErrors, Problem, Severity, problem
from app.questionnaire.workbook import TEXT_COLUMNS, Sheet, Workbook, split_column
from app.questionnaire.xform import missing_files, read_form
from app.questionnaire.xform_lists import ITEMSETS
from app.questionnaire.xlsform_check import check
from app.questionnaire.xlsform_mend import drop_notes, mend_workbook, mend_xml
from app.questionnaire.xlsform_messages import from_pyxform
from app.questionnaire.xlsform_outline import Outline
from app.questionnaire.xlsform_own import take_out
from app.questionnaire.xlsform_read import read_workbook
from app.questionnaire.xlsform_references import check_syntax

_QUOTES = str.maketrans("‘’“”", "\ue018\ue019\ue01c\ue01d")
_BACK = str.maketrans("\ue018\ue019\ue01c\ue01d", "‘’“”")


@dataclass(frozen=True, slots=True)
class Converted:
    """A form ready to be published: its XForm, what the XForm cannot hold, and what to tell.

    ``form`` is what the XForm and the extras say, read as everybody will read them. ``workbook`` is
    the form as it was written, the network's settings not filled in. ``files`` are those that were
    given and those made from sheets. ``problems`` refuse nothing: they are what keeps the form from
    being opened, warnings, and what we mended.
    """

    xml: bytes
    extras: Extras
    workbook: Workbook
    form: Form
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def blocked(self) -> tuple[Problem, ...]:
        """What keeps the form from being opened to respondents."""
        return tuple(each for each in self.problems if each.severity is Severity.BLOCKS)


def convert(
    source: bytes,
    network: Network | None = None,
    files: Mapping[str, bytes] | None = None,
    name: str = "",
) -> Converted:
    """Convert the bytes of an .xlsx, .xls, .csv, .md or .yaml file.

    ``files`` are lists and media that belong to the form, by name. ``name`` is what the file was
    called: only a form without a form_id needs it. Raises FormErrors with all problems that could
    be found at once.
    """
    return convert_workbook(read_workbook(source), network, files, name)


def convert_workbook(
    workbook: Workbook,
    network: Network | None = None,
    files: Mapping[str, bytes] | None = None,
    name: str = "",
) -> Converted:
    """Convert a form that has been read already. Raises FormErrors."""
    form, notes = drop_notes(workbook)
    found = [*notes, *check(form)]
    if any(each.severity is Severity.ERROR for each in found):
        raise FormErrors((*found, *check_syntax(form)))
    filled, empty = fill(form, network or Network())
    mended, repairs = mend_workbook(filled, name)
    outline = Outline(mended)
    plain, extras = take_out(mended, outline)
    xml, itemsets, warnings = _by_pyxform(plain, outline, extras)
    xml, more = mend_xml(xml, outline, extras.settings.get("default_language", ""))
    every_file = {**(files or {}), **({ITEMSETS: itemsets.encode()} if itemsets else {})}
    try:
        made = read_form(xml, extras, every_file)
    except FormErrors as errors:
        raise FormErrors(_located(errors.problems, outline)) from errors
    wanting = [problem("file_missing", name=each) for each in missing_files(made, every_file)]
    told = (*found, *empty, *wanting, *repairs, *more, *warnings)
    return Converted(xml, extras, workbook, made, told, every_file)


def _by_pyxform(
    workbook: Workbook, outline: Outline, extras: Extras
) -> tuple[bytes, str | None, list[Problem]]:
    """The XForm, the external choices as CSV, and pyxform's warnings."""
    sheets = _for_pyxform(_with_title(workbook, extras))
    warnings: list[str] = []
    try:
        result = pyxform_convert(sheets, warnings=warnings, form_name=outline.root)
    except PyXFormError as error:
        raise FormErrors(_told([str(error)], workbook, "converter")) from error
    except Exception as error:  # on odd columns pyxform fails with TypeError, KeyError, IndexError
        reason = f"pyxform: {type(error).__name__}."
        raise FormErrors([problem("converter", reason=reason)]) from error
    xml = result.xform.translate(_BACK).encode()
    return xml, result.itemsets, _told(warnings, workbook, "converter_warning")


def _told(messages: Iterable[str], workbook: Workbook, code: str) -> list[Problem]:
    found = (from_pyxform(message, workbook, code) for message in messages)
    return [each for each in found if each is not None]


def _for_pyxform(workbook: Workbook) -> dict[str, Any]:
    """Rows as pyxform takes them, always with a header: it guesses wrongly from a sparse first row.

    pyxform straightens curly quotation marks everywhere. That is right in expressions and wrong in
    texts, so they pass through it as characters for private use.
    """
    protected = workbook.changed(
        lambda _, column, text: text.translate(_QUOTES) if _is_text(column) else text
    )
    sheets: dict[str, Any] = {"sheet_names": list(workbook.sheets)}
    for name, sheet in protected.sheets.items():
        sheets[name] = [dict(row.cells) for row in sheet.rows]
        sheets[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    return sheets


def _is_text(column: str) -> bool:
    return split_column(column)[0] in TEXT_COLUMNS


def _with_title(workbook: Workbook, extras: Extras) -> Workbook:
    """An XForm has one title: the one in the default language, else the first."""
    titles = extras.titles
    settings = workbook.sheet("settings")
    if not settings.rows or not titles or "" in titles:
        return workbook
    title = titles.get(extras.settings.get("default_language", ""), next(iter(titles.values())))
    first = replace(settings.rows[0], cells={**settings.rows[0].cells, "form_title": title})
    sheet = Sheet((*settings.columns, "form_title"), (first, *settings.rows[1:]))
    return replace(workbook, sheets={**workbook.sheets, "settings": sheet})


def _located(problems: Iterable[Problem], outline: Outline) -> Iterable[Problem]:
    """Problems of the XForm, with the row of the question they belong to."""
    for found in problems:
        entry = outline.by_ref.get(found.question)
        if entry is None:
            yield found
        else:
            yield replace(found, sheet="survey", row=entry.row.number, question=entry.name)
