"""One catalogue for all tests of the room: it is immutable."""

from __future__ import annotations

import pytest

from tocsin.who import ActorCatalogue


@pytest.fixture(scope="session")
def catalogue() -> ActorCatalogue:
    return ActorCatalogue.open()
