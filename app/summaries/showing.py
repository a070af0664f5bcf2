"""Protected tables → panels: bars, tables by groups, and the sentences about them.

Nothing here sees an unprotected count, so what is hidden cannot be printed by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import escape

from app.summaries import sentences, words
from app.summaries.editions import Edition
from app.summaries.indicators import Count, Indicator, Summary, said
from app.summaries.labels import Labels
from app.summaries.panels import Bar, Grid, Panel
from app.summaries.tables import Hidden, ProtectedCell, ProtectedTable, Shown

MOST_COLUMNS = 4
"""A table with more groups shows the most frequent answers of each instead of all."""
MOST_HIDDEN = 0.5
"""A table with a larger share of hidden cells is replaced by a sentence."""
FEW_ROWS = 5
"""In a longer table, rows of nobody are left out."""
TOP = 3

Tables = Mapping[str, ProtectedTable]


@dataclass(frozen=True, slots=True)
class Showing:
    """All that is needed to put the tables of one edition into words."""

    summary: Summary
    edition: Edition
    tables: Tables
    labels: Labels

    def counts(self, indicator: Indicator) -> list[Count]:
        """The tables of an indicator that this edition has."""
        found = indicator.counts(self.summary.attributes, self.edition.audience)
        return [count for count in found if count.key in self.tables]

    def said(self, words_: Mapping[str, str]) -> str:
        """A text of the declaration in the report's language."""
        return said(words_, self.labels.language)


def simple(showing: Showing, indicator: Indicator) -> Iterator[Panel]:
    """An indicator with rows: bars, then one table for each attribute."""
    counts = showing.counts(indicator)
    alone = next((count for count in counts if count.columns is None), None)
    if not counts:
        return
    table = showing.tables[alone.key] if alone else None
    rows = labelled(showing, indicator, alone) if alone else []
    yield Panel(
        id=f"indicator-{indicator.code}",
        title=showing.said(indicator.title),
        finding=finding(rows) if table else "",
        bars=tuple(bar(label, cell) for label, cell in rows),
        grids=told([grid(showing, count) for count in counts if count.columns is not None]),
        notes=notes(showing, indicator, table),
    )


def notes(
    showing: Showing, indicator: Indicator, table: ProtectedTable | None = None
) -> tuple[str, ...]:
    """Who the percentages are of, whether answers overlap, and what the declaration adds."""
    several = table is not None and table.rows.overlapping
    return tuple(
        filter(
            None,
            (
                sentences.answered(table.total.count, entries=False)
                if table is not None and isinstance(table.total, Shown)
                else "",
                _("More than one answer was possible.") if several else "",
                showing.said(indicator.note),
            ),
        )
    )


def labelled(
    showing: Showing, indicator: Indicator, count: Count
) -> list[tuple[str, ProtectedCell]]:
    """The rows of a one-way table; by frequency, hidden ones last, where the indicator says so."""
    table = showing.tables[count.key]
    joined = count.rows.joins and len(table.rows.categories) < 2
    if table.too_few or joined:
        return []
    pairs = [(code, row[0]) for code, row in zip(table.rows.categories, table.cells, strict=True)]
    if len(pairs) > FEW_ROWS:
        pairs = [(code, cell) for code, cell in pairs if rank(cell)]
    if indicator.order == "frequency":
        pairs.sort(key=lambda pair: -rank(pair[1]))
    return [(showing.labels.of(count.rows, code), cell) for code, cell in pairs]


def rank(cell: ProtectedCell) -> int:
    """Where a cell stands in an order by frequency; hidden ones are last."""
    return cell.count if isinstance(cell, Shown) else -1


def finding(rows: Sequence[tuple[str, ProtectedCell]]) -> str:
    """The sentence about a one-way table; it claims no more than what may be read of it."""
    shown = [
        (escape(label), cell) for label, cell in rows if isinstance(cell, Shown) and cell.count
    ]
    if not shown:
        return too_few()
    if len(shown) == len([1 for _label, cell in rows if rank(cell)]):
        return sentences.most_frequent(shown)
    label, cell = max(shown, key=lambda pair: pair[1].count)
    return _(
        "Of the answers that can be shown, the most frequent is “%(answer)s”: %(part)s.",
        answer=label,
        part=sentences.share_of(cell),
    )


def too_few() -> str:
    """Instead of a table with too few people (content/forms.md, section 7)."""
    return _("There are still too few answers to show.")


def bar(label: str, cell: ProtectedCell) -> Bar:
    """One row of a table that is its own chart."""
    if isinstance(cell, Hidden):
        return Bar(label, sentences.hidden())
    share = None if cell.percentage is None else cell.percentage / 100
    percent = "" if share is None else words.percent(share)
    return Bar(label, words.number(cell.count), percent, share)


def text(cell: ProtectedCell) -> str:
    """A cell of a table with several columns."""
    if isinstance(cell, Hidden):
        return sentences.hidden()
    number = words.number(cell.count)
    if cell.percentage is None:
        return number
    return _("%(percent)s (%(count)s)", percent=words.percent(cell.percentage / 100), count=number)


