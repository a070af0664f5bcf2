"""Random tables against a reader with a solver: no small hidden count is found to less than k."""

from __future__ import annotations

import random

import pytest
from _pytest.capture import CaptureFixture

from app.summaries.disclosure import protect
from app.summaries.editions import NETWORK, PUBLIC, Edition
from app.summaries.tables import Dimension, Hidden, Population, ProtectedTable, Table
from tests.disclosure.reader import Reader, truth

PEOPLE = Population("respondents")
SEEDS = range(12)


def random_tables(rng: random.Random) -> list[Table]:
    """Two tables of one question, by sex and by age: they share the question's totals."""
    rows = Dimension("need", tuple("abcdef"[: rng.randint(2, 6)]))
    by_sex = Dimension("sex", ("f", "m"), frozenset({"sex"}))
    by_age = Dimension("age", ("young", "grown", "old"), frozenset({"age"}))
    people = [
        (rng.choice(rows.categories), rng.choice("ffm"), rng.choice(by_age.categories))
        for _ in range(rng.randint(15, 120))
    ]
    return [
        counted("need by sex", rows, by_sex, [(row, sex[:1]) for row, sex, _ in people]),
        counted("need by age", rows, by_age, [(row, age) for row, _, age in people]),
    ]


def counted(key: str, rows: Dimension, columns: Dimension, people: list[tuple[str, str]]) -> Table:
    counts = tuple(
        tuple(people.count((row, column)) for column in columns.categories)
        for row in rows.categories
    )
    bases = tuple(sum(column) for column in zip(*counts, strict=True))
    return Table(key, PEOPLE, rows, columns, counts, bases)


def small_hidden(tables: list[Table], seen: list[ProtectedTable], k: int) -> set[object]:
    found: set[object] = set()
    for table, shown in zip(tables, seen, strict=True):
        for row, cells in enumerate(shown.cells):
            for column, cell in enumerate(cells):
                true = table.cell(row, column)
                if isinstance(cell, Hidden) and 1 <= true.count < k:
                    found.add(true.group)
    return found


@pytest.mark.parametrize("edition", [NETWORK, PUBLIC], ids=["network", "public"])
def test_no_small_count_is_pinned_down(edition: Edition, capsys: CaptureFixture[str]) -> None:
    attacked = needless = 0
    for seed in SEEDS:
        tables = random_tables(random.Random(seed))
        seen = protect(tables, edition)
        targets = small_hidden(tables, seen, edition.k)
        # Who knows the exact counts behind the rounded ones must not get further either.
        readers = [Reader(seen), Reader(seen, exact=truth(tables))]
        for reader in readers:
            for group in targets:
                assert reader.width(group) >= edition.k - 1e-6, (seed, group)  # type: ignore[arg-type]
        attacked += len(targets)
        needless += sum(table.hidden() for table in seen) - len(targets)
    with capsys.disabled():
        print(f"\n{edition.audience}: {attacked} small cells attacked, {needless} more hidden")
    assert attacked


def test_hiding_only_the_small_cells_would_not_do() -> None:
    """The plain way is found out, so the attack is one that can succeed."""
    rows = Dimension("need", ("a", "b"))
    columns = Dimension("sex", ("f", "m"))
    table = Table("t", PEOPLE, rows, columns, ((3, 20), (21, 30)), (24, 50))
    exact = truth([table])
    small = table.cell(0, 0).group
    # Row and column totals and the other cells are printed: 23 − 20 people.
    assert exact[table.row_total(0).group] - exact[table.cell(0, 1).group] == exact[small]
    seen = protect([table], NETWORK)
    assert sum(isinstance(cell, Hidden) for cells in seen[0].cells for cell in cells) > 1
    assert Reader(seen, exact=exact).width(small) >= NETWORK.k


def test_too_few_people_show_nothing() -> None:
    rows = Dimension("need", ("a", "b"))
    table = Table("t", PEOPLE, rows, None, ((1,), (3,)), (4,))
    (seen,) = protect([table], NETWORK)
    assert all(isinstance(cell, Hidden) for cells in seen.cells for cell in cells)
    assert isinstance(seen.total, Hidden)


def test_a_protected_table_is_made_by_protection_only() -> None:
    rows = Dimension("need", ("a",))
    with pytest.raises((TypeError, ValueError)):
        ProtectedTable(
            "t", NETWORK, PEOPLE, rows, None,
            cells=((Hidden(),),), row_totals=(Hidden(),), bases=(Hidden(),), total=Hidden(),
            seal=object(),
        )  # fmt: skip
