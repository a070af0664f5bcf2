"""What people type, read generously: numbers, dates, times, places and phone numbers as they are
written in Indonesia and elsewhere, made XForms lexical values (WCAG 2.2, 3.3.1; GOV.UK validation).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

COUNTRY = "62"
"""Calling code of a phone number that is written with a leading 0."""

_OLD_MONTHS = {"pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "nopember": 11, "nop": 11}
"""Spellings that are common in Indonesia and in no locale data."""

_SPACES = re.compile(r"\s+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+|[+-]?\d{1,3}(?:,\d{3})+")
_DECIMAL = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?")


class Unclear(ValueError):
    """What was typed cannot be read; ``part`` names the box at fault, where there are several."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


def clean(text: str) -> str:
    """The text without what no person means to write: control characters, odd line ends.

    Such characters are not allowed in XML either, and responses leave as XForms too.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or _writable(c)).strip()


def _writable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"


def _tight(text: str) -> str:
    """Plain digits and signs, no spaces."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")
    return "".join(c if c.isascii() else str(unicodedata.decimal(c, c)) for c in plain)


def whole_number(text: str) -> str:
    """``1.250``, ``1,250``, ``1 250`` and ``+1250`` are all 1250. Raises Unclear."""
    tight = _tight(text)
    if _GROUPED.fullmatch(tight):
        tight = tight.replace(".", "").replace(",", "")
    value = _canonical(tight.replace(",", "."))
    if "." in value or len(value) > 18:
        raise Unclear
    return value


def number(text: str, language: str) -> str:
    """A decimal number: ``1,5`` and ``1.5`` wherever only one reading makes sense.

    Else as the language writes it: ``1.250`` is 1250 in Indonesian, 1.25 in English.

    Raises Unclear.
    """
    tight = _tight(text)
    point = _decimal_point(language)
    group = "." if point == "," else ","
    if point in tight and group in tight and tight.rfind(group) > tight.rfind(point):
        point, group = group, point
    whole = tight.partition(point)[0]
    if _GROUPED.fullmatch(whole) and group in whole:
        tight = whole.replace(group, "") + tight[len(whole) :]
    value = _canonical(tight.replace(",", "."))
    if len(value) > 30:
        raise Unclear
    return value


def number_shown(lexical: str, language: str) -> str:
    """A number as this language writes it, without grouping: it may be typed over."""
    return lexical.replace(".", _decimal_point(language))


def _canonical(tight: str) -> str:
    matched = _DECIMAL.fullmatch(tight)
    if not matched or not (matched[2] or matched[3]):
        raise Unclear
    sign, whole, fraction = matched[1], matched[2].lstrip("0") or "0", (matched[3] or "")
    fraction = fraction.rstrip("0")
    value = f"{whole}.{fraction}" if fraction else whole
    return f"-{value}" if sign == "-" and value != "0" else value


def _decimal_point(language: str) -> str:
    found = _locale(language)
    return str(found.number_symbols["latn"]["decimal"]) if found else "."


@lru_cache(maxsize=50)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def calendar_date(day: str, month: str, year: str, languages: Iterable[str]) -> str:
    """The ISO date of three boxes; a whole date in the first box is understood too.

    Raises:
        Unclear: with part ``day``, ``month`` or ``year``, the first that is at fault.
    """
    if day and not month and not year:
        day, month, year = _split_date(day)
    numbers = {
        "day": _small(day, 31),
        "month": _small(month, 12) or month_number(month, languages),
        "year": int(_tight(year)) if re.fullmatch(r"\d{4}", _tight(year)) else 0,
    }
    wrong = next((part for part, found in numbers.items() if not found), None)
    if wrong:
        raise Unclear(wrong)
    try:
        return date(numbers["year"], numbers["month"], numbers["day"]).isoformat()
    except ValueError:
        raise Unclear("day") from None


def _split_date(text: str) -> tuple[str, str, str]:
    parts = [part for part in re.split(r"[\s/.,-]+", text) if part]
    if len(parts) != 3:
        raise Unclear("day" if len(parts) > 3 else ("day", "month", "year")[len(parts)])
    if re.fullmatch(r"\d{4}", _tight(parts[0])):
        parts.reverse()
    return parts[0], parts[1], parts[2]


def _small(text: str, most: int) -> int:
    tight = _tight(text)
    return int(tight) if re.fullmatch(r"\d{1,2}", tight) and 1 <= int(tight) <= most else 0


def month_number(text: str, languages: Iterable[str]) -> int:
    """The month that is meant by a name or its first three letters or more; 0 when none is."""
    typed = unicodedata.normalize("NFKC", text).strip().rstrip(".").casefold()
    if typed in _OLD_MONTHS:
        return _OLD_MONTHS[typed]
    for language in languages:
        for number_, name in _month_names(language):
            if typed == name or (len(typed) >= 3 and name.startswith(typed)):
                return number_
    return 0


@lru_cache(maxsize=50)
def _month_names(language: str) -> tuple[tuple[int, str], ...]:
    found = _locale(language)
    if found is None:
        return ()
    widths = (found.months["format"][width] for width in ("wide", "abbreviated"))
    return tuple((n, name.rstrip(".").casefold()) for names in widths for n, name in names.items())


def clock_time(text: str) -> str:
    """``14.30``, ``14:30``, ``2.30 pm`` and ``14`` as XForms times. Raises Unclear."""
    matched = _TIME.fullmatch(_tight(text).casefold())
    if not matched:
        raise Unclear
    hour, minute, half = int(matched[1]), int(matched[2] or 0), matched[3]
    if half:
        if not 1 <= hour <= 12:
            raise Unclear
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Unclear
    return f"{hour:02}:{minute:02}:00"


def position(text: str) -> str:
    """Latitude and longitude in degrees, with decimal points or commas, as a geopoint.

    Raises Unclear.
    """
    found = re.fullmatch(
        r"([+-]?\d{1,2}(?:[.,]\d+)?)\s*(?:[;,]\s*|\s)([+-]?\d{1,3}(?:[.,]\d+)?)",
        unicodedata.normalize("NFKC", text).replace("−", "-").strip(),
    )
    if not found:
        raise Unclear
    latitude, longitude = (_canonical(part.replace(",", ".")) for part in found.groups())
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
        raise Unclear
    return f"{latitude} {longitude} 0 0"


def phone(text: str) -> str:
    """A phone number in international form, as +6281234567890. Raises Unclear."""
    tight = re.sub(r"[().\-/‐‑–]", "", _tight(text))
    if tight.startswith("0") and not tight.startswith("00"):
        tight = f"+{COUNTRY}{tight[1:]}"
    elif tight.startswith("00"):
        tight = f"+{tight[2:]}"
    elif tight.startswith(COUNTRY):
        tight = f"+{tight}"
    if not re.fullmatch(r"\+[1-9]\d{7,14}", tight):
        raise Unclear
    return tight
