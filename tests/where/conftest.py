"""One gazetteer for all tests of the room: it is read-only."""

from __future__ import annotations

import pytest

from tocsin.where import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()
