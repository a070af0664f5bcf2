"""The one sentence of each problem code: what is wrong and what to do about it.

Placeholders are ``%(name)s``, as Flask-Babel's ``gettext`` takes them. ``N_`` only marks a string
for extraction; it is translated where it is shown (coordinate/problem_words.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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


def N_(sentence: str) -> str:  # noqa: N802  the usual name of this marker in gettext projects
    return sentence


_ERRORS = {
    # The file
    "too_large": N_("The file is larger than %(limit)s MB. Remove pictures and old sheets."),
    "zip_bomb": N_(
        "The file unpacks to more than %(limit)s MB and was not opened. Save it again without "
        "pictures and old sheets."
    ),
    "doctype": N_(
        "The workbook holds XML entities, which no spreadsheet program writes. Save it again "
        "with Excel or LibreOffice."
    ),
    "unreadable": N_("This file cannot be read. Save it again as Excel (.xlsx) or CSV."),
    "encrypted": N_("This workbook has a password. Save it without one."),
    "not_a_form": N_("This is not an XLSForm. Upload .xlsx, .xls, .csv, .md or .yaml."),
    "encoding": N_("The text of this file is not UTF-8. Save it as “CSV UTF-8”."),
    "yaml": N_("This is not correct YAML (%(reason)s). Correct this line."),
    "sheet_missing": N_(
        "There is no sheet named “%(name)s”. Add it, or rename the sheet that is meant."
    ),
    "sheet_shape": N_(
        "A sheet is a list of rows, and a row is a list of columns. Write this one like that."
    ),
    "too_many_rows": N_(
        "This sheet has more than %(limit)s rows. Divide the form, or put long lists into a CSV "
        "file."
    ),
    "too_many_columns": N_(
        "This sheet has more than %(limit)s columns. Remove those that are not needed."
    ),
    "too_many_cells": N_(
        "The workbook has more than %(limit)s filled cells. Put long lists into a CSV file."
    ),
    "too_many_sheets": N_(
        "The file has more than %(limit)s sheets. Remove those that do not belong to the form."
    ),
    "too_much_text": N_(
        "The form holds more than %(limit)s characters. Divide it, or shorten its texts."
    ),
    "too_many_references": N_(
        "The form holds more than %(limit)s references like ${name}. Divide it."
    ),
    "too_many_choices": N_(
        "The questions offer more than %(limit)s choices together. Put long lists into a CSV file "
        "and write select_one_from_file."
    ),
    "cell_too_long": N_("This cell holds more than %(limit)s characters. Shorten it."),
    "control_character": N_(
        "This cell holds a character that cannot be printed. Write the cell again."
    ),
    "duplicate_column": N_("Two columns are named “%(name)s”. Rename or remove one."),
    "column_missing": N_("The column “%(name)s” is missing. Add it."),
    "no_questions": N_("The form asks nothing. Add a question."),
    # Rows of the survey
    "type_missing": N_("This row has no type. Say what kind of question it is."),
    "type_unknown": N_("“%(type)s” is not a question type of XLSForm. Check the spelling."),
    "type_unsupported": N_(
        "Questions of type “%(type)s” do not work here. Remove the row, or ask in another way."
    ),
    "name_missing": N_("This row has no name. Give it a short one without spaces."),
    "name_invalid": N_(
        "“%(name)s” cannot be a name. Begin with a letter; then letters, digits, _ and -."
    ),
    "name_duplicate": N_(
        "The name “%(name)s” is used twice, also in row %(other)s. Rename one of them."
    ),
    "name_reserved": N_("The name “%(name)s” is reserved. Choose another."),
    "end_without_begin": N_(
        "This ends a %(kind)s, but none was begun. Remove the row, or add the row that begins it."
    ),
    "begin_without_end": N_("This %(kind)s is begun and never ended. Add a row that ends it."),
    "nested_too_deep": N_(
        "Groups are inside each other more than %(limit)s deep. Take some of them away."
    ),
    "nested_repeat": N_("A repeat inside a repeat does not work here. Take the inner one away."),
    "label_missing": N_("This question has no label, so nobody can know what it asks. Write one."),
    "calculation_missing": N_("This calculate has no calculation. Write one, or remove the row."),
    "list_missing": N_(
        "The list of choices “%(list)s” is not in the choices sheet. Add it, or correct its name."
    ),
    "list_file_type": N_("The file of a list ends in .csv, .xml or .geojson. Rename it."),
    "list_name_missing": N_("Say which list of choices, for example select_one yes_no."),
    "trigger_missing": N_(
        "There is no question named “%(name)s” to trigger this. Correct the name."
    ),
    "column_twice": N_(
        "The columns “%(one)s” and “%(other)s” mean the same. Rename or remove one of them."
    ),
    "parameters": N_("The parameters of this question do not fit it. Correct or remove them."),
    "parameters_shape": N_(
        "Parameters are written like start=0 end=10, with a space between them. Correct them."
    ),
    "parameter_unknown": N_(
        "This question has no parameter “%(name)s”. It can have: %(accepted)s."
    ),
    "range_invalid": N_(
        "The parameter “%(name)s” does not fit. Start, end and step are numbers, and step is not "
        "0 and not larger than the whole range."
    ),
    "range_ticks": N_(
        "The ticks or the placeholder of this range do not fit it. Remove these parameters: they "
        "are not shown here."
    ),
    "big_image": N_("A column big-image needs the column image beside it. Add it."),
    "choice_filter_with": N_(
        "A choice_filter does not work together with “%(name)s”. Take one of them away."
    ),
    "entities": N_(
        "What is written for entities cannot be used. Entities do nothing here: remove the sheet "
        "entities and the column save_to."
    ),
    # Choices
    "choice_name_missing": N_("This choice has no name. Give it a short one without spaces."),
    "choice_name_space": N_("The choice “%(name)s” has a space in its name. Write _ in its place."),
    # Expressions
    "reference_malformed": N_("A reference is written ${name}. This one is not closed: add the }."),
    "reference_unknown": N_("There is no question named “%(name)s”. Check the spelling."),
    "reference_ambiguous": N_("More than one question is named “%(name)s”. Rename all but one."),
    "expression_empty": N_("There is no expression. Write one, or leave the cell empty."),
    "expression_too_long": N_(
        "The expression has more than %(limit)s characters. Divide it with calculate rows."
    ),
    "expression_too_deep": N_(
        "The expression has too many brackets inside each other. Divide it with calculate rows."
    ),
    "expression_unexpected_character": N_(
        "“%(found)s” cannot stand in an expression. If these are the quotation marks of Word, "
        "write straight ones."
    ),
    "expression_unclosed_string": N_(
        "A quotation mark has no partner, from “%(near)s” on. Add it."
    ),
    "expression_number_too_large": N_(
        "The number at “%(near)s” is too large. Write a smaller one."
    ),
    "expression_unexpected": N_(
        "“%(found)s” cannot stand there, at “%(near)s”. Look for what is missing before it."
    ),
    "expression_unexpected_end": N_(
        "The expression breaks off. Add what is missing, perhaps a bracket."
    ),
    "expression_unsupported": N_(
        "“%(found)s” is not part of XLSForm, at “%(near)s”. Say it in another way."
    ),
    "expression_unknown_function": N_("There is no function “%(name)s”. Check the spelling."),
    "expression_wrong_number_of_arguments": N_(
        "The function “%(name)s” got %(given)s values, which is not as many as it takes. Check "
        "what stands in its brackets."
    ),
    "expression_not_nodes": N_(
        "“%(name)s” needs a question there, not a value. Write it as ${name}."
    ),
    "expression_not_a_path": N_("“%(name)s” needs a question there. Write it as ${name}."),
    "expression_not_an_ancestor": N_(
        "“%(name)s” was given the repeat “%(path)s”, which does not hold the question. Name the "
        "repeat that does."
    ),
    "expression_unknown_path": N_("There is no question at “%(path)s”. Check the spelling."),
    "expression_above_root": N_("“%(path)s” leads out of the form. Write the question as ${name}."),
    "expression_unknown_instance": N_(
        "There is no list or file named “%(name)s”. Add it, or correct the name."
    ),
    "expression_bad_pattern": N_(
        "The pattern “%(pattern)s” cannot be used (%(reason)s). Write a simpler one."
    ),
    "expression_bad_date_format": N_("“%(found)s” is not part of a date format. Correct it."),
    "expression_unknown_algorithm": N_(
        "There is no digest named “%(name)s”. Take MD5, SHA-1, SHA-256, SHA-384 or SHA-512."
    ),
    "expression_unknown_encoding": N_("There is no encoding named “%(name)s”. Take base64 or hex."),
    "expression_text_too_long": N_(
        "The result is longer than %(limit)s characters. Shorten the expression."
    ),
    "expression_too_much_work": N_("The expression visits too many answers. Make it simpler."),
    "cycle": N_("These questions wait for each other: %(names)s. Change the rules of one of them."),
    # The XForm
    "xml": N_(
        "The converted form is not correct XML (%(reason)s). Look for unusual characters in "
        "names and columns."
    ),
    "xform_shape": N_(
        "The converted form has no “%(name)s”. Check the names of the sheets and columns."
    ),
    "text_missing": N_(
        "The form refers to the text “%(id)s”, which it does not have. Check the texts of this row."
    ),
    "instance_missing": N_(
        "There is no list or file named “%(name)s”. Add it, or correct the name."
    ),
    "converter": N_(
        "The form cannot be converted. Mend what the converter says in English: %(reason)s"
    ),
    # Settings
    "form_id_invalid": N_(
        "“%(name)s” cannot be a form_id. Use letters, digits, _ and -; at most 64 of them."
    ),
    "setting_invalid": N_("“%(value)s” is not a value that “%(name)s” can have. Correct it."),
    "file_unreadable": N_(
        "The file “%(name)s” cannot be read as a list of choices. Save it as CSV UTF-8 with the "
        "columns name and label."
    ),
    "file_refused": N_(
        "The file “%(name)s” cannot be taken along. A form can have lists (.csv, .xml, "
        ".geojson), pictures (.png, .jpg, .gif, .webp), sound and film (.mp3, .m4a, .ogg, .wav, "
        ".mp4, .webm)."
    ),
    # Whether everybody can read and answer it
    "translation_missing": N_("This text is missing in “%(language)s”. Write it in this column."),
    "language_unsaid": N_(
        "This column does not say its language, so some people read it in a language that is not "
        "theirs. Name it like “label::Bahasa Indonesia (id)” and add the other languages."
    ),
    "picture_alone": N_(
        "Here is only a picture, which blind people cannot see. Write a label, or say in the "
        "column alt_text what the picture shows."
    ),
    "recording_alone": N_(
        "Here is only a recording, which Deaf people cannot hear. Write in the label what it says."
    ),
    "way_out_missing": N_(
        "This sensitive question must be answered, but the list “%(list)s” lets nobody decline. "
        "Add a choice named pns (“Prefer not to answer”), or do not require it."
    ),
    "sensitive_required": N_(
        "Nobody has to tell something sensitive. Do not require an answer to this question."
    ),
}

_BLOCKS = {
    "setting_needed": N_(
        "The network setting “%(name)s” is used here and is still empty. Fill it in under "
        "network settings."
    ),
    "file_missing": N_("The form needs the file “%(name)s”. Upload it too."),
}

_WARNINGS = {
    "never_recorded": N_(
        "“%(type)s” records without asking, so it stays empty here. You may remove the row."
    ),
    "name_alike": N_(
        "Another name differs from this one only in capital letters, or not at all. Rename one "
        "of them."
    ),
    "repeat_unlabelled": N_(
        "This repeat has no label, so nobody is told what is added. Write one."
    ),
    "sheet_misspelt": N_(
        "There is a sheet whose name looks misspelt: %(names)s. Correct its name if it belongs to "
        "the form."
    ),
    "class_unknown": N_("“%(value)s” is not a data class. Use U, S, T, C, K or M."),
    "choice_label_missing": N_("This choice has no label, so its name is shown. Write one."),
    "choice_list_missing": N_(
        "This choice names no list, so it is left out. Write the name of its list."
    ),
    "setting_stands_in": N_(
        "The network setting “%(name)s” is still empty; general words stand in for it. Fill it "
        "in under network settings."
    ),
    "placeholder_unknown": N_(
        "“{%(name)s}” is not a network setting and is printed as is. Check the spelling."
    ),
    "file_unused": N_("The form does not name the file “%(name)s”, so it was left out."),
    "captions_missing": N_(
        "These films have no captions for people who do not hear: %(names)s. Upload a file of "
        "the same name that ends in .vtt."
    ),
    "media_missing": N_(
        "The form shows files that are not there: %(names)s. Upload them with the form."
    ),
    "other_untranslated": N_(
        "“Other” of or_other is English also in “%(language)s”. Write this choice into the list "
        "yourself."
    ),
    "language_unknown": N_(
        "“%(language)s” has no language code. Write it like “Bahasa Jawa (jv)”."
    ),
    "title_untranslated": N_(
        "The form has no title in “%(language)s”. Add this column to the settings sheet."
    ),
    "alt_text_missing": N_(
        "Say in the column alt_text what this picture shows, for people who cannot see it."
    ),
    "label_number": N_("“%(text)s” is only a number. Write the question in words."),
    "choices_numbers": N_(
        "The choices of the list “%(list)s” are only numbers. Unless they count something, write "
        "what each one means."
    ),
    "choices_alike": N_(
        "Every choice of the list “%(list)s” begins with “%(word)s”. Begin with the word that "
        "differs: it is heard first."
    ),
    "other_english": N_("“%(text)s” is English, but stands in “%(language)s”. Translate it."),
    "sentence_long": N_(
        "The sentence that begins “%(start)s …” has %(count)s words. Make two sentences of it: "
        "up to 20 words are easy to follow."
    ),
    "column_ignored": N_(
        "This column is not part of XLSForm and was not read. If it matters, check the spelling "
        "of its name."
    ),
    "sheet_ignored": N_(
        "The sheet “%(name)s” is not part of XLSForm and was not read. If it matters, check the "
        "spelling of its name."
    ),
    "converter_warning": N_("The converter says in English: %(reason)s"),
}

_REPAIRS = {
    "form_id_missing": N_("The settings give no form_id, so “%(name)s” is used."),
    "form_id_changed": N_("“%(given)s” cannot be a form_id, so “%(name)s” is used."),
    "root_renamed": N_("A question is named “data”, so the form's root got another name."),
    "choice_duplicates": N_("The choice “%(name)s” is in the list “%(list)s” twice."),
    "other_translated": N_("“Other” of or_other was written in the form's languages."),
    "version_bumped": N_(
        "Version “%(version)s” exists with other content, so this one is “%(name)s”."
    ),
}

SENTENCES: Mapping[str, tuple[Severity, str]] = {
    code: (severity, sentence)
    for severity, sentences in (
        (Severity.ERROR, _ERRORS),
        (Severity.BLOCKS, _BLOCKS),
        (Severity.WARNING, _WARNINGS),
        (Severity.REPAIRED, _REPAIRS),
    )
    for code, sentence in sentences.items()
}
"""Every code with its severity and its sentence; docs/xlsform.md explains them for authors."""
