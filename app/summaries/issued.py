"""Editions that were given out, with the counts that they showed: the differencing guard.

Who has two editions of one form can subtract them. So each network or public edition is kept with
its counts, and the next one is compared with all of them (rule 7): where a group has 1…k−1 people
more or less than before, it is hidden; and where all respondents differ by so few, there is no new
edition at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.responses.files import locked, make_folder, put
from app.summaries.editions import Edition
from app.summaries.tables import Condition, Group, ProtectedTable, Shown, Table

ALL = ""
"""The scope of an edition about all responses; else the id of an activity."""


class TooSimilarError(ValueError):
    """So few people differ from an earlier edition that two editions would tell who they are."""

    def __init__(self, made: str, k: int) -> None:
        super().__init__(made)
        self.made = made
        """When the earlier one was made: an ISO time."""
        self.k = k


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition that was given out. ``counts`` are the true ones of the groups it showed."""

    made: str
    audience: str
    scope: str
    counts: dict[Group, int]


class Issued:
    """The editions of one form, in one JSON file of the data folder."""

    def __init__(self, folder: Path, form_id: str) -> None:
        self._path = folder / f"{form_id}.json"

    def each(self, audience: str) -> list[Issue]:
        """Those for an audience, the oldest first."""
        return [_issue(row) for row in self._all() if row["audience"] == audience]

    def keep(self, issue: Issue) -> None:
        """Keep one more, unless it shows just what the last of its scope did."""
        make_folder(self._path.parent)
        with locked(self._path.parent):
            rows = self._all()
            same = [row for row in rows if (row["audience"], row["scope"]) == _whose(issue)]
            if same and _issue(same[-1]).counts == issue.counts:
                return
            put(self._path, json.dumps([*rows, _data(issue)], ensure_ascii=False).encode())

    def _all(self) -> list[dict[str, Any]]:
        try:
            found: list[dict[str, Any]] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return []
        return found


def comparable(issues: Sequence[Issue], scope: str) -> list[Issue]:
    """Those whose people can be among those of ``scope``, or the other way round.

    Two activities have nobody in common. What is left of all responses without those of every
    activity can be calculated too, so the newest editions of all activities count as one.
    """
    newest = {issue.scope: issue for issue in issues}
    found = [issue for issue in issues if scope == ALL or issue.scope in (scope, ALL)]
    others = [issue for own, issue in newest.items() if own not in (ALL, scope)]
    if len(others) < 2:
        return found
    groups = set[Group]().union(*(issue.counts for issue in others))
    together = {group: sum(one.counts.get(group, 0) for one in others) for group in groups}
    if scope != ALL:
        whole = newest.get(ALL)
        together = {
            group: whole.counts[group] - count
            for group, count in together.items()
            if whole is not None and group in whole.counts
        }
    return [*found, Issue(others[-1].made, others[-1].audience, scope, together)]


def differing(tables: Sequence[Table], earlier: Iterable[Issue], edition: Edition) -> list[Group]:
    """The groups to hide, because an earlier edition showed them with 1…k−1 people more or less.

    Raises:
        TooSimilarError: all respondents together differ by so few.
    """
    counts = counted(tables)
    found: set[Group] = set()
    for issue in earlier:
        close = {
            group
            for group, count in issue.counts.items()
            if group in counts and 0 < abs(counts[group] - count) < edition.k
        }
        if any(group.population == "respondents" and not group.conditions for group in close):
            raise TooSimilarError(issue.made, edition.k)
        found |= close
    return sorted(found, key=str)


def counted(tables: Iterable[Table]) -> dict[Group, int]:
    """Every count of some tables by its group."""
    return {group: count for table in tables for group, count in _counts(table)}


def _counts(table: Table) -> Iterator[tuple[Group, int]]:
    yield table.everybody, table.total
    for row in range(len(table.counts)):
        total = table.row_total(row)
        yield total.group, total.count
        for column in range(len(table.bases)):
            cell = table.cell(row, column)
            yield cell.group, cell.count
    for column in range(len(table.bases)):
        base = table.column_base(column)
        yield base.group, base.count


def shown_counts(tables: Sequence[Table], protected: Sequence[ProtectedTable]) -> dict[Group, int]:
    """The true counts of what the protected tables show."""
    found: dict[Group, int] = {}
    for table, seen in zip(tables, protected, strict=True):
        if isinstance(seen.total, Shown):
            found[table.everybody] = table.total
        for row, cells in enumerate(seen.cells):
            if isinstance(seen.row_totals[row], Shown):
                found[table.row_total(row).group] = table.row_total(row).count
            for column, cell in enumerate(cells):
                if isinstance(cell, Shown):
                    found[table.cell(row, column).group] = table.counts[row][column]
        for column, base in enumerate(seen.bases):
            if isinstance(base, Shown):
                found[table.column_base(column).group] = table.bases[column]
    return found


def _whose(issue: Issue) -> tuple[str, str]:
    return issue.audience, issue.scope


def _data(issue: Issue) -> dict[str, Any]:
    counts = [
        [group.population, sorted(map(list, group.conditions), key=str), count]
        for group, count in issue.counts.items()
    ]
    return {**_texts(issue), "counts": counts}


def _texts(issue: Issue) -> dict[str, str]:
    return {"made": issue.made, "audience": issue.audience, "scope": issue.scope}


def _issue(row: dict[str, Any]) -> Issue:
    counts = {
        Group(population, frozenset(_condition(one) for one in conditions)): count
        for population, conditions, count in row["counts"]
    }
    return Issue(row["made"], row["audience"], row["scope"], counts)


def _condition(data: list[Any]) -> Condition:
    dimension, members, chosen = data
    return Condition(dimension, tuple(members), chosen)
