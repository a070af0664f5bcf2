"""The protected tables of an edition as CSV and as Excel: one row a cell, in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import xlsxwriter
from flask_babel import gettext as _

from app import languages
from app.questionnaire.model import Form
from app.summaries import sentences
from app.summaries.edition_report import EditionReport
from app.summaries.indicators import Count, Indicator, Summary
from app.summaries.labels import Labels
from app.summaries.tables import Hidden, ProtectedCell, ProtectedTable

Row = tuple[str | int | float, ...]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def rows(
    form: Form, summary: Summary, tables: Mapping[str, ProtectedTable], language: str
) -> Iterator[Row]:
    """A heading, then one row for each cell: what is hidden says so instead of a number."""
    with languages.speaking(language):
        labels = Labels(form, summary, language)
        yield (
            _("Indicator"), _("Title"), _("Part"), _("Answer"), _("Group"), _("People"),
            _("Of how many"), _("Percent"),
        )  # fmt: skip
        for indicator in summary.indicators():
            for audience in {table.edition.audience for table in tables.values()}:
                for count in indicator.counts(summary.attributes, audience):
                    if count.key in tables:
                        yield from _rows(indicator, count, tables[count.key], labels)


def _rows(
    indicator: Indicator, count: Count, table: ProtectedTable, labels: Labels
) -> Iterator[Row]:
    title = indicator.title.get(labels.language) or next(iter(indicator.title.values()), "")
    part = _part(indicator, count, labels)
    groups = [""]
    if table.columns is not None and count.columns is not None:
        groups = [labels.of(count.columns, category) for category in table.columns.categories]
    for category, cells in zip(table.rows.categories, table.cells, strict=True):
        answer = labels.of(count.rows, category)
        for group, cell in zip(groups, cells, strict=True):
            yield (indicator.code, title, part, answer, group, *_numbers(cell))


def _part(indicator: Indicator, count: Count, labels: Labels) -> str:
    """Which question of a battery, and about which area."""
    item = next((one for one in indicator.items if one.rows.key == count.rows.key), None)
    if item is None:
        return ""
    name = item.title.get(labels.language) or next(iter(item.title.values()), "")
    if not count.rows.area:
        return name
    return _("%(area)s: %(item)s", area=labels.area(count.rows, count.rows.area), item=name)


def _numbers(cell: ProtectedCell) -> Row:
    if isinstance(cell, Hidden):
        return sentences.hidden(), "", ""
    base = "" if cell.base is None else cell.base
    return cell.count, base, "" if cell.percentage is None else cell.percentage


def as_csv(found: Iterator[Row], report: EditionReport) -> bytes:
    """UTF-8 with a mark that Excel needs; the notes stand below the table."""
    output = io.StringIO()
    writer = csv.writer(output)
    for row in found:
        writer.writerow([_safe(value) for value in row])
    writer.writerow([])
    for note in (report.edition, *report.notes):
        writer.writerow([_safe(note)])
    return ("\ufeff" + output.getvalue()).encode()


def as_xlsx(found: Iterator[Row], report: EditionReport) -> bytes:
    """A workbook with the table on one sheet and the notes on another."""
    output = io.BytesIO()
    with languages.speaking(report.language):
        names = _("Tables"), _("Notes")
    with xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, notes = (book.add_worksheet(name) for name in names)
        heading = book.add_format({"bold": True, "text_wrap": True})
        for number, row in enumerate(found):
            sheet.write_row(number, 0, row, heading if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 4, 34)
        notes.set_column(0, 0, 110)
        for number, note in enumerate((report.edition, *report.notes)):
            notes.write_string(number, 0, note)
    return output.getvalue()


def _safe(value: str | int | float) -> str | int | float:
    """A text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value
