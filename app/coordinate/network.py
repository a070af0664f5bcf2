"""What the network says in every form: who answers for the data, how to reach them, and so on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages, publishing
from app.coordinate import blueprint, coordinators_only
from app.coordinate.reading import now

LONGEST = 500
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Box:
    """One text in one language."""

    name: str
    language: languages.Language
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One setting, as the page asks for it."""

    name: str
    label: str
    hint: str
    boxes: tuple[Box, ...]


@blueprint.get("/network")
@coordinators_only
def network() -> str:
    """The settings, those that are still empty too."""
    return render_template("coordinate/network.html", settings=asked())


@blueprint.post("/network")
@coordinators_only
def save_network() -> Response | str:
    """Keep what was said, and publish the forms that say it as new versions."""
    if languages.switch_pressed():
        return render_template("coordinate/network.html", settings=asked(typed=True))
    values = {
        each.name: {box.language.tag: box.value for box in each.boxes} for each in asked(typed=True)
    }
    refused = publishing.say(values, now())
    flash(_("The settings are kept. Forms that use them are published again."))
    if refused:
        flash(
            _(
                "These forms could not be published again and stay as they were: %(forms)s.",
                forms=", ".join(refused),
            )
        )
    return redirect(url_for("coordinate.network"))


def asked(typed: bool = False) -> list[Asked]:
    """Every setting with what is kept, or with what stands in the boxes of this post."""
    tag = languages.current().tag
    return [
        Asked(
            setting.name,
            setting.label.get(tag, setting.name),
            setting.hint.get(tag, ""),
            tuple(
                Box(
                    f"{setting.name}.{language.tag}",
                    language,
                    _typed(setting.name, language.tag)
                    if typed
                    else setting.value.get(language.tag, ""),
                )
                for language in languages.available().values()
            ),
        )
        for setting in publishing.network().settings
    ]


def _typed(name: str, tag: str) -> str:
    return " ".join(request.form.get(f"{name}.{tag}", "").split())[:LONGEST]
