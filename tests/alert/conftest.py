"""Stores and clocks, as for the tests of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.alert.factory import NOW
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    at: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += dt.timedelta(**by)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path, clock: HandClock) -> Iterator[Store]:
    with open_store(str(path), StoreSettings(busy_timeout_s=10), clock=clock) as opened:
        yield opened
        assert opened.check() == []
