"""The pool: a store for one at a time, and answers that are no older than the record."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.factory import kept
from tocsin.api import StorePool
from tocsin.api.access import has_quick_tallies, tally_checks
from tocsin.api.record import change_events
from tocsin.errors import StoreBusy
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings

SETTINGS = StoreSettings()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db"), SETTINGS) as store:
        yield store


@pytest.fixture
def pool(writer: Store, tmp_path: Path) -> Iterator[StorePool]:
    path = str(tmp_path / "record.db")
    made = StorePool(lambda: open_store(path, SETTINGS, create=False, read_only=True), size=2)
    yield made
    made.close()


def test_no_store_is_lent_twice(pool: StorePool) -> None:
    with pool.lend() as one, pool.lend() as other:
        assert one is not other
        with pytest.raises(StoreBusy), pool.lend(wait_s=0.01):
            pass
    with pool.lend() as again:
        assert again in {one, other}


def test_an_answer_is_kept_until_the_record_changes(pool: StorePool, writer: Store) -> None:
    asked: list[int] = []

    def count() -> int:
        asked.append(1)
        with pool.lend() as inner:
            return inner.counts().articles

    with pool.lend() as store:
        assert [pool.remembered(store, "n", count) for _ in range(3)] == [0, 0, 0]
        assert len(asked) == 1
        writer.keep(kept(1))
        assert pool.remembered(store, "n", count) == 1


def test_tallies_of_a_large_record_are_not_waited_for(
    pool: StorePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pool.lend() as store:
        assert has_quick_tallies(pool, store)
        monkeypatch.setattr("tocsin.api.access.MAX_CHECKED", -1)
        assert not has_quick_tallies(pool, store)
        tally_checks(pool, store)
        assert has_quick_tallies(pool, store)


def test_listeners_hear_of_a_change(pool: StorePool, writer: Store) -> None:
    async def listen() -> list[str]:
        events = change_events(pool, poll_s=0.01)
        heard = [await anext(events)]
        await asyncio.to_thread(writer.keep, kept(1))
        heard.append(await anext(events))
        await events.aclose()
        return heard

    # In a thread of its own: the browser tests may keep an event loop in this one.
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        first, second = elsewhere.submit(lambda: asyncio.run(listen())).result()
    assert first.startswith("event: record\ndata: ")
    assert first.endswith("\n\n")
    assert first != second
