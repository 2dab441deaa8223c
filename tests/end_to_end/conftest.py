"""Run the real command in a real process, as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tocsin = Callable[..., subprocess.CompletedProcess[str]]


def environment() -> dict[str, str]:
    """The caller's environment without any Tocsin setting, in UTC and UTF-8."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    return kept | {"PYTHONUTF8": "1", "COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def tocsin() -> Tocsin:
    """`tocsin(*arguments, stdin=None, code=0)`: runs, checks the exit code, returns the process."""

    def call(
        *arguments: object, stdin: str | None = None, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "tocsin", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment(),
            timeout=300,
            check=False,
        )
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return call


def lines(text: str) -> list[dict[str, Any]]:
    """The objects of JSON Lines text."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def record(tocsin: Tocsin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the shipped corpus. Tests only read it."""
    db = tmp_path_factory.mktemp("record") / "record.db"
    tocsin("demo", "--db", db, "--quiet")
    return db
