"""A process that keeps articles is killed at many moments: what it said it kept is there, whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.factory import contents
from tests.store.processes import BATCH, batches_of, is_pair
from tocsin.records import Report
from tocsin.store import KeepOutcome, Kept, Store, open_store
from tocsin.store.config import StoreSettings

ROOT = Path(__file__).parents[2]
ARTICLES = 80
KILLS = 26
DEADLINE_S = 60


class Nursery:
    """The process that starts the processes that are killed."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.processes"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def lines(self) -> Iterator[list[str]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield line.split()

    def keep_and_kill(self, path: Path, after: int | None, delay_s: float) -> list[tuple[str, str]]:
        """(id, sha256) of what a child said it kept before it was killed.

        It is killed `delay_s` after its `after`-th word (0: after it began to open the store);
        `after` None lets it end by itself.
        """
        assert self.process.stdin is not None
        self.process.stdin.write(f"keep {path} {ARTICLES}\n")
        self.process.stdin.flush()
        child, said, is_killed = 0, [], False
        for words in self.lines():
            if words[0] == "started":
                child = int(words[1])
            elif words[0] == "kept":
                said.append((words[1], words[2]))
            elif words[0] == "ended":
                ended = int(words[1])
                assert ended == (signal.SIGKILL if is_killed else 0)
                break
            is_opening = words[0] != "started"
            if is_opening and after is not None and len(said) >= after and not is_killed:
                time.sleep(delay_s)
                os.kill(child, signal.SIGKILL)
                is_killed = True
        return said

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(DEADLINE_S) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    started = Nursery()
    yield started
    started.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The contents of a store that was never disturbed."""
    path = tmp_path_factory.mktemp("whole") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        for batch in batches_of(ARTICLES):
            store.keep_many(batch, is_copy=is_pair)
        return contents(store)


VERSIONS: dict[tuple[str, str], Kept] = {
    (one.article.id, one.article.sha256): one for batch in batches_of(ARTICLES) for one in batch
}


def assert_whole(store: Store, said: list[tuple[str, str]]) -> None:
    """Everything said is kept; everything kept is complete; nothing else is there."""
    assert store.check() == []
    there = {}
    for article in store.articles():
        versions = store.article_versions(article.id)
        assert versions[-1].article == article
        for version in versions:
            one = VERSIONS[article.id, version.article.sha256]
            assert version.article == one.article
            there[article.id, version.article.sha256] = one
        current = VERSIONS[article.id, article.sha256]
        assert store.extraction(article.id) == current.extraction
        assert article.id in store.band_matches(current.lineage_bands)
    assert set(said) <= there.keys()
    current_reports = {r.id for a in store.articles() for r in _reports(store, a.id)}
    assert set(store.all_report_ids()) == current_reports
    assert {c.report.id for c in store.unresolved()} == current_reports
    assert {c.report.id for c in store.reports_sharing(["all"])} == current_reports
    found = {hit.article_id for hit in store.search_articles("depot", ARTICLES * 2)}
    assert found == {article.id for article in store.articles()}
    lineages = store.lineage_of(found)
    for id_, lineage in lineages.items():
        twin = f"art_{int(id_.removeprefix('art_')) ^ 1:04}"
        assert lineages.get(twin, lineage) == lineage


def _reports(store: Store, article_id: str) -> tuple[Report, ...]:
    extraction = store.extraction(article_id)
    assert extraction is not None
    return extraction.reports


def test_killed_while_keeping(
    nursery: Nursery, tmp_path: Path, whole: dict[str, object], settings: StoreSettings
) -> None:
    path = tmp_path / "store.db"
    moments: set[int] = set()
    for kill in range(KILLS):
        # Each child starts over the same list: what is there is passed over, then a little more
        # is kept. Delays sweep a whole transaction, commit and all.
        reached = len(moments) and max(moments)
        said = nursery.keep_and_kill(path, reached + 1 + kill % 2, kill % 10 * 0.0004)
        moments.add(len(said))
        with open_store(str(path), settings) as store:
            assert_whole(store, said)
    assert len(moments) > KILLS // 2, "the kills came at different moments"
    assert max(moments) < len(VERSIONS), "and none after the end"
    said = nursery.keep_and_kill(path, None, 0)
    assert set(said) == VERSIONS.keys()
    with open_store(str(path), settings) as store:
        assert_whole(store, said)
        assert contents(store) == whole
        every = [one for batch in batches_of(ARTICLES) for one in batch]
        assert set(store.keep_many(every)) == {KeepOutcome.UNCHANGED}


def test_killed_while_creating(nursery: Nursery, tmp_path: Path, settings: StoreSettings) -> None:
    had_tables = set()
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.db"
        said = nursery.keep_and_kill(path, 0, kill * 0.005)
        had_tables.add(path.exists() and path.stat().st_size > 0)
        with open_store(str(path), settings) as store:
            assert_whole(store, said)
    assert had_tables == {False, True}, "kills came before and after the first commit"


def test_a_batch_is_never_seen_in_part(nursery: Nursery, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    for kill in range(8):
        nursery.keep_and_kill(path, 4 + kill * 5, kill * 0.0004)
        with sqlite3.connect(path) as connection:
            times = dict(
                connection.execute(
                    "SELECT recorded_at, count(*) FROM article_versions GROUP BY recorded_at"
                )
            )
        connection.close()
        assert set(times.values()) <= {1, BATCH}
