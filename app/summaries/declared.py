"""``forms/<form>.summary.yaml`` → ``Summary``, everything that is wrong told at once.

The vocabulary is described in ``docs/summaries.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from app.questionnaire.expressions import ExpressionError
from app.questionnaire.model import Form, Kind, Question
from app.summaries.counting import Counting
from app.summaries.editions import Audience
from app.summaries.indicators import (
    EVERY_AUDIENCE,
    Chapter,
    Indicator,
    Item,
    People,
    Summary,
    Variable,
    Words,
)

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_VARIABLE = {
    "questions", "calculate", "when", "codes", "pools", "without", "unlisted", "otherwise",
    "joins", "labels", "small", "tells", "title",
}  # fmt: skip
_INDICATOR = _VARIABLE | {
    "attribute", "items", "about", "base", "of", "within", "by", "internal_by", "editions", "alone",
    "focus", "chart", "order", "note", "easy", "easy_rows", "easy_top",
}  # fmt: skip
_MULTIPLE = (Kind.SELECT_MULTIPLE, Kind.RANK)


class SummaryErrors(ValueError):
    """What is wrong with a summary file: one sentence a line, each with its place."""


def read_summary(source: bytes, form: Form) -> Summary:
    """The declaration in ``source`` for ``form``.

    Raises:
        SummaryErrors: it is no YAML, uses a word that is not in the vocabulary, or names a
            question, code or attribute that is not there.
    """
    try:
        data = yaml.load(source, Loader=_Loader)
    except yaml.YAMLError as error:
        raise SummaryErrors(f"This is not correct YAML: {error}") from error
    reading = _Reading(form)
    summary = reading.summary(data, hashlib.sha256(source).hexdigest())
    if reading.problems:
        raise SummaryErrors("\n".join(reading.problems))
    try:
        Counting(form, summary)
    except (ExpressionError, KeyError) as error:
        raise SummaryErrors(f"An expression cannot be used: {error}") from error
    return summary


class _Reading:
    """One file being read; ``problems`` grows."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._attributes: dict[str, Variable] = {}
        self.problems: list[str] = []

    def summary(self, data: Any, digest: str) -> Summary:
        parts = self._mapping(data, "file")
        self._allow(parts, {"attributes", "chapters", "persons"}, "file")
        for key, each in self._mapping(parts.get("attributes", {}), "attributes").items():
            place = f"attributes, {key}"
            self._allow(self._mapping(each, place), _VARIABLE, place)
            self._attributes[key] = self._variable(key, self._mapping(each, place), place)
        chapters = self._mapping(parts.get("chapters", {}), "chapters")
        return Summary(
            self._attributes,
            tuple(self._chapter(key, each) for key, each in chapters.items()),
            persons=parts.get("persons", "yes") == "yes",
            digest=digest,
        )

    def _chapter(self, key: str, data: Any) -> Chapter:
        parts = self._mapping(data, key)
        self._allow(parts, {"title", "indicators"}, key)
        found = self._mapping(parts.get("indicators", {}), key)
        indicators = (self._indicator(code, each) for code, each in found.items())
        return Chapter(key, self._words(parts.get("title"), key), tuple(indicators))

    def _indicator(self, code: str, data: Any) -> Indicator:
        parts = self._mapping(data, code)
        self._allow(parts, _INDICATOR, code)
        people = People(parts.get("of", code), parts.get("within", ""), parts.get("base", ""))
        areas = self._areas(parts)
        return Indicator(
            code=code,
            title=self._words(parts.get("title"), code),
            people=people,
            rows=None if "items" in parts else self._rows(code, parts),
            items=tuple(self._items(code, parts, people)),
            areas=areas,
            by=tuple(self._by(code, parts)),
            audiences=self._audiences(code, parts),
            alone=parts.get("alone", "yes") == "yes",
            focus=tuple(parts.get("focus", ())),
            chart=parts.get("chart", "bars"),
            order=parts.get("order", "form"),
            note=self._words(parts.get("note"), code, optional=True),
            easy=self._words(parts.get("easy"), code, optional=True),
            easy_rows=tuple(parts.get("easy_rows", ())),
            easy_top=int(parts.get("easy_top", 1)),
        )

    def _rows(self, code: str, parts: Mapping[str, Any]) -> Variable:
        if "attribute" in parts:
            return self._attribute(code, parts["attribute"])
        return self._variable(code, parts, code)

    def _attribute(self, place: str, key: str) -> Variable:
        if key not in self._attributes:
            self.problems.append(f"{place}: there is no attribute {key}.")
            return Variable(key)
        return self._attributes[key]

    def _items(self, code: str, parts: Mapping[str, Any], people: People) -> Iterator[Item]:
        for key, each in self._mapping(parts.get("items", {}), code).items():
            place = f"{code}, {key}"
            item = self._mapping(each, place)
            self._allow(item, {"title", "questions", "base"}, place)
            rows = self._variable(f"{code} {key}", {**parts, **item}, place)
            base = item.get("base", people.base)
            whose = People(f"{code} {key}", people.within, base)
            yield Item(key, self._words(item.get("title"), place), self._about(rows, parts), whose)

    def _about(self, rows: Variable, parts: Mapping[str, Any]) -> Variable:
        if "about" not in parts:
            return rows
        about = tuple(zip(parts["about"], rows.questions, strict=False))
        return replace(rows, about=about)

    def _areas(self, parts: Mapping[str, Any]) -> tuple[str, ...]:
        """The choices of the question that asks for the area first."""
        if "about" not in parts:
            return ()
        return self._choices(self._question(parts["about"][0], "about"))

    def _variable(self, key: str, parts: Mapping[str, Any], place: str) -> Variable:
        questions = [self._question(name, place) for name in parts.get("questions", ())]
        given = tuple(dict.fromkeys(code for one in questions for code in self._choices(one)))
        pools = {name: tuple(codes) for name, codes in parts.get("pools", {}).items()}
        pooled = {code for codes in pools.values() for code in codes}
        without = frozenset(parts.get("without", ()))
        unlisted = frozenset(parts.get("unlisted", ()))
        left = [code for code in given if code not in pooled | without | unlisted]
        codes = tuple(parts.get("codes", ())) or tuple(parts.get("when", ())) or (*left, *pools)
        otherwise = parts.get("otherwise", "")
        if otherwise and otherwise not in codes:
            codes = (*codes, otherwise)
        self._check(place, given, {*pooled, *without, *unlisted})
        multiple = any(one and one.kind in _MULTIPLE for one in questions) or len(questions) > 1
        several = ("about" not in parts and multiple) or "when" in parts
        return Variable(
            key,
            questions=tuple(parts.get("questions", ())),
            calculate=parts.get("calculate", ""),
            when=parts.get("when", {}),
            codes=codes,
            pools=pools,
            without=without,
            unlisted=unlisted,
            otherwise=otherwise,
            joins=parts.get("joins", {}),
            labels=parts.get("labels", {}),
            overlapping=several,
            pooled=parts.get("small") == "pooled",
            attributes=frozenset(parts.get("tells", ())),
            title=self._words(parts.get("title"), place),
        )

    def _by(self, code: str, parts: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[Audience]]]:
        for word, seen in (("by", EVERY_AUDIENCE), ("internal_by", {Audience.INTERNAL})):
            for key in parts.get(word, ()):
                self._attribute(code, key)
                yield key, frozenset(seen)

    def _audiences(self, code: str, parts: Mapping[str, Any]) -> frozenset[Audience]:
        named = parts.get("editions", list(Audience))
        unknown = [each for each in named if each not in list(Audience)]
        if unknown:
            self.problems.append(f"{code}: there is no edition {unknown[0]}.")
            return EVERY_AUDIENCE
        return frozenset(Audience(each) for each in named)

    def _question(self, name: str, place: str) -> Question | None:
        found = self._form.question(name)
        if found is None:
            self.problems.append(f"{place}: the form has no question {name}.")
        return found

    def _choices(self, question: Question | None) -> tuple[str, ...]:
        if question is None or question.itemset is None:
            return ()
        return tuple(each.value for each in self._form.lists.get(question.itemset.list_name, ()))

    def _check(self, place: str, given: tuple[str, ...], named: set[str]) -> None:
        unknown = sorted(named.difference(given)) if given else []
        self.problems += [f"{place}: no question has the choice {code}." for code in unknown]

    def _allow(self, parts: Mapping[str, Any], words: set[str], place: str) -> None:
        unknown = sorted(parts.keys() - words)
        self.problems += [f"{place}: “{word}” is not in the vocabulary." for word in unknown]

    def _mapping(self, data: Any, place: str) -> Mapping[str, Any]:
        if isinstance(data, dict):
            return data
        self.problems.append(f"{place}: keys with values are needed here.")
        return {}

    def _words(self, data: Any, place: str, optional: bool = False) -> Words:
        if isinstance(data, dict) and data and all(isinstance(each, str) for each in data.values()):
            return data
        if data is not None or not optional:
            self.problems.append(f"{place}: a text in each language is needed.")
        return {}
