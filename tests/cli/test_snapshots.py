"""`tocsin snapshot`: create, verify, diff and load, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Command


def rows(tocsin: Command, db: Path) -> list[Any]:
    """The incidents of a store without the store's own dates."""
    told = [
        json.loads(line)
        for line in tocsin("incidents", "--db", db, "-f", "jsonl").stdout.splitlines()
    ]
    for row in told:
        del row["first_seen"], row["last_changed"]
    return told


def test_a_release_is_made_checked_and_loaded(
    tocsin: Command, record: Path, tmp_path: Path
) -> None:
    path = tmp_path / "whole.zip"
    done = tocsin("snapshot", "create", path, "--db", record, "--name", "Made up", "--as", "7.1",
                  "--with-texts")  # fmt: skip
    assert done.stdout.startswith("Made up 7.1")
    checked = tocsin("snapshot", "verify", path).stdout
    assert done.stdout.strip() in checked
    assert checked.endswith("sound\n")
    again = tmp_path / "again.db"
    tocsin("snapshot", "load", path, "--db", again)
    assert rows(tocsin, again) == rows(tocsin, record)
    assert "not empty" in tocsin("snapshot", "load", path, "--db", again, code=3).stderr
    assert "is there already" in tocsin("snapshot", "create", path, "--db", record, code=3).stderr


def test_two_releases_are_set_side_by_side(tocsin: Command, record: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    tocsin("snapshot", "create", old, "--db", record, "--as-of", "2001-01-01")
    tocsin("snapshot", "create", new, "--db", record)
    count = len(rows(tocsin, record))
    told = tocsin("snapshot", "diff", old, new).stdout.splitlines()
    assert told[-1] == f"{count} added, 0 removed, 0 changed, 0 with other evidence alone"
    lines = tocsin("snapshot", "diff", new, old, "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"removed"}
    same = tocsin("snapshot", "diff", new, new).stdout
    assert same == "0 added, 0 removed, 0 changed, 0 with other evidence alone\n"
    tocsin("snapshot", "diff", old, new, "--format", "xml", code=2)


def test_what_is_damaged_is_refused(tocsin: Command, record: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    tocsin("snapshot", "create", path, "--db", record)
    path.write_bytes(path.read_bytes()[:-200])
    assert "no snapshot" in tocsin("snapshot", "verify", path, code=3).stderr
