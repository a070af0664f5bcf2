"""Whether everybody can read and answer a form, checked in the spreadsheet that its author sees.

Weights: what shuts somebody out refuses the form, what makes it harder is a warning. Sources: WCAG
2.2 (1.1.1 pictures, 1.2.1 recordings, 3.1.2 languages), and the forms' own rule that nobody has to
answer a sensitive question (content/forms.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from app.questionnaire.problems import Problem, Severity, located, problem
from app.questionnaire.workbook import TEXT_COLUMNS, Row, Workbook, split_column
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xlsform_check import is_shown
from app.questionnaire.xlsform_choices import lists_of
from app.questionnaire.xlsform_outline import Entry, Outline, plain_cells
from app.questionnaire.xlsform_plain import first_word, is_number, is_other, longest_sentence

WAYS_OUT = frozenset({"7", "pns", "none", "dk"})
"""Choices with which a person need not tell: refused, prefer not to say, none of these, unsure."""

LONGEST_SENTENCE = 20
"""Words."""
FEWEST_ALIKE = 4
"""Choices from which on beginning with the same word makes a list slow to hear."""

_PICTURES = ("image", "big-image")
_RECORDINGS = ("audio", "video")
_READ = tuple(name for name in TEXT_COLUMNS if name not in ("form_title", "easy_read"))
_NO = ("", "no", "false", "false()")


def check_accessible(workbook: Workbook, offered: Collection[str]) -> list[Problem]:
    """Every problem, located; ``offered`` are the tags of the languages that people can choose.

    A missing translation is an error only in a form that is written in several of these: other
    languages of its columns are never asked for here.
    """
    outline = Outline(workbook)
    lines = list(_lines(workbook, outline))
    found = [
        *_translations(workbook, lines, offered),
        *(each for line in lines for each in _media(line)),
        *(each for line in lines for each in _wording(line)),
        *_lists(workbook, outline),
        *(each for entry in outline.entries for each in _way_out(entry, workbook)),
    ]
    return sorted(found, key=lambda each: (each.sheet != "survey", each.sheet, each.row or 0))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row that people meet: column name → language → column as written, text."""

    sheet: str
    row: Row
    name: str
    cells: Mapping[str, Mapping[str, tuple[str, str]]]

    def problem(self, code: str, column: str, **params: str | int) -> Problem:
        values = {name: str(value) for name, value in params.items()}
        found = problem(code, sheet=self.sheet, column=column, question=self.name)
        return located(found, row=self.row.number, params=values)


def _lines(workbook: Workbook, outline: Outline) -> Iterator[_Line]:
    language = _default_language(workbook)
    used = set()
    for entry in outline.entries:
        if _is_met(entry):
            used.add(entry.kind.list_name)
            yield _Line("survey", entry.row, entry.name, _cells(entry.row, language))
    for row in workbook.sheet("choices").rows:
        cells = plain_cells(row)
        if cells.get("list_name", "") in used:
            yield _Line("choices", row, cells.get("name", ""), _cells(row, language))


def _is_met(entry: Entry) -> bool:
    return bool(entry.ref) and is_shown(entry.kind.name)


def _default_language(workbook: Workbook) -> str:
    cells = {split_column(column)[0]: text for column, text in workbook.settings.items()}
    return cells.get("default_language", "")


def _cells(row: Row, default_language: str) -> dict[str, dict[str, tuple[str, str]]]:
    cells: dict[str, dict[str, tuple[str, str]]] = {}
    for column, text in row.cells.items():
        name, language = split_column(column)
        cells.setdefault(name, {})[language or default_language] = (column, text)
    return cells


# -- translations


def _translations(
    workbook: Workbook, lines: list[_Line], offered: Collection[str]
) -> Iterator[Problem]:
    languages = _languages(workbook, lines)
    chosen = [language for language in languages if tag_of(language) in offered]
    weigh = partial(_weighed, heavy=len(chosen) > 1)
    if not languages:
        return
    yield from map(weigh, _unsaid(lines))
    for line in lines:
        for name in (*_READ, "easy_read"):
            written = line.cells.get(name, {})
            for language in languages if written and "" not in written else ():
                if language not in written:
                    found = line.problem(
                        "translation_missing", f"{name}::{language}", language=language
                    )
                    heavy = language in chosen and name != "easy_read"
                    yield weigh(found) if heavy else _weighed(found, heavy=False)
    yield from _titles(workbook, chosen)


