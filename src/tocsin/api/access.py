"""What every route asks of the application it runs in: a store of its own, and the pool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, cast

from fastapi import Depends, Request

from tocsin.api.errors import NotFound
from tocsin.api.pool import StorePool
from tocsin.pipeline import check_tallies, with_current_relations
from tocsin.publish.contract import Json, incident_json
from tocsin.records import TallyCheck
from tocsin.store import StoredIncident, StoredTally, StoreView


def pool_of(request: Request) -> StorePool:
    """The pool the application was made with."""
    return cast("StorePool", request.app.state.pool)


def lent_store(request: Request) -> Iterator[StoreView]:
    """A store for the length of one request."""
    with pool_of(request).lend() as store:
        yield store


Pool = Annotated[StorePool, Depends(pool_of)]
LentStore = Annotated[StoreView, Depends(lent_store)]


def stored_json(store: StoreView, stored: StoredIncident) -> Json:
    """A stored incident as contract JSON, its relations pointing to what is there now."""
    return incident_json(
        with_current_relations(store, stored.incident),
        first_seen=stored.first_seen,
        last_changed=stored.last_changed,
    )


def known_incident(
    store: StoreView, incident_id: str, as_of: dt.datetime | None = None
) -> StoredIncident:
    """The incident of an id, or the one it went into. Raises NotFound."""
    stored = store.incident(incident_id, as_of=as_of)
    if stored is None:
        raise NotFound("incident", incident_id)
    return stored


TALLIES = "tallies"
MAX_CHECKED = 5_000
"""Incidents up to which every tally is checked while someone waits for another page: a second or
two. Beyond it that is left to whoever asks for the tallies themselves."""


def tally_checks(pool: StorePool, store: StoreView) -> list[tuple[StoredTally, TallyCheck]]:
    """Every aggregate claim beside the record's own count; remembered until the record changes."""
    return pool.remembered(store, TALLIES, lambda: check_tallies(store))


def has_quick_tallies(pool: StorePool, store: StoreView) -> bool:
    """True where the tally checks are known, or soon will be."""
    if pool.is_remembered(store, TALLIES):
        return True
    return pool.remembered(store, "counts", store.counts).incidents <= MAX_CHECKED
