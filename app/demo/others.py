"""How invented people answer the other forms: feedback, registration, and members' offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from app.demo import words
from app.demo.chance import one_of, some_of
from app.demo.needs import ANSWERS as NEEDS
from app.demo.needs import Answer, either, support
from app.demo.people import HOMES, Person


def _improve(person: Person, random: Random) -> str:
    return random.choice(words.IMPROVE) if random.random() < 0.45 else ""


def _self_identified(person: Person, random: Random) -> str:
    if random.random() < 0.08:
        return one_of(random, {"pns": 60, "": 40})
    return "yes" if person.types else "no"


FEEDBACK: Mapping[str, Answer] = {
    "b_consent": lambda person, random: "yes",
    "b_age": lambda person, random: person.age,
    "b_guardian_ok": lambda person, random: "yes",
    "b_role": either({"participant": 76, "companion": 15, "speaker": 4, "organiser": 5}),
    "b_mode": lambda person, random: person.mode,
    "b_overall": either({"good": 66, "fair": 28, "poor": 6}),
    "b_info": either({"yes": 58, "partly": 27, "no": 11, "dk": 4}, skipped=0.02),
    "b_venue": either({"yes": 46, "partly": 30, "no": 17, "dk": 2, "na": 5}, skipped=0.02),
    "b_need": support,
    "b_met": either({"yes": 40, "partly": 42, "no": 18}, skipped=0.03),
    "b_voice": either({"yes": 60, "partly": 26, "no": 10, "dk": 4}, skipped=0.02),
    "b_influence": either({"yes": 34, "partly": 36, "no": 18, "dk": 12}, skipped=0.03),
    "b_useful": either({"yes": 72, "partly": 20, "no": 5, "dk": 3}, skipped=0.02),
    "b_respect": either({"yes": 90, "partly": 8, "no": 2}, skipped=0.02),
    "b_improve": _improve,
    "b_quote_ok": either({"yes": 70, "no": 30}, skipped=0.05),
    "b_sex": lambda person, random: person.sex,
    "b_selfid": _self_identified,
}

REGISTRATION: Mapping[str, Answer] = {
    "r_consent": lambda person, random: "yes",
    "r_name": NEEDS["c_name"],
    "r_phone": NEEDS["c_phone"],
    "r_pref": NEEDS["c_pref"],
    "r_accom": support,
    "r_companion": either({"yes": 40, "no": 60}, skipped=0.05),
    "r_other": lambda person, random: (
        random.choice(words.OTHER_SUPPORT) if random.random() < 0.2 else ""
    ),
}


def offer(organisation: str, today: date) -> Mapping[str, Answer]:
    """How one member organisation describes its offer."""
    title, kind, needs = words.OFFERS[organisation]
    return {
        "m_consent": lambda person, random: "yes",
        "m_org": lambda person, random: organisation,
        "m_type": lambda person, random: kind,
        "m_opd": either({"yes": 40, "no": 60}),
        "m_title": lambda person, random: title,
        "m_agenda": _several({"service": 60, "capacity": 20, "campaign": 15, "policy": 20}, 2),
        "m_needs": lambda person, random: " ".join(needs),
        "m_area": _area,
        "m_serve": _several({"fisik": 20, "netra": 20, "tuli": 20, "care": 15, "older": 10}, 3),
        "m_mode": _several({"onsite": 40, "visit": 40, "online": 20, "goods": 10}, 2),
        "m_accom": _several({"step_free": 40, "toilet": 20, "companion": 20, "large_print": 9}, 3),
        "m_capacity": lambda person, random: str(random.choice((10, 20, 25, 40, 60, 100, 150))),
        "m_start": lambda person, random: (today - timedelta(random.randrange(60))).isoformat(),
        "m_end": lambda person, random: (today + timedelta(random.randrange(60, 400))).isoformat(),
        "m_cost": either({"free": 78, "partly": 18, "paid": 4}),
        "m_terms": lambda person, random: random.choice(words.TERMS),
        "m_contact": NEEDS["c_name"],
        "m_phone": NEEDS["c_phone"],
        "m_share": either({"network": 55, "public": 40, "coordinator": 5}),
    }


def _several(weights: Mapping[str, float], most: int) -> Answer:
    return lambda person, random: " ".join(some_of(random, weights, most))


def _area(person: Person, random: Random) -> str:
    homes = {home: weight for home, weight in HOMES.items() if home != "outside"}
    return "all" if random.random() < 0.15 else " ".join(some_of(random, homes, 4))
