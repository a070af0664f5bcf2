"""The survey sheet as an outline: what each row is, and which node of the instance it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.questionnaire.workbook import Row, Workbook, split_column

_CONTROL = re.compile(
    r"(begin|end)[ _](group|lgroup|repeat|looped group|loop)(?: (?:over )?(\S+))?"
)
_SELECT = re.compile(
    r"(select[ _]one[ _]external|select[ _]one[ _]from[ _]file|select[ _]multiple[ _]from[ _]file"
    r"|select one from|select all that apply from|select all that apply|select1"
    r"|select[ _]one|select[ _]multiple|rank)(?: (\S+))?(?: (or specify other|or_other|or other))?"
)
_REPEATS = ("repeat", "lgroup", "looped group")
_SINGULAR = {
    "select1": "select_one",
    "select_one_from": "select_one",
    "select_all_that_apply": "select_multiple",
    "select_all_that_apply_from": "select_multiple",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the cell of the type column says.

    ``name`` is ``text``, ``select_one``, ``begin_group``, ``end_repeat``, ``begin_loop``, …;
    ``list_name`` the list or file of a select or loop; ``or_other`` whether "Other" is to be added.
    """

    name: str
    list_name: str = ""
    or_other: bool = False

    @property
    def begins(self) -> bool:
        """Whether it begins what another row ends."""
        return self.name in ("begin_group", "begin_repeat", "begin_loop")


def kind_of(cell: str) -> Kind:
    """Read a cell of the type column, in any spelling that pyxform takes."""
    text = " ".join(cell.split())
    if control := _CONTROL.fullmatch(text):
        what = "repeat" if control[2] in _REPEATS else control[2]
        return Kind(f"{control[1]}_{what}", control[3] or "")
    if select := _SELECT.fullmatch(text):
        name = "_".join(select[1].split())
        return Kind(_SINGULAR.get(name, name), select[2] or "", select[3] is not None)
    return Kind(text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the survey sheet: its cells by the column's one name, and where its node is.

    ``ref`` is the absolute path, empty for rows that end something. ``repeats`` is how many
    repeats hold the row.
    """

    row: Row
    kind: Kind
    name: str
    ref: str
    repeats: int
    cells: Mapping[str, str]


class Outline:
    """The rows of the survey sheet with their place in the form.

    ``open`` and ``unopened`` are rows that begin without an end and end without a begin.
    """

    def __init__(self, workbook: Workbook) -> None:
        survey = workbook.sheet("survey")
        names = {plain_cells(row).get("name", "") for row in survey.rows}
        self.root = _free_root(workbook.settings.get("name", ""), names)
        self.open: list[Entry] = []
        self.unopened: list[Entry] = []
        self.entries = tuple(self._read(survey.rows))

    def _read(self, rows: tuple[Row, ...]) -> Iterator[Entry]:
        for row in rows:
            cells = plain_cells(row)
            if cells.get("disabled", "").lower() in ("yes", "true", "true()"):
                continue
            kind = kind_of(cells.get("type", ""))
            name = cells.get("name", "")
            if kind.name in ("end_group", "end_repeat", "end_loop"):
                yield self._end(Entry(row, kind, name, "", self._repeats(), cells))
                continue
            entry = Entry(row, kind, name, self._ref(name), self._repeats(), cells)
            if kind.begins:
                self.open.append(entry)
            yield entry

    def _end(self, entry: Entry) -> Entry:
        ended = entry.kind.name.removeprefix("end_")
        if self.open and self.open[-1].kind.name == f"begin_{ended}":
            self.open.pop()
        else:
            self.unopened.append(entry)
        return entry

    def _ref(self, name: str) -> str:
        return f"{self.open[-1].ref}/{name}" if self.open else f"/{self.root}/{name}"

    def _repeats(self) -> int:
        return sum(entry.kind.name == "begin_repeat" for entry in self.open)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Entry, ...]]:
        """Every question and group by its name."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            if entry.ref and entry.name:
                found[entry.name] = (*found.get(entry.name, ()), entry)
        return found

    @cached_property
    def by_ref(self) -> Mapping[str, Entry]:
        """Every question and group by its path, the first where two have the same."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.ref and entry.name:
                found.setdefault(entry.ref, entry)
        return found


def plain_cells(row: Row) -> dict[str, str]:
    """The cells of a row by the column's one name; of several languages the first is kept."""
    cells: dict[str, str] = {}
    for column, text in row.cells.items():
        cells.setdefault(split_column(column)[0], text)
    return cells


def _free_root(wanted: str, taken: set[str]) -> str:
    """A name for the root node that no question has; pyxform refuses a form where two are equal."""
    name = wanted if re.fullmatch(r"[A-Za-z_][\w.-]*", wanted, re.ASCII) else "data"
    candidates = [name, "form_root", *(f"form_root_{number}" for number in range(2, 100))]
    return next(candidate for candidate in candidates if candidate not in taken)
