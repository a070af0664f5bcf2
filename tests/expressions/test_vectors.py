"""Our results against those of openrosa-xpath-evaluator on real forms (../shared)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.questionnaire.expressions import (
    Environment,
    compile_expression,
    from_data,
    parse,
    to_boolean,
    to_data,
    to_string,
)
from app.questionnaire.instance import Node
from tests.expressions.known_differences import KNOWN

VECTORS = Path(__file__).parents[3] / "shared" / "xpath-vectors.json"
TRUTHS = ("relevant", "constraint", "required")

pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason=f"{VECTORS} is not here")


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(VECTORS.read_text())
    return loaded


@pytest.fixture(scope="module")
def environment(vectors: dict[str, Any]) -> Environment:
    now = datetime.fromisoformat(vectors["now"])
    return Environment(now, ZoneInfo(vectors["timezone"]), Random(1), "en")


def result(evaluation: dict[str, str], root: Node, environment: Environment) -> str:
    node = root.find(evaluation["context"])
    assert node is not None, evaluation["context"]
    tree = parse(evaluation["expression"])
    assert from_data(to_data(tree)) == tree
    value = compile_expression(tree)(node, environment)
    return to_string(to_boolean(value) if evaluation["kind"] in TRUTHS else value)


def test_every_vector_is_equal_or_a_known_difference(
    vectors: dict[str, Any], environment: Environment
) -> None:
    different = {}
    evaluated = 0
    for case in vectors["cases"]:
        root = Node.from_xml(case["instance"])
        for evaluation in case["evaluations"]:
            evaluated += 1
            given = result(evaluation, root, environment)
            expected = evaluation["expected"]
            if given != expected:
                different[case["form"], evaluation["context"], expected] = given
    assert evaluated == 2658
    assert different == {key: given for key, (given, _) in KNOWN.items()}
