"""What a report says about itself: where its answers come from and how to read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _

from app.questionnaire.model import Form
from app.questionnaire.texts import Rendered
from app.summaries import functioning, sentences, words
from app.summaries.blocks import Block, line, most_frequent
from app.summaries.filters import Filters
from app.summaries.plan import WG_STATUS, Plan
from app.summaries.subjects import RESPONDENTS, Show
from app.summaries.tables import Dimension, one_way
from app.summaries.tally import Counts, Tally

FEW_DAYS = 14
"""A period up to this long is shown day by day, a longer one month by month."""


def caution() -> str:
    """The note of every page (content/forms.md, section 6)."""
    return _(
        "These data come from people who filled in the form, not from a random sample. They do not"
        " represent the whole population."
    )


def period(tally: Tally, chosen: Filters) -> str:
    """The days asked for, or else those on which there were answers."""
    days = sorted(tally.about.get("day", {}))
    first = chosen.since or (date.fromisoformat(days[0]) if days else None)
    last = chosen.until or (date.fromisoformat(days[-1]) if days else None)
    if first is None or last is None:
        return _("No answers yet")
    if first == last:
        return words.day(first)
    return _("%(first)s to %(last)s", first=words.day(first), last=words.day(last))


def filters(
    form: Form, chosen: Filters, language: str, activities: Mapping[str, str]
) -> Iterator[str]:
    """A sentence for each filter in use, except for the period, which every report tells."""
    if chosen.places:
        places = _named(chosen.places, _place_names(form, language).get)
        yield _("Only people who live in: %(places)s.", places=places)
    if chosen.channels:
        ways = _named(chosen.channels, channel)
        yield _("Only these ways of answering: %(ways)s.", ways=ways)
    if chosen.languages:
        languages = _named(chosen.languages, language_name)
        yield _("Only answers given in: %(languages)s.", languages=languages)
    if chosen.activities:
        titles = _named(chosen.activities, activities.get)
        yield _("Only about the activity: %(activities)s.", activities=titles)


def _named(codes: frozenset[str], name: Callable[[str], str | None]) -> str:
    return words.listed(sorted(name(code) or code for code in codes))


def _place_names(form: Form, language: str) -> Mapping[str, str]:
    question = form.question(form.settings.place) if form.settings.place else None
    if question is None or question.itemset is None:
        return {}
    return {
        choice.value: words.form_text(choice.label, language, choice.value).markup
        for choice in form.lists.get(question.itemset.list_name, ())
    }


def blocks(tally: Tally, language: str, show: Show) -> Iterator[Block]:
    """How, when and in which language the answers came."""
    for key, title, counts in (
        ("channel", _("How the answers came"), _by_frequency(tally, "channel", channel)),
        ("when", _("When the answers came"), _by_time(tally)),
        ("language", _("Language of the form"), _by_frequency(tally, "language", language_name)),
    ):
        table = one_way(key, RESPONDENTS, Dimension(key, tuple(counts)), tuple(counts.values()))
        cells = [
            (Rendered(None, name), cell) for name, cell in zip(counts, show(table), strict=True)
        ]
        missing = tally.responses - table.total
        yield Block(
            id=f"about-{key}",
            title=Rendered(language, title),
            finding=most_frequent(cells),
            lines=tuple(line(label, cell) for label, cell in cells),
            notes=(sentences.without_answer(missing),) if missing else (),
        )


def _by_frequency(tally: Tally, what: str, name: Callable[[str], str]) -> Counts:
    counts = Counter[str]()
    for code, count in tally.about.get(what, {}).items():
        counts[name(code)] += count
    return dict(counts.most_common())


def _by_time(tally: Tally) -> Counts:
    """By local day or by month, in order; days without answers are left out."""
    days = tally.about.get("day", {})
    if len(days) <= FEW_DAYS:
        return {words.day(date.fromisoformat(day)): days[day] for day in sorted(days)}
    months = Counter[str]()
    for day in sorted(days):
        months[words.month(day[:7])] += days[day]
    return months


def channel(code: str) -> str:
    """The way a response came, as the store names it; an unknown one by its code."""
    return {
        "web": _("On the web, by the person"),
        "assisted": _("With the help of somebody"),
        "proxy": _("By somebody for the person"),
        "offline": _("With a facilitator, without internet"),
        "odk": _("With an ODK app"),
        "paper": _("On paper, typed in later"),
    }.get(code, code)


def helped(tally: Tally) -> int:
    """How many did not answer alone, as far as the channel tells."""
    channels = tally.about.get("channel", {})
    return channels.get("assisted", 0) + channels.get("proxy", 0)


def language_name(tag: str) -> str:
    """The name of a language in the report's own."""
    try:
        return str(Locale.parse(tag, sep="-").get_display_name(get_locale()) or tag)
    except (ValueError, UnknownLocaleError):
        return tag


def notes(plan: Plan, tally: Tally) -> Iterator[str]:
    """How to read the report, and what may be done with it."""
    yield caution()
    yield _(
        "This edition is for internal use only. Small numbers can show who answered what. Do not"
        " pass it on. Use an edition that protects people for that."
    )
    yield _(
        "Percentages are of the people who answered a question. People who were not asked, or did"
        " not answer, are counted apart."
    )
    if any(column.name == WG_STATUS and column.key in tally.answered for column in plan.columns()):
        yield from functioning.how_to_read()
    yield _("Answers that people took back are left out.")
    if versions := sorted(tally.about.get("version", {})):
        yield _("Versions of the form: %(versions)s.", versions=words.listed(versions))
    if len(versions) > 1:
        yield _("Questions that the newest version no longer asks are not shown.")
