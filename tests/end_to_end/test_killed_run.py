"""A run killed at any moment loses nothing, and the next run ends as if nothing had happened."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Tocsin, environment, lines

KILLS = 12
TOWNS = ("Mosul", "Kirkuk", "Basra", "Najaf", "Karbala", "Erbil", "Ramadi", "Tikrit")


def articles(path: Path, count: int) -> None:
    """`count` short reports of attacks on different days and towns, two outlets each."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            town, day = TOWNS[number // 2 % len(TOWNS)], 1 + number // 2 % 28
            month = 1 + number // 56
            text = (
                f"Gunmen shot dead {2 + number // 2 % 7} people in {town} on"
                f" {day} {['January', 'February', 'March', 'April'][month - 1]} 2021, police said."
                f" Residents of the {(number % 2 and 'old') or 'new'} quarter heard shots at night."
            )
            row = {
                "id": f"a{number}",
                "outlet": ("North Wire", "South Daily")[number % 2],
                "published": f"2021-{month:02d}-{day:02d}",
                "text": text,
            }
            stream.write(json.dumps(row) + "\n")


def settled(tocsin: Tocsin, db: Path) -> list[dict[str, object]]:
    """The record without the times at which it was written."""
    rows = lines(tocsin("incidents", "--db", db, "--format", "jsonl").stdout)
    for row in rows:
        del row["first_seen"], row["last_changed"]
    return rows


@pytest.mark.slow
def test_a_killed_run_loses_nothing_and_leaves_no_trace(tocsin: Tocsin, tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    articles(source, 160)
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    began = time.monotonic()
    tocsin("run", source, "--db", whole, "--quiet")
    full_s = time.monotonic() - began
    rng = random.Random(7)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tocsin", "run", source, "--db", broken, "--quiet"],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.2, full_s))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if broken.exists():
            with sqlite3.connect(broken) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()
    tocsin("run", source, "--db", broken, "--quiet")
    assert settled(tocsin, broken) == settled(tocsin, whole)
    assert settled(tocsin, whole), "the articles hold incidents"
