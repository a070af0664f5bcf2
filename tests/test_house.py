"""The house of DESIGN.md: imports point one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GROUND = {"languages", "markup", "settings"}
"""What any part that speaks to people may use."""

MAY_IMPORT = {
    "questionnaire": set(),
    "responses": set(),
    "published": {"questionnaire", "responses"},
    "catalogue": {"questionnaire", "responses", "published"},
    "summaries": {"questionnaire", "responses", "published", *GROUND},
    "exchange": {"questionnaire", "responses", "published", "summaries", *GROUND},
    "stores": {"responses", "settings"},
    "accounts": {"responses", *GROUND},
}
"""Every part below the blueprints; the blueprints may use all of them."""


def imported(path: Path) -> Iterator[str]:
    """The parts of ``app`` that a module imports, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "app":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            names = (alias.name.split(".") for alias in node.names)
            yield from (name[1] for name in names if name[0] == "app" and len(name) > 1)


def modules(part: str) -> list[Path]:
    folder = ROOT / "app" / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_point_one_way(part: str) -> None:
    found = {
        f"{path.relative_to(ROOT)} imports app.{name}"
        for path in modules(part)
        for name in imported(path)
        if name not in MAY_IMPORT[part] | {part}
    }
    assert found == set()


@pytest.mark.parametrize("outside", ["flask", "flask_babel", "time", "socket", "tinydb"])
def test_the_questionnaire_knows_no_web_no_store_and_no_clock(outside: str) -> None:
    for path in modules("questionnaire"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert outside not in (name.split(".")[0] for name in names), path
