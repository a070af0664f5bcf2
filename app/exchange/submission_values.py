"""The answers in the XML of a submission, as nested text, and what they say of the interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from app.questionnaire.model import Form, Group, Question, Repeat
from app.questionnaire.xform_xml import JAVAROSA, elements, local

Values = dict[str, Any]
"""Question name → text, group name → values, repeat name → list of values."""

_OF_THE_SUBMISSION = ("instanceID", "deprecatedID", "audit")
"""What the ``meta`` block says that is no answer."""
_TEMPLATE = f"{{{JAVAROSA}}}template"
_A_DAY = len("2026-08-17")


def read_values(group: Group | Repeat, node: etree._Element) -> Values:
    """The answers below ``node``; elements that the form does not have are passed over."""
    by_name: dict[str, list[etree._Element]] = {}
    for each in elements(node):
        by_name.setdefault(local(each), []).append(each)
    found: Values = {}
    for child in group.children:
        nodes = by_name.get(child.name, [])
        if isinstance(child, Repeat):
            rows = [row for row in nodes if _TEMPLATE not in row.attrib]
            found[child.name] = [read_values(child, row) for row in rows]
        elif nodes and isinstance(child, Group):
            found[child.name] = read_values(child, nodes[0])
        elif nodes and isinstance(child, Question) and not _is_no_answer(child):
            found[child.name] = _text(child, nodes[0])
    return found


def _is_no_answer(question: Question) -> bool:
    return question.name in _OF_THE_SUBMISSION and question.ref.split("/")[2:-1] == ["meta"]


def _text(question: Question, node: etree._Element) -> str:
    text = node.text or ""
    # Enketo writes NaN for a calculation that has no number.
    return "" if text == "NaN" and not question.kind.takes_answer else text


def answer(form: Form, values: Mapping[str, Any], name: str) -> Any:
    """The answer to the question of this name, outside every repeat; None without one."""
    question = form.question(name)
    place: Any = values if question else None
    for step in _path(form, question) if question else ():
        place = place.get(step) if isinstance(place, dict) else None
    return place


def fill_in(form: Form, values: Values, known: Mapping[str, str]) -> None:
    """Answer questions outside every repeat, by name, where nothing was answered."""
    for name, value in known.items():
        question = form.question(name)
        if question is not None and not answer(form, values, name):
            *groups, last = _path(form, question)
            place = values
            for group in groups:
                place = place.setdefault(group, {})
            place[last] = value


def _path(form: Form, question: Question) -> list[str]:
    return question.ref.removeprefix(form.root.ref + "/").split("/")


def moments(form: Form, values: Values) -> tuple[datetime | None, datetime | None]:
    """When the interview began and when it ended by the phone's clock, as far as the form asks."""
    zone = ZoneInfo(form.settings.timezone)
    said = {
        question.preload: _moment(answer(form, values, question.name), zone)
        for question in form.questions()
        if question.preload
    }
    started = said.get(("timestamp", "start"))
    return started, said.get(("timestamp", "end")) or started or said.get(("date", "today"))


def _moment(text: Any, zone: ZoneInfo) -> datetime | None:
    """A moment, or noon of a day; a time without an offset is local."""
    try:
        if len(text) == _A_DAY:
            return datetime.combine(date.fromisoformat(text), time(12), zone)
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, TypeError):
        return None


def left_out(
    group: Group | Repeat, values: Mapping[str, Any], kept: tuple[Mapping[str, Any], ...]
) -> Iterator[Question]:
    """The questions whose answers are in ``values`` and in no part of what is kept."""
    for child in group.children:
        value = values.get(child.name)
        if not value:
            continue
        inner = tuple(part.get(child.name) for part in kept)
        if isinstance(child, Question):
            if child.kind.takes_answer and all(found is None for found in inner):
                yield child
        elif isinstance(child, Repeat):
            for number, row in enumerate(value):
                yield from left_out(child, row, tuple(_row(part, number) for part in inner))
        else:
            yield from left_out(child, value, tuple(part or {} for part in inner))


def _row(rows: list[Values] | None, number: int) -> Values:
    return rows[number] if rows and number < len(rows) else {}
