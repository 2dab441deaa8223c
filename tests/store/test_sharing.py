"""Two processes read while one writes; a second writer waits, then says so."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.store.factory import kept
from tests.store.test_killed import Nursery
from tocsin.errors import StoreBusy
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

ARTICLES = 60


def test_two_processes_read_while_one_writes(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "store.db"
    readers = [Nursery(), Nursery()]
    try:
        with open_store(str(path), settings) as store:
            store.keep(kept(0))
            saying = [reader.lines() for reader in readers]
            for reader, lines in zip(readers, saying, strict=True):
                assert reader.process.stdin is not None
                reader.process.stdin.write(f"read {path} {ARTICLES}\n")
                reader.process.stdin.flush()
                while next(lines) != ["reading"]:
                    pass
            for number in range(1, ARTICLES):
                store.keep(kept(number))
                time.sleep(0.002)
        for lines in saying:
            assert int(next(lines)[1]) > 3, "it saw the store grow"
            assert next(lines) == ["ended", "0"]
    finally:
        for reader in readers:
            reader.close()


@pytest.fixture
def hold(path: Path, settings: StoreSettings) -> sqlite3.Connection:
    """Another writer in the middle of its transaction."""
    open_store(str(path), settings).close()
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_second_writer_gives_up_after_its_wait(path: Path, hold: sqlite3.Connection) -> None:
    with open_store(str(path), StoreSettings(busy_timeout_s=0.2)) as store:
        began = time.monotonic()
        with pytest.raises(StoreBusy, match="another process"):
            store.keep(kept(1))
        assert 0.15 < time.monotonic() - began < 3
        assert store.article("art_0001") is None, "reading goes on"
        hold.execute("ROLLBACK")
        store.keep(kept(1))
    hold.close()


def test_a_second_writer_waits_its_turn(path: Path, hold: sqlite3.Connection) -> None:
    with open_store(str(path), StoreSettings(busy_timeout_s=20)) as store:
        timer = threading.Timer(0.2, hold.execute, ["COMMIT"])
        timer.start()
        store.keep(kept(1))
        timer.join()
    hold.close()


def test_two_may_create_one_store_at_once(path: Path, settings: StoreSettings) -> None:
    failures: list[BaseException] = []

    def create(number: int) -> None:
        try:
            with open_store(str(path), settings) as store:
                store.keep(kept(number))
        except BaseException as error:  # noqa: BLE001 (reported by the main thread)
            failures.append(error)

    threads = [threading.Thread(target=create, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_store(str(path), settings) as store:
        assert store.counts().articles == 4
        assert store.check() == []


def test_a_reader_keeps_its_state_while_the_writer_goes_on(
    path: Path, settings: StoreSettings
) -> None:
    with open_store(str(path), settings) as store:
        store.keep_many([kept(n) for n in range(5)])
        reading = store.articles()
        first = next(reading)
        store.keep_many([kept(n) for n in range(5, 10)])
        assert [first.id, *(article.id for article in reading)] == [f"art_{n:04}" for n in range(5)]
