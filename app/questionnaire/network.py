"""The words of the network that its forms use: ``{controller}``, ``{contact}``, …

They are no part of any form: forms/network.yaml lists them, the coordinator says them once, and
they are put into a form when it is published. The same setting has a word in each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.questionnaire.problems import FormErrors, Problem, problem
from app.questionnaire.workbook import TEXT_COLUMNS, Row, Workbook, split_column
from app.questionnaire.xform_languages import tag_of
from app.questionnaire.xlsform_text import read_yaml

PLACEHOLDER = re.compile(r"(?<!\$)\{([a-z][a-z0-9_]*)\}")
_FILLED_SETTINGS = ("controller", "form_title")

ByLanguage = Mapping[str, str]
"""Language tag → text."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its words in forms, what the coordinator is asked, what was said.

    ``stand_in`` is wording that is true of any network; forms use it until something is said, and
    tell that they do.
    """

    name: str
    words: frozenset[str]
    label: ByLanguage
    hint: ByLanguage = field(default_factory=dict)
    value: ByLanguage = field(default_factory=dict)
    stand_in: ByLanguage = field(default_factory=dict)

    def said(self, language: str) -> str:
        """The value in a language, else in the first that has one, else ""."""
        return _in(self.value, language)

    def shown(self, language: str) -> str:
        """What a form says: the value, else what stands in for it, else ""."""
        return self.said(language) or _in(self.stand_in, language)


@dataclass(frozen=True, slots=True)
class Network:
    """Every setting, in the order in which the coordinator is asked."""

    settings: tuple[Setting, ...] = ()

    def saying(self, values: Mapping[str, ByLanguage]) -> Network:
        """A copy with other values, by name of the setting; names that are unknown are dropped."""
        return Network(
            tuple(
                replace(each, value={**each.value, **values[each.name]})
                if each.name in values
                else each
                for each in self.settings
            )
        )

    def values(self) -> dict[str, dict[str, str]]:
        """What was said, as plain data: ``saying`` takes it back."""
        return {each.name: dict(each.value) for each in self.settings if each.said("")}

    def missing(self) -> tuple[str, ...]:
        """Names of the settings that are still empty."""
        return tuple(each.name for each in self.settings if not each.said(""))

    def by_word(self) -> dict[str, Setting]:
        """Each setting by the words that stand for it."""
        return {word: each for each in self.settings for word in each.words}


def read_network(source: bytes) -> Network:
    """Read forms/network.yaml. Raises FormErrors."""
    sheets = dict(read_yaml(source.decode()))
    if "network" not in sheets:
        raise FormErrors([problem("sheet_missing", name="network")])
    return Network(tuple(_setting(row) for row in sheets["network"].rows))


def _setting(row: Row) -> Setting:
    columns: dict[str, dict[str, str]] = {}
    for column, text in row.cells.items():
        name, language = split_column(column)
        columns.setdefault(name, {})[tag_of(language)] = text
    return Setting(
        name=row.cells["name"],
        words=frozenset(columns.get("word", {}).values()),
        label=columns.get("label", {}),
        hint=columns.get("hint", {}),
        value=columns.get("text", {}),
        stand_in=columns.get("stand_in", {}),
    )


def _in(texts: ByLanguage, language: str) -> str:
    return texts.get(language) or next((text for text in texts.values() if text), "")


def fill(workbook: Workbook, network: Network) -> tuple[Workbook, list[Problem]]:
    """Put the settings into the texts of a form.

    What is still empty is told once for each cell: as a warning where something stands in for it,
    else as what keeps the form from being opened (it keeps its braces). A word in braces that is no
    setting is a warning.
    """
    words = network.by_word()

    def change(sheet: str, column: str, text: str) -> str:
        if not _is_filled(sheet, column):
            return text
        language = tag_of(split_column(column)[1])
        return PLACEHOLDER.sub(lambda found: _said(words, found, language), text)

    return workbook.changed(change), list(_untold(workbook, words))


def _said(words: Mapping[str, Setting], found: re.Match[str], language: str) -> str:
    setting = words.get(found[1])
    value = setting.shown(language) if setting else ""
    return value.replace("${", "$ {") if value else found[0]


def _is_filled(sheet: str, column: str) -> bool:
    name = split_column(column)[0]
    if sheet == "settings":
        return name in _FILLED_SETTINGS
    return sheet in ("survey", "choices") and name in TEXT_COLUMNS


def _untold(workbook: Workbook, words: Mapping[str, Setting]) -> Iterator[Problem]:
    for sheet, row, column, text in workbook.cells():
        found = PLACEHOLDER.findall(text) if _is_filled(sheet, column) else []
        for word in dict.fromkeys(found):
            setting = words.get(word)
            if setting is None or not setting.said(""):
                yield problem(
                    _code(setting),
                    sheet=sheet,
                    row=row.number,
                    column=column,
                    question=row.cells.get("name", ""),
                    name=setting.name if setting else word,
                )


def _code(setting: Setting | None) -> str:
    if setting is None:
        return "placeholder_unknown"
    return "setting_stands_in" if setting.shown("") else "setting_needed"
