"""What every test of expressions needs: a moment, and a short way to evaluate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from app.questionnaire.expressions import Environment, Value, evaluate, parse
from app.questionnaire.instance import Node

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 9, 0, 1, tzinfo=ZONE)

Run = Callable[..., Value]

LABELS = {
    ("1", "/data/kind"): "Kursi roda",
    ("1", "/data/kid/kind"): "Tongkat",
}


def make_environment(language: str = "id", **instances: Node) -> Environment:
    return Environment(
        now=NOW,
        timezone=ZONE,
        random=Random(7),
        language=language,
        instances=instances,
        choice_label=lambda value, ref: LABELS.get((value, ref), ""),
        itext=lambda text_id: "Selamat datang" if text_id == "greeting" else "",
    )


@pytest.fixture
def data() -> Node:
    """A family: answers outside repeats, two kids, a nested repeat."""
    return Node.from_data(
        "data",
        {
            "name": "Sri",
            "age": "40",
            "empty": "",
            "born": "1986-08-17",
            "kind": "1 3",
            "group": {"inner": "5"},
            "kid": [
                {"name": "Adi", "age": "4", "kind": "1", "toy": [{"t": "bola"}, {"t": "boneka"}]},
                {"name": "Budi", "age": "11", "kind": "", "toy": [{"t": "sepeda"}]},
            ],
            "total": "",
        },
    )


@pytest.fixture
def places() -> Node:
    return Node.from_xml(
        "<root><item><name>sit</name><prov>jt</prov><label>Situbondo</label></item>"
        "<item><name>bwi</name><prov>jt</prov><label>Banyuwangi</label></item>"
        "<item><name>bdg</name><prov>jb</prov><label>Bandung</label></item></root>"
    )


@pytest.fixture
def run(data: Node, places: Node) -> Run:
    """Evaluate a text at a path of the family."""

    def evaluated(text: str, at: str = "/data", language: str = "id") -> Value:
        node = data.find(at)
        assert node is not None
        return evaluate(parse(text), node, make_environment(language, places=places))

    return evaluated
