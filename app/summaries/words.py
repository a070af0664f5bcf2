"""Numbers, dates and names as a reader of one language expects them.

Everything here speaks the language that ``languages.speaking`` has set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale
from flask_babel import gettext as _

from app.questionnaire.model import Expression, Text
from app.questionnaire.texts import Rendered, render

DAY = "d MMMM y"
MOST_DECIMALS = 3


def number(value: float) -> str:
    """1.234,5 or 1,234.5."""
    return str(format_decimal(value, format="#,##0.##", locale=get_locale()))


def percent(share: float) -> str:
    """A whole percentage; what is not nothing and not all never reads as 0% or 100%."""
    decimals = 0
    while 0 < share < 1 and decimals < MOST_DECIMALS and round(share, decimals + 2) in (0, 1):
        decimals += 1
    pattern = "#,##0." + "0" * decimals + "%"
    return str(format_percent(share, format=pattern, locale=get_locale()))


def day(value: date) -> str:
    """17 Agustus 2026."""
    return str(format_date(value, DAY, locale=get_locale()))


def month(value: str) -> str:
    """August 2026, of ``2026-08``; as it is, when it is no month."""
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        return value
    return str(format_skeleton("yMMMM", first, locale=get_locale()))


def moment(value: datetime, timezone: str) -> str:
    """17 Agustus 2026 10.15 WIB. Raises ValueError for a time without a zone."""
    if value.tzinfo is None:
        raise ValueError("a time needs a zone")
    local = value.astimezone(ZoneInfo(timezone))
    clock = format_skeleton("Hm", local, tzinfo=local.tzinfo, locale=get_locale())
    name = local.tzname() or ""
    zone = name if name.isalpha() else f"UTC{local:%z}"[:6]
    return f"{day(local.date())} {clock} {zone}"


def listed(items: Sequence[str]) -> str:
    """“a, b, dan c”."""
    return str(format_list(items, locale=get_locale()))


def either(items: Sequence[str]) -> str:
    """“a, b, atau c”."""
    return str(format_list(items, style="or", locale=get_locale()))


def form_text(text: Text | None, language: str, otherwise: str = "") -> Rendered:
    """A text of the form as it stands in a summary, where there is nobody's answer to pipe in."""
    found = render(text, language, _piped)
    return found or Rendered(None, otherwise)


def _piped(expression: Expression) -> str:
    return _("[earlier answer]")


def joined(parts: Iterable[str]) -> str:
    """Whole sentences one after the other."""
    return " ".join(part for part in parts if part)
