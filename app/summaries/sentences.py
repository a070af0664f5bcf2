"""The sentences of a summary. Each is whole, so that every language can order it as it must."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.summaries import words
from app.summaries.spread import Spread
from app.summaries.tables import Shown


def most_frequent(rows: Sequence[tuple[Markup, Shown]], entries: bool = False) -> str:
    """Which answer, or which answers, were given most often, of those that may be told.

    It is HTML: an answer that it quotes may be in another language.
    """
    most = max((cell.count for _label, cell in rows), default=0)
    if not most:
        return nobody()
    labels = [label for label, cell in rows if cell.count == most]
    part = share_of(next(cell for _label, cell in rows if cell.count == most), entries)
    if len(labels) == 1:
        said = Markup(_("The most frequent answer is “%(answer)s”: %(part)s."))
        return said % {"answer": labels[0], "part": part}
    if len(labels) <= 3:
        answers = Markup(words.listed([f"“{label}”" for label in labels]))
        said = Markup(_("Equally frequent are %(answers)s: %(part)s each."))
        return said % {"answers": answers, "part": part}
    number = words.number(len(labels))
    return _("%(number)s answers are equally frequent: %(part)s each.", number=number, part=part)


def nobody() -> str:
    return _("Nobody has answered this question yet.")


def share_of(cell: Shown, entries: bool = False) -> str:
    """“3 of 10 people (30%)”, as much of it as the cell tells."""
    if cell.base is None:
        return people(cell.count, entries)
    part = part_of(cell.count, cell.base, entries)
    if cell.percentage is None:
        return part
    return _("%(part)s (%(percent)s)", part=part, percent=words.percent(cell.percentage / 100))


def part_of(count: int, base: int, entries: bool = False) -> str:
    """“3 of 10 people”; rows of a repeat are entries."""
    numbers = {"count": words.number(count), "base": words.number(base)}
    if entries:
        return _("%(count)s of %(base)s entries", **numbers)
    return _("%(count)s of %(base)s people", **numbers)


def people(count: int, entries: bool = False) -> str:
    number = words.number(count)
    if entries:
        return ngettext("%(count)s entry", "%(count)s entries", count, count=number)
    return ngettext("%(count)s person", "%(count)s people", count, count=number)


def hidden() -> str:
    """Instead of a count that is not shown (content/forms.md, section 6)."""
    return _("Not shown, to protect privacy")


def halves(spread: Spread) -> str:
    """Median and quartiles, with what they mean."""
    return _(
        "The median is %(median)s: half of the answers are at most that. The middle half lies"
        " between %(lower)s and %(upper)s (quartiles); the smallest answer is %(least)s, the"
        " largest %(most)s.",
        median=words.number(spread.median),
        lower=words.number(spread.lower),
        upper=words.number(spread.upper),
        least=words.number(spread.least),
        most=words.number(spread.most),
    )


def in_own_words(number: int) -> str:
    return ngettext(
        "%(count)s answer in the person's own words. It is shown only after a review.",
        "%(count)s answers in people's own words. They are shown only after a review.",
        number,
        count=words.number(number),
    )


def answers(number: int) -> str:
    return ngettext("%(count)s answer.", "%(count)s answers.", number, count=words.number(number))


def answered(number: int, entries: bool) -> str:
    count = words.number(number)
    if entries:
        return ngettext(
            "%(count)s entry has an answer.",
            "%(count)s entries have an answer.",
            number,
            count=count,
        )
    return ngettext("%(count)s person answered.", "%(count)s people answered.", number, count=count)


def not_asked(number: int) -> str:
    return _(
        "Not asked, because the question did not apply: %(count)s.", count=words.number(number)
    )


def left_blank(number: int) -> str:
    return _("Asked but not answered: %(count)s.", count=words.number(number))


def without_answer(number: int) -> str:
    """When it is not known who of them was asked."""
    return _("Not asked or not answered: %(count)s.", count=words.number(number))


def never_chosen(number: int) -> str:
    return ngettext(
        "%(count)s other answer was chosen by nobody.",
        "%(count)s other answers were chosen by nobody.",
        number,
        count=words.number(number),
    )
