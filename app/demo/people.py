"""A person as they are before they open a form."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from app.demo.chance import Weights, each_of, one_of, some_of

HOMES: Weights = {
    "3512": 30, "3509": 14, "3511": 11, "3513": 9, "3510": 8, "3578": 7, "3507": 5, "3508": 5,
    "3514": 3, "3574": 3, "3528": 2, "3529": 2, "3573": 2, "3515": 1, "outside": 1,
}  # fmt: skip
"""Where people live: regencies by their BPS code, Situbondo first."""

AGES: Weights = {"a00_04": 2, "a05_17": 9, "a18_30": 24, "a31_59": 45, "a60_up": 20}
SEXES: Weights = {"f": 53, "m": 44, "pns": 2, "o": 1}
DISABLED: Weights = {"a00_04": 0.4, "a05_17": 0.5, "a18_30": 0.42, "a31_59": 0.4, "a60_up": 0.55}
"""How likely a respondent of this age counts as a person with disability; older people more."""

TYPES: Weights = {
    "fisik": 38, "netra": 18, "tuli": 20, "wicara": 6, "intelektual": 9, "mental": 10,
    "perkembangan": 5,
}  # fmt: skip
MUCH = ("3", "4")
DOMAINS = ("see", "hear", "walk", "remember", "selfcare", "communicate")
TOUCHES: dict[str, tuple[str, ...]] = {
    "fisik": ("walk", "selfcare"),
    "netra": ("see",),
    "tuli": ("hear", "communicate"),
    "wicara": ("communicate",),
    "intelektual": ("remember", "selfcare", "communicate"),
    "mental": ("remember",),
    "perkembangan": ("remember", "communicate"),
}
"""Which domains of functioning a type of disability usually makes hard; the first one most."""

AGEING: Weights = {"a00_04": 0.0, "a05_17": 0.03, "a18_30": 0.05, "a31_59": 0.14, "a60_up": 0.42}
"""How likely somebody of this age has some difficulty in a domain, without a disability."""

NEEDS: Weights = {
    "health_care": 16, "social_aid": 18, "capital": 12, "skills": 10, "job": 8, "docs": 5,
    "transport": 7, "building": 5, "info_rights": 6, "caregiver": 4, "voice": 3, "peer": 4,
    "mental": 3, "prepare": 2, "legal": 1, "device": 3, "interpreter": 0.2, "school": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who might answer.

    ``difficulty`` holds the Washington Group answer (1 to 4, 7, 9) for each domain; ``types`` is
    empty for a person without disability.
    """

    home: str
    age: str
    sex: str
    types: tuple[str, ...]
    difficulty: dict[str, str]
    groups: tuple[str, ...]
    mode: str
    needs: tuple[str, ...]

    @property
    def child(self) -> bool:
        return self.age in ("a00_04", "a05_17")

    def much(self, domain: str) -> bool:
        """Whether they have a lot of difficulty in a domain, or more."""
        return self.difficulty[domain] in MUCH


def draw(random: Random) -> Person:
    """Somebody new."""
    home, age, sex = (one_of(random, weights) for weights in (HOMES, AGES, SEXES))
    disabled = random.random() < DISABLED[age]
    types = tuple(some_of(random, TYPES, 2 if random.random() < 0.2 else 1)) if disabled else ()
    difficulty = {domain: _level(random, domain, age, types) for domain in DOMAINS}
    return Person(
        home=home,
        age=age,
        sex=sex,
        types=types,
        difficulty=difficulty,
        groups=tuple(_groups(random, sex, disabled)),
        mode=_mode(random, age, types),
        needs=tuple(_needs(random, age, types, difficulty)),
    )


def _level(random: Random, domain: str, age: str, types: tuple[str, ...]) -> str:
    if random.random() < 0.008:
        return random.choice(("7", "9"))
    for kind in types:
        if domain == TOUCHES[kind][0]:
            return one_of(random, {"2": 14, "3": 58, "4": 28})
        if domain in TOUCHES[kind]:
            return one_of(random, {"1": 35, "2": 35, "3": 24, "4": 6})
    if random.random() < AGEING[age]:
        return one_of(random, {"2": 82, "3": 16, "4": 2})
    return "1"


def _groups(random: Random, sex: str, disabled: bool) -> list[str]:
    chances = {
        "care": 0.12, "oypmk": 0.01, "fem_head": 0.14 if sex == "f" else 0.0,
        "low_income": 0.38, "migrant": 0.07, "remote": 0.09, "other": 0.02,
    }  # fmt: skip
    found = each_of(random, chances)
    if disabled and random.random() < 0.93:
        found.insert(0, "pwd")
    return found or [one_of(random, {"none": 92, "pns": 8})]


def _mode(random: Random, age: str, types: tuple[str, ...]) -> str:
    if age == "a00_04":
        return "proxy"
    if age == "a05_17":
        return one_of(random, {"assisted": 45, "proxy": 45, "self": 10})
    if {"intelektual", "netra"} & set(types) or age == "a60_up":
        return one_of(random, {"self": 25, "assisted": 62, "proxy": 13})
    return one_of(random, {"self": 66, "assisted": 30, "proxy": 4})


def _needs(
    random: Random, age: str, types: tuple[str, ...], difficulty: dict[str, str]
) -> list[str]:
    """At most three, the most needed first."""
    if random.random() < 0.03:
        return ["none"]
    weights = dict(NEEDS)
    if any(difficulty[domain] in MUCH for domain in ("walk", "see", "hear")):
        weights["device"] = 26
    if difficulty["hear"] in MUCH:
        weights["interpreter"] = 22
    if age in ("a00_04", "a05_17"):
        weights |= {"school": 30, "job": 0.1, "capital": 0.1}
    if "mental" in types:
        weights |= {"mental": 22, "peer": 14}
    return some_of(random, weights, 3)