def grid(showing: Showing, count: Count) -> Grid:
    """A table by an attribute; with many groups, the most frequent answers of each."""
    table, columns = showing.tables[count.key], count.columns
    assert columns is not None
    assert table.columns is not None
    attribute = showing.said(columns.title)
    if len(table.columns.categories) < 2:
        return emptied(table_id(count.key), attribute)
    make = _most_frequent if len(table.columns.categories) > MOST_COLUMNS else _all_rows
    return make(showing, count, table, attribute)


def emptied(id_: str, attribute: str) -> Grid:
    """A table in which hardly anything may be read: nothing is left but what it is by."""
    return Grid(id_, lower(attribute), "", (), ())


def told(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The tables in which something may be read, and one sentence for all others."""
    empty = [one for one in grids if not one.rows]
    if not empty:
        return tuple(grids)
    said_ = _(
        "There are too few answers to show them by %(attributes)s.",
        attributes=words.either([one.caption for one in empty]),
    )
    sentence = Grid(empty[0].id, "", "", (), (), said_)
    return (*(one for one in grids if one.rows), sentence)


def lower(name: str) -> str:
    """A name in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def group_names(showing: Showing, count: Count, table: ProtectedTable) -> list[str]:
    """The columns' labels with the number of people of each, where it may be told."""
    assert count.columns is not None
    assert table.columns is not None
    found = []
    for category, cell in zip(table.columns.categories, table.bases, strict=True):
        label = showing.labels.of(count.columns, category)
        if isinstance(cell, Shown):
            people = sentences.people(cell.count)
            label = _("%(group)s (%(people)s)", group=label, people=people)
        found.append(label)
    return found


def _all_rows(showing: Showing, count: Count, table: ProtectedTable, attribute: str) -> Grid:
    id_ = table_id(count.key)
    if hidden_share(table) > MOST_HIDDEN:
        return emptied(id_, attribute)
    rows = [
        (showing.labels.of(count.rows, category), cells)
        for category, cells in zip(table.rows.categories, table.cells, strict=True)
        if len(table.cells) <= FEW_ROWS or any(rank(cell) for cell in cells)
    ]
    return Grid(
        id_,
        _("By %(attribute)s", attribute=lower(attribute)),
        _("Answer"),
        tuple(group_names(showing, count, table)),
        tuple((label, tuple(map(text, cells))) for label, cells in rows),
        _by_group(showing, count, table),
    )


def _by_group(showing: Showing, count: Count, table: ProtectedTable) -> str:
    """A sentence for each group of which everything may be read: its most frequent answer."""
    assert count.columns is not None
    assert table.columns is not None
    found = []
    for position, category in enumerate(table.columns.categories):
        ranks = [rank(row[position]) for row in table.cells]
        best = max(range(len(ranks)), key=lambda row: ranks[row])
        if min(ranks) >= 0 and ranks[best] > 0:
            found.append(
                _(
                    "%(group)s: most often “%(answer)s”.",
                    group=showing.labels.of(count.columns, category),
                    answer=showing.labels.of(count.rows, table.rows.categories[best]),
                )
            )
    return words.joined(found)


def _most_frequent(showing: Showing, count: Count, table: ProtectedTable, attribute: str) -> Grid:
    """One row a group, with its most frequent answers that may be read."""
    assert table.columns is not None
    id_ = table_id(count.key)
    rows = []
    for position, name in enumerate(group_names(showing, count, table)):
        cells = [(row[position], number) for number, row in enumerate(table.cells)]
        best = sorted((pair for pair in cells if rank(pair[0]) > 0), key=lambda p: -rank(p[0]))
        told = tuple(
            _(
                "%(answer)s: %(number)s",
                answer=showing.labels.of(count.rows, table.rows.categories[number]),
                number=text(cell),
            )
            for cell, number in best[:TOP]
        )
        if told:
            rows.append((name, (*told, *[""] * (TOP - len(told)))))
    if not rows:
        return emptied(id_, attribute)
    columns = (_("Most often"), _("Second"), _("Third"))
    caption = _("The most frequent answers by %(attribute)s", attribute=lower(attribute))
    return Grid(id_, caption, attribute, columns, tuple(_filled(rows, showing.edition.k)))


def _filled(
    rows: Sequence[tuple[str, tuple[str, ...]]], k: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """No cell is empty: where fewer answers may be read, the cell says why."""
    instead = sentences.hidden() if k > 1 else _("No further answer")
    for label, cells in rows:
        yield label, tuple(cell or instead for cell in cells)


def hidden_share(table: ProtectedTable) -> float:
    """Which part of its cells cannot be read."""
    cells = sum(len(row) for row in table.cells)
    return table.hidden() / cells if cells else 1.0


def table_id(key: str) -> str:
    """The id of a table on a page."""
    return "table-" + key.replace(" ", "-")


Maker = Callable[[Showing, Indicator], Iterator[Panel]]
