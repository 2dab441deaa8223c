"""Stores to keep things in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.factory import SteppingClock
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings


@pytest.fixture
def settings() -> StoreSettings:
    return StoreSettings(busy_timeout_s=5)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path, settings: StoreSettings, clock: SteppingClock) -> Iterator[Store]:
    with open_store(str(path), settings, clock=clock) as opened:
        yield opened
        assert opened.check() == []
