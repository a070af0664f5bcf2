"""All forms at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from app import languages, publishing
from app.collect.addresses import full_address
from app.coordinate import blueprint, coordinators_only
from app.coordinate.overview import Overview, overview
from app.coordinate.reading import Reading, read
from app.questionnaire.texts import Rendered
from app.respond.forms import needs_activity
from app.summaries import words


@dataclass(frozen=True, slots=True)
class Card:
    """One form on the dashboard.

    ``link`` is the address to give to people; a form ``about_activities`` is better opened with an
    activity's own link. ``empty`` names the network's settings that it needs and nobody has said.
    """

    id: str
    title: Rendered
    version: str
    open: bool
    switched_on: bool
    link: str
    about_activities: bool
    empty: tuple[str, ...]
    overview: Overview


@blueprint.get("")
@coordinators_only
def dashboard() -> str:
    """For each form how many answered, when, from where and how."""
    cards = [card(read(form_id)) for form_id in publishing.catalogue().ids()]
    return render_template(
        "coordinate/dashboard.html",
        cards=cards,
        empty=settings_left(),
        available=languages.available(),
    )


def card(reading: Reading) -> Card:
    """A form as the dashboard shows it."""
    form, tag = reading.form, languages.current().tag
    needed = reading.published.missing_settings
    return Card(
        id=form.id,
        title=words.form_text(form.title, tag, form.id),
        version=form.version,
        open=publishing.catalogue().is_open(form.id, reading.today()),
        switched_on=publishing.catalogue().state(form.id).open,
        link=full_address("respond.start", form_id=form.id),
        about_activities=needs_activity(form),
        empty=tuple(label for name, label in settings_left().items() if name in needed),
        overview=overview(form, reading.tally(), tag, reading.today()),
    )


def settings_left() -> dict[str, str]:
    """The network's settings that are still empty, by name, in the words of this request."""
    network, tag = publishing.network(), languages.current().tag
    missing = network.missing()
    return {
        each.name: each.label.get(tag) or each.name
        for each in network.settings
        if each.name in missing
    }
