"""The browser's evaluator gives what the server's gives: examples, vectors, random expressions."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.questionnaire.expressions import Tree, parse, to_data
from app.questionnaire.instance import Node
from tests.browser import chromium
from tests.collect.javascript import Modules
from tests.collect.vectors import Case, agree, as_tree, names, there
from tests.expressions import test_functions as examples
from tests.expressions import test_robustness as robustness
from tests.expressions.known_differences import KNOWN

VECTORS = Path(__file__).parents[3] / "shared" / "xpath-vectors.json"
TRUTHS = ("relevant", "constraint", "required")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(chromium.missing()), reason="no Chromium on this machine"),
]


def different(modules: Modules, cases: list[Case]) -> list[Any]:
    """The cases in which the two do not agree."""
    expected = [(case, here) for case in cases if (here := case.here()) is not None]
    given = there(modules, [case for case, _ in expected])
    return [
        (to_data(case.tree), case.node.path, here, found)
        for (case, here), found in zip(expected, given, strict=True)
        if not agree(here, found)
    ]


def test_every_example_of_every_function(modules: Modules, data: Node, places: Node) -> None:
    tables = (examples.TEXTS, examples.TRUTHS, examples.NUMBERS, examples.NODES)
    texts = [text for table in (*tables, examples.DATES, examples.SELECTS) for text, _ in table]
    texts += ["random()", "uuid()", "uuid(25)", "randomize(/data/kid/toy)", "once('new')"]
    texts += [f"randomize(/data/kid/toy, {seed})" for seed in (-42, 1, 33, "1 div 0")]
    cases = [Case(parse(text), data, {"places": places}) for text in texts]
    assert different(modules, cases) == []


PATTERNS = [
    r"[\w-\.]+", r"[.-\w]+", r"^\d{3}$", r"08\d{8,11}", r"\+62\d+", r"[^\s]+", r"a{,2}", r"\p{L}+",
    r"\pL\PL", r"[[:alpha:]]+", r"(?i)abc", r"a|b|cd", r"\Qa.b\E", r"(?P<x>a)b", r"[a\]]+", r"[]a]",
    r"\x41\x{1F600}", r"é\é", r"a.c", r"[^@\s]+@[^@\s]+\.[a-z]{2,}", r"\\", r"a\-b", r"\'\"", r"}{",
    r"\bab\b", r"[\d\-]+", r".{3}", r"(a+)+$", r"\u00e9", r"[\x00-\x7F]*", r"a\Z", r"\/x", r"[a-]",
]  # fmt: skip
SUBJECTS = [
    "", "abc", "ABC", "a.b", "a-b", "08123456789", "+62812", "x@y.id", "é", "éé", "aaa!", "A😀",
    "😀bc", "ab", "a\nc", "a]", "\\", "}{", "a{,2}", "'\"", "d9", "/x", "a\u00a0b",
]  # fmt: skip


def test_patterns_mean_what_re2_means(modules: Modules, data: Node) -> None:
    cases = [
        Case(parse(f"regex(/data/name, {quoted(pattern)})"), node)
        for pattern in PATTERNS
        for node in (Node.from_data("data", {"name": subject}) for subject in SUBJECTS)
    ]
    assert different(modules, cases) == []


def quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else "concat('" + text.replace("'", "', \"'\", '") + "')"


def test_random_expressions(modules: Modules) -> None:
    cases: list[Case] = []

    @settings(max_examples=800, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(robustness.trees, st.sampled_from(robustness.AT))
    def collect(tree: Tree, node: Node) -> None:
        case = Case(tree, node, {"places": robustness.PLACES})
        if "\\ud" not in json.dumps(to_data(tree)):  # lone surrogates cannot be sent
            cases.append(case)

    collect()
    assert len(cases) > 500
    assert different(modules, cases) == []


def test_random_dates_and_numbers(modules: Modules) -> None:
    rng = Random(11)
    years = [2026, *(rng.randint(1, 9999) for _ in range(5))]
    days = [f"{rng.choice(years)}-{rng.randint(1, 13)}-{rng.randint(0, 31)}" for _ in range(60)]
    clocks = [f"{rng.randint(0, 24)}:{rng.randint(0, 60):02}:30.5" for _ in days]
    moments = [f"{d}T{c}+0{rng.randint(0, 9)}:30" for d, c in zip(days, clocks, strict=True)]
    texts = [
        f"{name}('{value}')"
        for value in (*days, *moments)
        for name in ("number", "date", "date-time", "decimal-date-time", "decimal-time")
    ]
    pattern = "%Y %y %m %n %b %d %e %a %H %h %M %S %3"
    texts += [f"format-date-time('{value}', '{pattern}')" for value in (*days, *moments)]
    for number in [rng.uniform(-1e6, 1e6) for _ in range(60)]:
        texts += [f"round({number:.6f}, {places})" for places in (-2, 0, 1, 2, 5)]
        texts += [f"{name}({number:.4f})" for name in ("date", "date-time", "string")]
    root = Node.from_data("data", {"a": ""})
    assert different(modules, [Case(parse(text), root) for text in texts]) == []


@pytest.mark.skipif(not VECTORS.exists(), reason=f"{VECTORS} is not here")
def test_vectors(modules: Modules) -> None:
    vectors = json.loads(VECTORS.read_text())
    cases, wanted = [], []
    for case in vectors["cases"]:
        root = Node.from_xml(case["instance"])
        for evaluation in case["evaluations"]:
            node = root.find(evaluation["context"])
            assert node is not None
            cases.append({"tree": to_data(parse(evaluation["expression"])), "root": as_tree(root),
                          "at": list(root.walk()).index(node)})  # fmt: skip
            wanted.append((case["form"], evaluation))
    here = {"now": vectors["now"], "zone": vectors["timezone"], "names": names("en")}
    kinds = [evaluation["kind"] in TRUTHS for _, evaluation in wanted]
    found = modules.run("vectors", {**here, "cases": cases, "kinds": kinds})
    wrong = {
        (form, evaluation["context"], evaluation["expected"]): given
        for (form, evaluation), given in zip(wanted, found, strict=True)
        if given != evaluation["expected"]
    }
    assert wrong == {key: given for key, (given, _) in KNOWN.items()}
