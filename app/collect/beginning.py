"""A facilitator's interview on the respondent's pages: what is known beforehand is filled in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import session
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField

from app.accounts import Account, Role, signed_in
from app.activities import activities
from app.questionnaire.expressions import references
from app.questionnaire.model import Form, Question
from app.respond import answering
from app.respond.answering import Answering
from app.respond.start import activity_values

SESSION_KEY = "collecting"
FACILITATOR = "facilitator"
"""Value of ``interview_mode``, and of ``helper`` when a facilitator helps."""
WHO = ("assisted", "self", "proxy")
"""Who may answer; the values of the question that a form has for it."""


@dataclass(frozen=True, slots=True)
class Collecting:
    """What a facilitator said about the interviews to come: the next person needs one press.

    ``who`` answers: ``self``, ``assisted`` or ``proxy``; ``paper`` when the answers were written
    down before.
    """

    form: str
    who: str
    paper: bool = False
    activity: str = ""


class BeginForm(FlaskForm):
    """Who answers, from paper or not, about which activity."""

    who = RadioField(lazy_gettext("Who answers?"), default="assisted")
    activity = SelectField(lazy_gettext("Which activity is it about?"))
    paper = BooleanField(lazy_gettext("I type in answers that were written on paper."))

    def __init__(self, about_activity: bool, before: Collecting | None, **kwargs: Any) -> None:
        """``before``: what was said for the interview before, offered again."""
        said: dict[str, Any] = asdict(before) if before else {}
        super().__init__(data=said, **kwargs)
        self.who.choices = [
            ("assisted", _("The person answers, and I read aloud or write")),
            ("self", _("The person reads and fills it in on this device")),
            ("proxy", _("Somebody answers for the person")),
        ]
        if about_activity:
            listed = [(activity.id, activity.title) for activity in activities().each()]
            self.activity.choices = [("", _("Activities in general")), *listed]
        else:
            del self.activity

    def collecting(self, form_id: str) -> Collecting:
        """What was said."""
        activity = self.activity.data if "activity" in self else ""
        return Collecting(form_id, self.who.data, bool(self.paper.data), activity or "")


def collecting() -> Collecting | None:
    """What the signed-in facilitator said last on this device."""
    said: dict[str, Any] | None = session.get(SESSION_KEY)
    account = signed_in() if said else None
    if said is None or account is None or account.role is not Role.FACILITATOR:
        return None
    return Collecting(**said)


def begin(form: Form, said: Collecting, account: Account) -> Answering:
    """A new interview with this facilitator; it is kept."""
    session[SESSION_KEY] = asdict(said)
    prefill = {**activity_values(form, said.activity), **known(form, said.who, account.code)}
    begun = answering.begin(form, prefill, said.activity)
    begun.unfinished.collector = account.id
    begun.unfinished.paper = said.paper
    begun.keep()
    return begun


def known(form: Form, who: str, code: str) -> dict[str, str]:
    """Answers by question name: what nobody need be asked again (WCAG 2.2, 3.3.7)."""
    found = {"interview_mode": FACILITATOR, "f_code": code}
    if who == "assisted":
        found["helper"] = FACILITATOR
    if (question := channel_question(form)) is not None:
        found[question.name] = who
    return found


def channel_question(form: Form) -> Question | None:
    """The question that tells who answers: the one that the form's ``channel`` setting reads."""
    channel = form.settings.channel
    read = references(channel.tree, form.root.ref) if channel else frozenset()
    return next((question for question in form.questions() if question.ref in read), None)
