"""The command in this very process: as a user calls it, without the start of an interpreter."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from tocsin.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a command wrote."""

    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture(scope="session")
def tocsin() -> Command:
    """`tocsin(*arguments, code=0)`: runs, checks the exit code, returns what was written."""

    def call(*arguments: object, code: int = 0) -> Done:
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in [name for name in os.environ if name.startswith("TOCSIN_")]:
                patch.delenv(name)
            # What is decided is tested here, and not what is read: by the faster reader.
            patch.setenv("TOCSIN_EXTRACT__READER", "rules")
            patch.setenv("COLUMNS", "200")
            patch.setenv("NO_COLOR", "1")
            patch.setattr(sys, "argv", ["tocsin", *map(str, arguments)])
            try:
                main()
                left = 0
            except SystemExit as end:
                left = int(end.code or 0)
        out.seek(0)
        written = out.read()
        assert left == code, f"exit {left}\n{written}\n{err.getvalue()}"
        return Done(written, err.getvalue())

    return call


@pytest.fixture(scope="session")
def record(tocsin: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the shipped corpus. Tests only read it."""
    db = tmp_path_factory.mktemp("record") / "record.db"
    tocsin("demo", "--db", db, "--quiet")
    return db
