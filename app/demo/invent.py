"""Filling a data folder with invented answers, activities and an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.activities import Activity, activities
from app.demo import others, words
from app.demo.interviewing import answer_all
from app.demo.needs import ANSWERS as NEEDS
from app.demo.needs import Answer
from app.demo.people import draw
from app.publishing import catalogue, publish_what_ships, say
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form
from app.respond.answering import consent_text_version
from app.responses.receipts import code_of, fingerprint
from app.stores import stores
from app.summaries.actions import Action, Actions

SHARES = {
    "needs-assessment": 0.62,
    "activity-feedback": 0.24,
    "activity-registration": 0.09,
    "member-offer": 0.05,
}
SPAN = 120
"""Days before today in which people answered."""
ACTIVITY_DAYS = (96, 41, 9)
"""How many days ago each activity of ``words.ACTIVITIES`` took place."""

NETWORK = {
    "controller": "Perkumpulan Contoh (data buatan)",
    "contact": "0800 0000 0000 (nomor contoh)",
    "review_period": "6 bulan",
    "referral_contact": "UPTD PPA Contoh, 0800 0000 0001",
    "complaints_contact": "Ibu Contoh, 0800 0000 0002",
    "emergency": "110",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that somebody opens a form: which, when, and from which activity's link."""

    form_id: str
    number: int
    submitted: datetime
    activity: Activity | None = None


def prepare(now: datetime) -> None:
    """Publish the forms and set up the activities. Needs an application context."""
    publish_what_ships(now)
    said = {name: {"id": text, "en": text} for name, text in NETWORK.items()}
    said |= {
        "retention": {"id": "24 bulan", "en": "24 months"},
        "event_retention": {"id": "30 hari", "en": "30 days"},
        "review_period": {"id": "6 bulan", "en": "6 months"},
    }
    say(said, now)
    for activity in _activities(now.date()):
        activities().keep(activity)
    for language, rows in words.ACTIONS.items():
        kept = Actions(stores().folder / "actions", "needs-assessment")
        kept.keep(language, [Action(*row) for row in rows])


def invent(responses: int, seed: int, now: datetime) -> Iterator[Visit]:
    """Answer and store; yields each visit when it is on disk, the earliest first."""
    for visit in visits(responses, seed, now):
        form = catalogue().get(visit.form_id).form
        random = Random(f"{seed} {visit.form_id} {visit.number}")
        document, contact = answered(form, visit, random, stores().secret)
        stores().responses(form.id).add(document)
        if contact["contact"]:
            stores().contacts(form.id).add(contact)
        yield visit


def visits(responses: int, seed: int, now: datetime) -> list[Visit]:
    """Who comes when: every form gets its share, at least one each."""
    held = _activities(now.date())
    found = []
    for form_id, share in SHARES.items():
        for number in range(max(1, round(responses * share))):
            random = Random(f"{seed} {form_id} {number} when")
            activity = random.choice(held) if form_id.startswith("activity-") else None
            found.append(Visit(form_id, number, _when(random, now, form_id, activity), activity))
    return sorted(found, key=lambda visit: visit.submitted)


def answered(
    form: Form, visit: Visit, random: Random, secret: bytes
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The response document and the contact document of one visit (DESIGN.md, Storage)."""
    person = draw(random)
    language = "en" if random.random() < 0.04 else "id"
    started = visit.submitted - timedelta(minutes=random.randint(4, 26))
    interview = Interview.begin(form, Circumstances(started, language, random), _link(visit))
    answer_all(interview, _answers(visit, started.date(), random), person, random)
    identity = str(UUID(int=random.getrandbits(128), version=4))
    common = {
        "id": identity,
        "form": form.id,
        "version": form.version,
        "submitted": _iso(visit.submitted),
    }
    response = {
        **common,
        "language": language,
        "channel": _channel(interview, random),
        "activity": visit.activity.id if visit.activity else "",
        "started": _iso(started),
        "consent": _consent(interview, started),
        "answers": interview.answers(),
        "receipt": fingerprint(code_of(identity, secret), secret),
    }
    return response, {**common, "contact": interview.contacts()}


def _answers(visit: Visit, today: date, random: Random) -> Mapping[str, Answer]:
    if visit.form_id == "member-offer":
        return others.offer(random.choice(list(words.OFFERS)), today)
    by_form = {
        "needs-assessment": NEEDS,
        "activity-feedback": others.FEEDBACK,
        "activity-registration": others.REGISTRATION,
    }
    return by_form[visit.form_id]


def _link(visit: Visit) -> dict[str, str]:
    if visit.activity is None:
        return {}
    return {"activity_id": visit.activity.id, "activity_title": visit.activity.title}


def _channel(interview: Interview, random: Random) -> str:
    if interview.channel == "assisted":
        return random.choices(("assisted", "offline", "paper"), (80, 15, 5))[0]
    return "web" if interview.channel == "self" else interview.channel


def _consent(interview: Interview, time: datetime) -> dict[str, str]:
    asking = interview.form.settings.consent
    for page in interview.pages():
        if any(asked.question.name == asking for asked in page.asked):
            return {
                "text": consent_text_version(interview, page),
                "language": interview.circumstances.language,
                "means": "screen",
                "time": _iso(time),
            }
    return {}


def _activities(today: date) -> list[Activity]:
    days = (today - timedelta(days) for days in ACTIVITY_DAYS)
    return [
        Activity(activity_id, title, day.isoformat(), **words.ABOUT_ACTIVITIES[activity_id])
        for (activity_id, title), day in zip(words.ACTIVITIES.items(), days, strict=True)
    ]


def _when(random: Random, now: datetime, form_id: str, activity: Activity | None) -> datetime:
    """By day, rarely at night, more often lately; about an activity just before or after it."""
    zone = ZoneInfo("Asia/Jakarta")
    if activity is None:
        day = now.astimezone(zone).date() - timedelta(int(SPAN * random.random() ** 1.4))
    elif form_id == "activity-registration":
        day = activity.date - timedelta(random.randint(1, 14))
    else:
        day = activity.date + timedelta(int(8 * random.random() ** 2))
    hour = min(max(random.gauss(13, 3.2), 6.5), 21.5)
    at = datetime.combine(day, time(), zone) + timedelta(hours=hour)
    while at >= now:
        at -= timedelta(days=1)
    return at.astimezone(UTC)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
