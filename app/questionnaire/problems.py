"""What can be wrong with a form definition, said so that its author can mend it.

A problem carries a code, its place in the spreadsheet and the values that its sentence needs; the
sentence itself is looked up in ``SENTENCES`` and translated where it is shown. Placeholders are
``%(name)s``, as Flask-Babel's ``gettext`` takes them. ``N_`` only marks a string for extraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a problem matters, heaviest first."""

    ERROR = "error"
    """The form is refused."""
    BLOCKS = "blocks"
    """The form is kept but cannot be opened to respondents before this is mended."""
    WARNING = "warning"
    """The form can be used, but somebody would be better served if this were mended."""
    REPAIRED = "repaired"
    """We mended it ourselves and say so."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a form definition.

    ``row`` is the row of the sheet as Excel numbers it, or the line of a YAML file. ``question`` is
    the name of a question or group. ``params`` fill the placeholders of the code's sentence.
    """

    code: str
    severity: Severity
    sheet: str = ""
    row: int | None = None
    column: str = ""
    question: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class FormErrors(ValueError):
    """A form definition cannot be used; ``problems`` holds all that is known to be wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(message(problem) for problem in self.problems))


def problem(
    code: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    question: str = "",
    **params: object,
) -> Problem:
    """A problem with the severity that belongs to its code. Raises KeyError for an unknown code."""
    severity, _ = SENTENCES[code]
    values = {name: str(value) for name, value in params.items()}
    return Problem(code, severity, sheet, row, column, question, values)


def located(found: Problem, **place: Any) -> Problem:
    """The same problem at another place, or with other ``params``."""
    return replace(found, **place)


def message(found: Problem) -> str:
    """The problem in English: its place, then what is wrong and what to do."""
    _, sentence = SENTENCES[found.code]
    place = _place(found)
    return f"{place}: {sentence % found.params}" if place else sentence % found.params


def _place(found: Problem) -> str:
    parts = [
        found.sheet,
        f"row {found.row}" if found.row else "",
        f"column {found.column}" if found.column else "",
        found.question,
    ]
    return ", ".join(part for part in parts if part)


def N_(sentence: str) -> str:  # noqa: N802  the usual name of this marker in gettext projects
    return sentence


_E, _B, _W, _R = Severity.ERROR, Severity.BLOCKS, Severity.WARNING, Severity.REPAIRED

SENTENCES: Mapping[str, tuple[Severity, str]] = {
    # The file
    "too_large": (_E, N_("The file is larger than %(limit)s MB. Remove pictures and old sheets.")),
    "zip_bomb": (_E, N_("The file unpacks to more than %(limit)s MB and was not opened.")),
    "doctype": (_E, N_("The workbook holds XML entities, which no spreadsheet program writes.")),
    "unreadable": (_E, N_("This file cannot be read. Save it again as Excel (.xlsx) or CSV.")),
    "encrypted": (_E, N_("This workbook has a password. Save it without one.")),
    "not_a_form": (_E, N_("This is not an XLSForm. Upload .xlsx, .xls, .csv, .md or .yaml.")),
    "encoding": (_E, N_("The text of this file is not UTF-8. Save it as “CSV UTF-8”.")),
    "yaml": (_E, N_("This is not correct YAML: %(reason)s.")),
    "sheet_missing": (_E, N_("There is no sheet named “%(name)s”.")),
    "sheet_shape": (_E, N_("A sheet is a list of rows, and a row is a list of columns.")),
    "too_many_rows": (_E, N_("This sheet has more than %(limit)s rows.")),
    "too_many_columns": (_E, N_("This sheet has more than %(limit)s columns.")),
    "too_many_cells": (
        _E,
        N_("The workbook has more than %(limit)s filled cells. Put long lists into a CSV file."),
    ),
    "cell_too_long": (_E, N_("This cell holds more than %(limit)s characters.")),
    "control_character": (_E, N_("This cell holds a character that cannot be printed.")),
    "duplicate_column": (_E, N_("Two columns are named “%(name)s”. Rename or remove one.")),
    "column_missing": (_E, N_("The column “%(name)s” is missing.")),
    "no_questions": (_E, N_("The form asks nothing.")),
    # Rows of the survey
    "type_missing": (_E, N_("This row has no type. Say what kind of question it is.")),
    "type_unknown": (_E, N_("“%(type)s” is not a question type of XLSForm.")),
    "type_unsupported": (_E, N_("Questions of type “%(type)s” do not work here.")),
    "never_recorded": (_W, N_("“%(type)s” records without asking, so it stays empty here.")),
    "name_missing": (_E, N_("This row has no name.")),
    "name_invalid": (
        _E,
        N_("“%(name)s” cannot be a name. Begin with a letter; then letters, digits, _ and -."),
    ),
    "name_duplicate": (_E, N_("The name “%(name)s” is used twice, also in row %(other)s.")),
    "name_reserved": (_E, N_("The name “%(name)s” is reserved. Choose another.")),
    "end_without_begin": (_E, N_("This ends a %(kind)s, but none was begun.")),
    "begin_without_end": (_E, N_("This %(kind)s is begun and never ended.")),
    "nested_too_deep": (_E, N_("Groups are inside each other more than %(limit)s deep.")),
    "nested_repeat": (_E, N_("A repeat inside a repeat does not work here.")),
    "label_missing": (_E, N_("This question has no label, so nobody can know what it asks.")),
    "calculation_missing": (_E, N_("This calculate has no calculation.")),
    "list_missing": (_E, N_("The list of choices “%(list)s” is not in the choices sheet.")),
    "list_name_missing": (_E, N_("Say which list of choices, for example select_one yes_no.")),
    "trigger_missing": (_E, N_("There is no question named “%(name)s” to trigger this.")),
    "class_unknown": (_W, N_("“%(value)s” is not a data class. Use U, S, T, C, K or M.")),
    # Choices
    "choice_name_missing": (_E, N_("This choice has no name.")),
    "choice_name_space": (_E, N_("The choice “%(name)s” has a space in its name.")),
    "choice_label_missing": (_W, N_("This choice has no label, so its name is shown.")),
    "choice_list_missing": (_W, N_("This choice names no list, so it is left out.")),
    # Expressions
    "reference_malformed": (_E, N_("A reference is written ${name}. This one is not closed.")),
    "reference_unknown": (_E, N_("There is no question named “%(name)s”.")),
    "reference_ambiguous": (_E, N_("More than one question is named “%(name)s”.")),
    "expression_empty": (_E, N_("There is no expression.")),
    "expression_too_long": (_E, N_("The expression has more than %(limit)s characters.")),
    "expression_too_deep": (_E, N_("The expression has too many brackets inside each other.")),
    "expression_unexpected_character": (
        _E,
        N_("“%(found)s” cannot stand in an expression. Are these the quotation marks of Word?"),
    ),
    "expression_unclosed_string": (_E, N_("A quotation mark has no partner, from “%(near)s” on.")),
    "expression_number_too_large": (_E, N_("The number at “%(near)s” is too large.")),
    "expression_unexpected": (_E, N_("“%(found)s” cannot stand there, at “%(near)s”.")),
    "expression_unexpected_end": (_E, N_("The expression breaks off. Is a bracket missing?")),
    "expression_unsupported": (_E, N_("“%(found)s” is not part of XLSForm, at “%(near)s”.")),
    "expression_unknown_function": (_E, N_("There is no function “%(name)s”.")),
    "expression_wrong_number_of_arguments": (
        _E,
        N_("The function “%(name)s” got %(given)s values, which is not as many as it takes."),
    ),
    "expression_not_nodes": (_E, N_("“%(name)s” needs a question there, not a value.")),
    "expression_not_a_path": (_E, N_("“%(name)s” needs a question there, written ${name}.")),
    "expression_not_an_ancestor": (
        _E,
        N_("“%(name)s” was given the repeat “%(path)s”, which does not hold the question."),
    ),
    "expression_unknown_path": (_E, N_("There is no question at “%(path)s”.")),
    "expression_above_root": (_E, N_("“%(path)s” leads out of the form.")),
    "expression_unknown_instance": (_E, N_("There is no list or file named “%(name)s”.")),
    "expression_bad_pattern": (_E, N_("The pattern “%(pattern)s” cannot be used: %(reason)s.")),
    "expression_bad_date_format": (_E, N_("“%(found)s” is not part of a date format.")),
    "expression_unknown_algorithm": (_E, N_("There is no digest named “%(name)s”.")),
    "expression_unknown_encoding": (_E, N_("There is no encoding named “%(name)s”.")),
    "expression_text_too_long": (_E, N_("The result is longer than %(limit)s characters.")),
    "expression_too_much_work": (_E, N_("The expression visits too many answers.")),
    "cycle": (_E, N_("These questions wait for each other: %(names)s.")),
    # The XForm
    "xml": (_E, N_("The XForm is not correct XML: %(reason)s.")),
    "xform_shape": (_E, N_("The XForm has no “%(name)s”.")),
    "text_missing": (_E, N_("The XForm refers to the text “%(id)s”, which it does not have.")),
    "instance_missing": (_E, N_("There is no list or file named “%(name)s”.")),
    "converter": (_E, N_("The form cannot be converted: %(reason)s")),
    # Settings
    "form_id_missing": (_R, N_("The settings give no form_id, so “%(name)s” is used.")),
    "form_id_changed": (_R, N_("“%(given)s” cannot be a form_id, so “%(name)s” is used.")),
    "form_id_invalid": (
        _E,
        N_("“%(name)s” cannot be a form_id. Use letters, digits, _ and -; at most 64 of them."),
    ),
    "setting_invalid": (_E, N_("“%(value)s” is not a value that “%(name)s” can have.")),
    "setting_needed": (_B, N_("The network setting “%(name)s” is used here and is still empty.")),
    "setting_stands_in": (
        _W,
        N_("The network setting “%(name)s” is still empty; general words stand in for it."),
    ),
    "placeholder_unknown": (_W, N_("“{%(name)s}” is not a network setting and is printed as is.")),
    "file_missing": (_B, N_("The form needs the file “%(name)s”. Upload it too.")),
    "file_unreadable": (_E, N_("The file “%(name)s” cannot be read as a list of choices.")),
    "file_refused": (
        _E,
        N_(
            "The file “%(name)s” cannot be taken along. A form can have lists (.csv, .xml, "
            ".geojson), pictures (.png, .jpg, .gif, .webp), sound and film (.mp3, .m4a, .ogg, "
            ".wav, .mp4, .webm)."
        ),
    ),
    "file_unused": (_W, N_("The form does not name the file “%(name)s”, so it was left out.")),
    "media_missing": (
        _W,
        N_("The form shows the file “%(name)s”, which is not there. Upload it with the form."),
    ),
    # Repairs and warnings
    "root_renamed": (_R, N_("A question is named “data”, so the form's root got another name.")),
    "choice_duplicates": (_R, N_("The choice “%(name)s” is in the list “%(list)s” twice.")),
    "other_translated": (_R, N_("“Other” of or_other was written in the form's languages.")),
    "other_untranslated": (_W, N_("“Other” of or_other is English also in “%(language)s”.")),
    "version_bumped": (
        _R,
        N_("Version “%(version)s” exists with other content, so this one is “%(name)s”."),
    ),
    "language_unknown": (
        _W,
        N_("“%(language)s” has no language code. Write it like “Bahasa Jawa (jv)”."),
    ),
    # Whether everybody can read and answer it
    "translation_missing": (
        _E,
        N_("This text is missing in “%(language)s”. Write it in this column."),
    ),
    "language_unsaid": (
        _E,
        N_(
            "This column does not say its language, so some people read it in a language that is "
            "not theirs. Name it like “label::Bahasa Indonesia (id)” and add the other languages."
        ),
    ),
    "title_untranslated": (
        _W,
        N_("The form has no title in “%(language)s”. Add this column to the settings sheet."),
    ),
    "picture_alone": (
        _E,
        N_(
            "Here is only a picture, which blind people cannot see. Write a label, or say in the "
            "column alt_text what the picture shows."
        ),
    ),
    "recording_alone": (
        _E,
        N_(
            "Here is only a recording, which Deaf people cannot hear. Write in the label what it "
            "says."
        ),
    ),
    "alt_text_missing": (
        _W,
        N_("Say in the column alt_text what this picture shows, for people who cannot see it."),
    ),
    "label_number": (
        _W,
        N_("“%(text)s” is only a number. Write the question in words."),
    ),
    "choices_numbers": (
        _W,
        N_(
            "The choices of the list “%(list)s” are only numbers. Unless they count something, "
            "write what each one means."
        ),
    ),
    "choices_alike": (
        _W,
        N_(
            "Every choice of the list “%(list)s” begins with “%(word)s”. Begin with the word that "
            "differs: it is heard first."
        ),
    ),
    "other_english": (
        _W,
        N_("“%(text)s” is English, but stands in “%(language)s”. Translate it."),
    ),
    "sentence_long": (
        _W,
        N_(
            "The sentence that begins “%(start)s …” has %(count)s words. Make two sentences of "
            "it: up to 20 words are easy to follow."
        ),
    ),
    "way_out_missing": (
        _E,
        N_(
            "This sensitive question must be answered, but the list “%(list)s” lets nobody "
            "decline. Add a choice named pns (“Prefer not to answer”), or do not require it."
        ),
    ),
    "sensitive_required": (
        _E,
        N_("Nobody has to tell something sensitive. Do not require an answer to this question."),
    ),
    "column_ignored": (_W, N_("This column is not part of XLSForm and was not read.")),
    "sheet_ignored": (_W, N_("The sheet “%(name)s” is not part of XLSForm and was not read.")),
    "converter_warning": (_W, N_("%(reason)s")),
}
"""Every code with its severity and its sentence; docs/xlsform.md explains them for authors."""
