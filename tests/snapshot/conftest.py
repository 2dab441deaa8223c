"""A store of a few incidents, and snapshots of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.factory import SteppingClock, incident, kept
from tocsin.snapshot import Dataset, Snapshot, create, open_snapshot
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings

COUNT = 6
DATASET = Dataset("Attacks in Harran", "2021.1")


def fill(store: Store, count: int = COUNT) -> None:
    """`count` articles with two reports each, an incident for each article."""
    batch = [kept(number) for number in range(count)]
    store.keep_many(batch)
    told = [incident(n, *one.extraction.reports) for n, one in enumerate(batch)]
    reports = [report.id for one in batch for report in one.extraction.reports]
    store.unresolved()
    store.write_incidents(told, gone={}, resolved_report_ids=reports)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "a.db"), StoreSettings(), clock=SteppingClock()) as opened:
        fill(opened)
        yield opened


Frozen = Callable[..., Snapshot]


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Frozen]:
    """`frozen(store, name, **options)`: a snapshot, opened, and closed at the end."""
    opened: list[Snapshot] = []

    def make(store: Store, name: str = "one", **options: object) -> Snapshot:
        path = tmp_path / f"{name}.zip"
        create(store, path, DATASET, **options)  # type: ignore[arg-type]
        opened.append(open_snapshot(path))
        return opened[-1]

    yield make
    for snapshot in opened:
        snapshot.__exit__(None, None, None)
