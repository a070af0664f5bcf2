"""How an invented person answers the needs assessment (form A)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from app.demo import words
from app.demo.chance import Weights, each_of, one_of, some_of
from app.demo.people import Person

Answer = Callable[[Person, Random], str]
"""Gives an XForms lexical value; ``""`` leaves the question out."""

SECTORS: Weights = {
    "health": 24, "work": 18, "social_prot": 15, "education": 11, "mobility": 10, "info": 6,
    "civil_reg": 5, "participation": 4, "disaster": 3, "justice": 2, "environment": 1, "other": 1,
}  # fmt: skip
BARRIERS: Weights = {
    "cost": 22, "distance": 18, "info": 14, "building": 9, "comm": 7, "attitude": 7, "docs": 6,
    "absent": 6, "unfit": 5, "companion": 5, "digital": 5, "device": 5, "fear": 2, "family": 2,
}  # fmt: skip
CHANNELS: Weights = {
    "wa_text": 30, "wa_voice": 14, "cadre": 16, "meeting": 12, "org": 12, "phone": 6, "social": 6,
    "worship": 5, "radio_tv": 4, "sms": 3,
}  # fmt: skip


def either(weights: Weights, skipped: float = 0.0) -> Answer:
    """An answer drawn from weights, whoever is asked; left out in a share of cases."""
    return lambda person, random: "" if random.random() < skipped else one_of(random, weights)


def _functioning(domain: str) -> Answer:
    return lambda person, random: person.difficulty[domain]


def _apkm(yes: float) -> Answer:
    return lambda person, random: one_of(
        random, {"yes": yes * (0.8 if person.types else 1.2), "partly": 32, "no": 45, "dk": 7}
    )


def _barriers(person: Person, random: Random) -> str:
    if random.random() < 0.06:
        return one_of(random, {"none": 5, "dk": 3})
    weights = dict(BARRIERS)
    if person.much("hear"):
        weights["comm"] = 40
    if person.much("walk"):
        weights |= {"building": 35, "distance": 30}
    if person.much("see"):
        weights |= {"digital": 16, "companion": 14}
    return " ".join(some_of(random, weights, 3))


def _assistive(person: Person, random: Random) -> str:
    if not any(person.much(domain) for domain in ("see", "hear", "walk", "communicate")):
        return one_of(random, {"noneed": 74, "met": 16, "unmet": 5, "dk": 3, "more": 2})
    return one_of(random, {"unmet": 44, "more": 26, "met": 20, "noneed": 6, "dk": 4})


def _devices(person: Person, random: Random) -> str:
    found = []
    if person.much("walk"):
        found += some_of(random, {"wheelchair": 40, "walking": 45, "prosthesis": 9, "toilet": 9}, 2)
    if person.much("see"):
        found += some_of(random, {"whitecane": 40, "glasses": 25, "phone": 35, "braille": 9}, 2)
    if person.much("hear"):
        found += ["hearing"]
    if person.much("communicate"):
        found += each_of(random, {"commboard": 0.3})
    return " ".join(dict.fromkeys(found)) or one_of(random, {"glasses": 70, "walking": 30})


def support(person: Person, random: Random) -> str:
    """What somebody needs at an activity (``accom_none``)."""
    chances = {
        "sign_bisindo": 0.75 if person.much("hear") else 0.0,
        "captions": 0.3 if person.much("hear") else 0.0,
        "digital_doc": 0.5 if person.much("see") else 0.0,
        "large_print": 0.25 if person.much("see") else 0.02,
        "step_free": 0.7 if person.much("walk") else 0.03,
        "toilet": 0.5 if person.much("walk") else 0.02,
        "easy_read": 0.5 if person.much("remember") else 0.02,
        "quiet": 0.3 if "mental" in person.types else 0.01,
        "companion": 0.3 if person.much("see") or person.much("selfcare") else 0.02,
        "transport": 0.3 if person.types else 0.08,
        "childcare": 0.1 if person.sex == "f" else 0.02,
        "local_lang": 0.18 if person.age == "a60_up" else 0.05,
    }
    return " ".join(each_of(random, chances)) or "none"


def _own_words(person: Person, random: Random) -> str:
    known = [need for need in person.needs if need in words.NEEDS]
    return random.choice(words.NEEDS[known[0]]) if known and random.random() < 0.4 else ""


def _named(person: Person, random: Random) -> str:
    return random.choice(words.NICKNAMES)


def _phone(person: Person, random: Random) -> str:
    # Mobile numbers never begin with 0800: nobody can be called by mistake.
    return f"0800{random.randrange(10**8):08}"


ANSWERS: Mapping[str, Answer] = {
    "consent": lambda person, random: "yes",
    "fill_mode": lambda person, random: person.mode,
    "helper": either({"family": 50, "facilitator": 30, "companion": 12, "interpreter": 8}),
    "relation": either({"parent": 55, "spouse": 10, "child": 12, "family": 15, "companion": 8}),
    "assent": either({"yes": 70, "cannot": 30}),
    "age_group": lambda person, random: person.age,
    "guardian_ok": lambda person, random: "yes",
    "kabkota": lambda person, random: person.home,
    "sex": lambda person, random: person.sex,
    **{f"wg_{domain}": _functioning(domain) for domain in (
        "see", "hear", "walk", "remember", "selfcare", "communicate")},
    "groups": lambda person, random: " ".join(person.groups) if random.random() < 0.97 else "",
    "ragam": lambda person, random: " ".join(person.types) or "pns",
    "sector_1": either(SECTORS),
    "sector_2": either({**SECTORS, "none": 60}, skipped=0.15),
    **{f"s{n}_access": _apkm(34) for n in (1, 2)},
    **{f"s{n}_participation": _apkm(22) for n in (1, 2)},
    **{f"s{n}_control": _apkm(14) for n in (1, 2)},
    **{f"s{n}_benefit": _apkm(28) for n in (1, 2)},
    "barriers": _barriers,
    "needs": lambda person, random: " ".join(person.needs),
    "need_text": _own_words,
    "urgency": either({"now": 38, "m3": 32, "y1": 22, "dk": 8}, skipped=0.05),
    "at_status": _assistive,
    "at_types": _devices,
    "at_barrier": lambda person, random: " ".join(some_of(random, {
        "cost": 50, "info": 20, "absent": 12, "waiting": 9, "distance": 8, "unfit": 5}, 2)),
    "accom": support,
    "channel": lambda person, random: " ".join(some_of(random, CHANNELS, 3)),
    "quote_ok": either({"yes": 72, "no": 28}, skipped=0.04),
    "followup": either({"yes": 31, "no": 69}),
    "c_name": _named,
    "c_pref": either({"wa_text": 55, "wa_voice": 15, "phone": 15, "via": 10, "sms": 5}),
    "c_phone": _phone,
}  # fmt: skip
