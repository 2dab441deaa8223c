"""Decisions outlive the process that made them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.end_to_end.conftest import Tocsin, lines

ONE, OTHER = "inc_bb0f1bf7", "inc_c1dcdfd7"
"""Two incidents of the shipped corpus that tell one attack."""


def test_a_merge_is_there_for_the_next_process_and_can_be_undone(
    tocsin: Tocsin, record: Path, tmp_path: Path
) -> None:
    db = tmp_path / "record.db"
    shutil.copy(record, db)
    merged = json.loads(tocsin("review", "merge", ONE, OTHER, "--db", db, "--json").stdout)
    shown = json.loads(tocsin("show", OTHER, "--db", db, "--json").stdout)
    assert [shown["id"]] == merged["outputs"]
    tocsin("review", "undo", merged["id"], "--db", db)
    assert json.loads(tocsin("show", OTHER, "--db", db, "--json").stdout)["id"].startswith(OTHER)
    log = lines(tocsin("review", "log", "--db", db, "--format", "jsonl").stdout)
    assert [row["kind"] for row in log] == ["merge", "undo"]
