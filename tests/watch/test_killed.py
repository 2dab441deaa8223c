"""The watch is killed at many moments: nothing it was told of is lost, nothing needs mending."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.watch.child import KILL_FEEDS
from tests.watch.world import Clock, Site, article_page, rss
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

ROOT = Path(__file__).parents[2]
ARTICLES = 4
"""Of each feed."""
KILLS = 10
AFTER_REQUESTS = (1, 3, 4, 6, 8, 10, 11, 13, 15, 16)
"""How much the server was asked before the kill: from the first robots.txt to the last page."""


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site(Clock())
    for feed in range(KILL_FEEDS):
        numbers = range(feed * ARTICLES, (feed + 1) * ARTICLES)
        links = [made.put_tagged(f"k{feed}", f"/{n}", article_page(n)) for n in numbers]
        body = rss([(link, link[-2:]) for link in links], f"Wire {feed}")
        made.put_tagged(f"k{feed}", "/feed", body)
    yield made
    made.close()


class Nursery:
    """The process whose forks are killed."""

    def __init__(self, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.watch.child", str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout

    def start(self, path: Path) -> int:
        told, said = self._pipes()
        told.write(f"{path}\n")
        told.flush()
        return int(said.readline().split()[1])

    def ended(self) -> int:
        return int(self._pipes()[1].readline().split()[1])

    def close(self) -> None:
        told, said = self._pipes()
        told.close()
        assert self.process.wait(60) == 0
        said.close()


@pytest.fixture
def nursery(site: Site) -> Iterator[Nursery]:
    made = Nursery(site.port)
    yield made
    made.close()


@pytest.mark.slow
def test_killed_while_watching(site: Site, nursery: Nursery, tmp_path: Path) -> None:
    killed = 0
    path = tmp_path / "killed.db"
    for round_, requests in enumerate(AFTER_REQUESTS):
        before = len(site.log)
        child = nursery.start(path)
        deadline = time.monotonic() + 60
        # a later watch has less to ask for, and is killed as it takes in what was fetched
        while len(site.log) - before < requests and time.monotonic() < deadline:
            time.sleep(0.002)
            if _is_over(child):
                break
        time.sleep(round_ % 4 * 0.01)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        killed += nursery.ended() == -signal.SIGKILL
        with open_store(str(path), StoreSettings()) as store:
            assert store.check() == []
    assert killed >= KILLS // 3, "kills came in the middle"

    whole = tmp_path / "whole.db"
    for one in (path, whole):
        nursery.start(one)
        assert nursery.ended() == 0
    with (
        open_store(str(path), StoreSettings()) as disturbed,
        open_store(str(whole), StoreSettings()) as undisturbed,
    ):
        assert disturbed.counts().articles == KILL_FEEDS * ARTICLES
        assert disturbed.quarantined() == []
        assert disturbed.inbox_counts().waiting == 0
        assert list(disturbed.articles()) == list(undisturbed.articles())
        assert [s.incident for s in disturbed.incidents()] == [
            s.incident for s in undisturbed.incidents()
        ]


def _is_over(process: int) -> bool:
    """Whether a process is a zombie or gone (Linux)."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"
