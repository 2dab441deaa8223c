"""A fresh world for each test, and the parts of the pipeline opened once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.watch.world import Clock, Site, World
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.pipeline import Parts


@pytest.fixture(scope="session")
def parts() -> Parts:
    return Parts.open(Settings(extract=ExtractSettings(reader="rules")))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = Clock()
    site = Site(clock)
    yield World(site, clock, tmp_path / "store.db")
    site.close()