def _languages(workbook: Workbook, lines: list[_Line]) -> list[str]:
    """The languages in which people read something of the form, be it only its title."""
    written = (each for line in lines for name in _READ for each in line.cells.get(name, ()))
    found = dict.fromkeys(filter(None, written))
    tags = {tag_of(language) for language in found}
    titled = [each for each in _title_languages(workbook) if each and tag_of(each) not in tags]
    return [*found, *titled]


def _title_languages(workbook: Workbook) -> list[str]:
    columns = (split_column(column) for column in workbook.settings)
    return [language for name, language in columns if name == "form_title"]


def _weighed(found: Problem, heavy: bool) -> Problem:
    return found if heavy else located(found, severity=Severity.WARNING)


def _unsaid(lines: list[_Line]) -> Iterator[Problem]:
    """Columns that name no language in a form whose other columns do: once each."""
    found = {
        (line.sheet, line.cells[name][""][0])
        for line in lines
        for name in _READ
        if "" in line.cells.get(name, ())
    }
    for sheet, column in sorted(found):
        yield problem("language_unsaid", sheet=sheet, row=1, column=column)


def _titles(workbook: Workbook, chosen: list[str]) -> Iterator[Problem]:
    titled = {tag_of(language) for language in _title_languages(workbook)}
    rows = workbook.sheet("settings").rows
    for language in chosen if len(chosen) > 1 and titled else ():
        if tag_of(language) not in titled:
            place = {"sheet": "settings", "column": f"form_title::{language}"}
            yield problem("title_untranslated", row=rows[0].number, language=language, **place)


# -- pictures and recordings


def _media(line: _Line) -> Iterator[Problem]:
    alone = "label" not in line.cells and "alt_text" not in line.cells
    for name, told in (*((each, True) for each in _PICTURES), *((r, False) for r in _RECORDINGS)):
        written = line.cells.get(name)
        if not written:
            continue
        column = next(iter(written.values()))[0]
        if alone:
            yield line.problem("picture_alone" if told else "recording_alone", column)
        elif told and "alt_text" not in line.cells:
            yield line.problem("alt_text_missing", column)


# -- wording


def _wording(line: _Line) -> Iterator[Problem]:
    for name in (*_READ, "easy_read"):
        for column, text in line.cells.get(name, {}).values():
            count, start = longest_sentence(text)
            if count > LONGEST_SENTENCE:
                yield line.problem("sentence_long", column, count=count, start=start)
    for language, (column, text) in line.cells.get("label", {}).items():
        if line.sheet == "survey" and is_number(text):
            yield line.problem("label_number", column, text=text)
        if tag_of(language) not in ("", "en") and is_other(text):
            yield line.problem("other_english", column, text=text, language=language)


def _lists(workbook: Workbook, outline: Outline) -> Iterator[Problem]:
    used = {entry.kind.list_name for entry in outline.entries if _is_met(entry)}
    language = _default_language(workbook)
    for name, rows in lists_of(workbook).items():
        if name in used:
            labels = [_cells(row, language).get("label", {}) for row in rows]
            for each in dict.fromkeys(key for label in labels for key in label):
                written = [label[each] for label in labels if each in label]
                yield from _alike(name, rows[0], written)


def _alike(name: str, row: Row, written: list[tuple[str, str]]) -> Iterator[Problem]:
    """What makes the labels of one list in one language hard to tell apart by ear."""
    at = partial(problem, sheet="choices", row=row.number, column=written[0][0], list=name)
    words = {first_word(text) for _, text in written}
    if len(written) >= FEWEST_ALIKE and len(words) == 1 and any(words):
        yield at("choices_alike", word=words.pop())
    if all(is_number(text) for _, text in written):
        yield at("choices_numbers")


# -- sensitive questions


def _way_out(entry: Entry, workbook: Workbook) -> Iterator[Problem]:
    """A required question of class S whose list lets nobody decline, or that has no list."""
    cells = entry.cells
    must = cells.get("required", "").strip().lower() not in _NO
    if not must or cells.get("class", "").strip().upper() != "S" or not _is_met(entry):
        return
    rows = lists_of(workbook).get(entry.kind.list_name)
    at = partial(problem, sheet="survey", row=entry.row.number, question=entry.name)
    if rows is None:
        yield at("sensitive_required", column="required")
    elif WAYS_OUT.isdisjoint(plain_cells(row).get("name", "") for row in rows):
        yield at("way_out_missing", column="required", list=entry.kind.list_name)
