"""Every input that a fuzzer ever broke something with, and every seed, keeps the promise now."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.fuzz import TARGETS
from fuzz.promise import timed

FOUND = Path(__file__).with_name("found")


def inputs(target: str) -> list[bytes]:
    found = sorted((FOUND / target).glob("*"))
    return [*import_module(f"fuzz.{target}").SEEDS, *(path.read_bytes() for path in found)]


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_is_mended(target: str) -> None:
    check = timed(import_module(f"fuzz.{target}").check)
    for data in inputs(target):
        check(data)


def test_every_find_has_a_target() -> None:
    assert {path.name for path in FOUND.glob("*")} <= set(TARGETS)
