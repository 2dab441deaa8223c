"""The direction of imports: a room sees only rooms on lower lines (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tocsin

SOURCE = Path(tocsin.__file__).parent

LINES = (
    {"errors"},
    {"records"},
    {"text", "fetch"},
    {"when", "where", "how_many", "who"},
    {"read", "extract", "ground", "resolve", "fuse", "store", "review", "people", "publish"},
    {"config", "log", "corpus", "area"},
    {"pipeline"},
    {"train", "desk", "watch", "alert", "snapshot", "notebook"},
    {"api"},
    {"web"},
    {"cli", "__main__"},
)
"""Lowest first. Rooms on one line do not import each other, but for those named in SAME_LINE."""

SAME_LINE = {("__main__", "cli")}


def line_of(room: str) -> int:
    for number, rooms in enumerate(LINES):
        if room in rooms:
            return number
    raise AssertionError(f"room {room!r} stands on no line: add it to docs/architecture.md")


def imports(path: Path) -> Iterator[str]:
    """Rooms that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = (
                [f"tocsin.{alias.name}" for alias in node.names]
                if node.module == "tocsin"
                else [node.module]
            )
        for name in names:
            parts = name.split(".")
            if parts[0] == "tocsin" and len(parts) > 1 and not parts[1].startswith("__v"):
                yield parts[1]


def test_the_front_door_loads_nothing() -> None:
    command = "import sys, tocsin; print([m for m in sys.modules if m.startswith('tocsin.')])"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


MODULES = sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_downwards(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert set(imports(path)) <= {"notebook"}, "the front door leads to the record in Python"
        return
    for other in imports(path):
        if other != room and (room, other) not in SAME_LINE:
            assert line_of(other) < line_of(room), f"{room} may not import {other}"


def test_every_room_is_on_the_map() -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    for room in {room_of(path) for path in MODULES} - {"__init__", "__main__"}:
        assert f"`{room}`" in page, f"docs/architecture.md does not name {room}"
