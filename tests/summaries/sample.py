"""A small form with every kind of thing that is counted, and responses to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.questionnaire.model import (
    Choice,
    DataClass,
    Form,
    Group,
    Itemset,
    Kind,
    Question,
    Repeat,
    Settings,
    Text,
)

LAW = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a shared machine may be slow for a while, which is not the law's fault."""

LANGUAGES = ("id", "en")


def text(id_: str, en: str) -> Text:
    return Text({"": {"id": (id_,), "en": (en,)}})


def ask(name: str, kind: Kind, words: str, list_name: str = "", **more: Any) -> Question:
    return Question(
        ref=f"/data/{name}",
        kind=kind,
        label=text(f"{words} (id)?", f"{words} (en)?"),
        itemset=Itemset(list_name) if list_name else None,
        **more,
    )


def choices(**labels: tuple[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, text(*words)) for value, words in labels.items())


SEX = choices(f=("Perempuan", "Female"), m=("Laki-laki", "Male"), pns=("Memilih diam", "Refused"))
NEEDS = choices(
    ramp=("Ramp", "Ramp"), sign=("Juru bahasa isyarat", "Sign language"), none=("Tidak ada", "None")
)
TOWNS = choices(k3512=("Kabupaten Situbondo", "Situbondo"), k3578=("Kota Surabaya", "Surabaya"))
STATUS = ("with", "without", "undetermined")


def sample_form(version: str = "1") -> Form:
    about = Group(
        ref="/data/about",
        label=text("Tentang Anda", "About you"),
        children=(
            ask("about/town", Kind.SELECT_ONE, "Kota", "towns"),
            ask("about/sex", Kind.SELECT_ONE, "Jenis kelamin", "sex"),
            ask("about/age", Kind.INTEGER, "Umur"),
            ask("about/since", Kind.DATE, "Sejak"),
        ),
    )
    house = Repeat(
        ref="/data/house",
        label=text("Anggota keluarga", "Household members"),
        children=(
            ask("house/member_age", Kind.INTEGER, "Umur anggota"),
            ask("house/member_needs", Kind.SELECT_MULTIPLE, "Kebutuhan anggota", "needs"),
        ),
    )
    children = (
        ask("agree", Kind.SELECT_ONE, "Setuju", "sex", data_class=DataClass.CONSENT),
        about,
        ask("needs", Kind.SELECT_MULTIPLE, "Kebutuhan", "needs", data_class=DataClass.SENSITIVE),
        ask("order", Kind.RANK, "Urutan", "needs"),
        house,
        ask("story", Kind.TEXT, "Cerita", data_class=DataClass.FREE_TEXT),
        ask("phone", Kind.TEXT, "Telepon", data_class=DataClass.CONTACT),
        Question(ref="/data/wg_status", kind=Kind.CALCULATE),
        Question(ref="/data/secret", kind=Kind.CALCULATE),
    )
    return Form(
        id="sample",
        version=version,
        title=text("Suara Warga", "Community Voices"),
        languages=LANGUAGES,
        root=Group(ref="/data", children=children),
        lists={"sex": SEX, "needs": NEEDS, "towns": TOWNS},
        texts={},
        settings=Settings(place="town", consent="agree"),
    )


def document(answers: Mapping[str, Any], number: int = 0, **more: Any) -> dict[str, Any]:
    sent = datetime(2026, 8, 1, 3, tzinfo=UTC) + timedelta(hours=5 * number)
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "form": "sample",
        "version": "1",
        "language": "id",
        "channel": "web",
        "collector": None,
        "activity": None,
        "started": (sent - timedelta(minutes=10)).isoformat(),
        "submitted": sent.isoformat(),
        "consent": {"version": "1"},
        "answers": dict(answers),
        "receipt": "0" * 64,
        **more,
    }


def _codes(of: tuple[Choice, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([choice.value for choice in of])


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


ANSWERS = _some(
    agree=st.just("f"),
    about=_some(
        town=_codes(TOWNS),
        sex=_codes(SEX),
        age=st.integers(0, 120),
        since=st.dates().map(lambda day: day.isoformat()),
    ),
    needs=st.lists(_codes(NEEDS), min_size=1, max_size=3, unique=True),
    order=st.permutations([choice.value for choice in NEEDS]),
    house=st.lists(
        _some(
            member_age=st.integers(0, 120),
            member_needs=st.lists(_codes(NEEDS), min_size=1, unique=True),
        ),
        max_size=3,
    ),
    story=st.sampled_from(["Saya butuh ramp.", "-"]),
    wg_status=st.sampled_from(STATUS),
)

DOCUMENTS = st.lists(
    st.builds(
        lambda answers, number, channel, language: document(
            answers, number, channel=channel, language=language
        ),
        ANSWERS,
        st.integers(0, 10_000),
        st.sampled_from(["web", "assisted", "proxy"]),
        st.sampled_from(LANGUAGES),
    ),
    max_size=8,
)
