"""The tests that docs/invariants.md names are there, and every test of this folder is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)))


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_is_there(path: str, name: str) -> None:
    assert name in names_in(ROOT / path)


def test_every_test_of_this_folder_is_named() -> None:
    named = {name for _, name in NAMED}
    own = (p for p in Path(__file__).parent.glob("test_*.py") if p != Path(__file__))
    assert {name for path in own for name in names_in(path)} <= named
