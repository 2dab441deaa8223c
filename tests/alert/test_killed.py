"""Processes that alert are killed at many moments, their receiver fails at others: no alert is lost
and none is told twice under two keys."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alert.processes import STATES
from tests.alert.servers import Hook, hook_server
from tocsin.store import MessageState, open_store
from tocsin.store.config import StoreSettings

ROOT = Path(__file__).parents[2]
KILLS = 30
DEADLINE_S = 120


class Nursery:
    """The process that starts the processes that are killed."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.alert.processes"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def alert(self, path: Path, hook: Hook, hours: int, kill_after_s: float | None) -> bool:
        """Let a child work; kill it so long after it began. True where it was killed in time."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"alert {path} {hook.port} {hours}\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            what, *rest = line.split()
            if what == "started" and kill_after_s is not None:
                time.sleep(kill_after_s)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(rest[0]), signal.SIGKILL)
            elif what == "ended":
                assert int(rest[0]) in ({0} if kill_after_s is None else {0, signal.SIGKILL})
                return int(rest[0]) == signal.SIGKILL
        raise AssertionError("the nursery is gone")

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(DEADLINE_S) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    started = Nursery()
    yield started
    started.close()


@pytest.mark.slow
def test_killed_while_alerting(nursery: Nursery, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    killed = 0
    with hook_server() as hook:
        for kill in range(KILLS):
            # Each third child meets a receiver that fails: an error, or a connection that breaks
            # after it took the message, so that only the key tells that it has it.
            hook.answers = [500, 0, None][kill % 3 :] if kill % 3 == 0 else []
            killed += nursery.alert(path, hook, kill, 0.004 + kill % 15 * 0.008)
        hook.answers = []
        for hours in range(KILLS, KILLS + 24):
            nursery.alert(path, hook, hours, None)
        with open_store(str(path), StoreSettings()) as store:
            assert store.check(records=True) == []
            assert store.outbox.last_position() == STATES
            alerts = {one.id for one in store.outbox.alerts(limit=10_000)}
            assert len(alerts) == STATES, "each snapshot raises one toll"
            assert store.outbox.waiting() == []
            assert {m.state for m in store.outbox.messages(limit=10_000)} == {MessageState.SENT}
        told = Counter(a["id"] for message in hook.taken.values() for a in message["alerts"])
    assert set(told) == alerts, "lost"
    assert set(told.values()) == {1}, "told under two keys"
    assert killed > KILLS // 4
