"""Pages of incidents, and the whole of a selection at a glance: points and a histogram of days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.api.clusters import Points
from tocsin.api.paging import Page, position_cursor, position_of
from tocsin.api.query import Order, Selection
from tocsin.records import Incident
from tocsin.store import (
    NO_POINT,
    IncidentSummary,
    Listing,
    ListPosition,
    StoredIncident,
    StoreView,
)

CHUNK = 200
"""Incidents read at once where each must be asked."""
MAX_ASKED = 10_000
"""Incidents asked for one page at most: then the page ends short, with a cursor to go on."""
MAX_POINTS = 20_000
"""Points given singly at most, the newest: what is left out is counted and said."""


def incident_page(
    store: StoreView, selection: Selection, order: Order, cursor: str | None, limit: int
) -> Page[StoredIncident]:
    """The next `limit` incidents. Raises BadParameter for a cursor of another question.

    A page may be short, and still have a next one, where few of the many incidents asked pass.
    """
    question = (selection.question, order.value)
    after = position_of(cursor, question) if cursor else None
    newest_first = order is Order.NEWEST
    found: list[StoredIncident] = []
    asked = 0
    chunk = CHUNK if selection.area else limit + 1
    while True:
        listing = Listing(newest_first, after, chunk)
        read = list(store.incidents(selection.chosen, as_of=selection.as_of, listing=listing))
        for stored in read:
            if selection.holds(stored.incident):
                if len(found) == limit:
                    last = found[-1].incident
                    return Page(tuple(found), position_cursor(position(last), question))
                found.append(stored)
        asked += len(read)
        if len(read) < chunk:
            return Page(tuple(found), None)
        after = position(read[-1].incident)
        if asked >= MAX_ASKED:
            return Page(tuple(found), position_cursor(after, question))


def position(incident: Incident) -> ListPosition:
    """Where an incident stands in a listing."""
    date = incident.date.value if incident.date else None
    return ListPosition((date.first_day or date.last_day) if date else None, incident.id)


def all_incidents(store: StoreView, selection: Selection) -> Iterator[StoredIncident]:
    """Every incident of a selection, oldest first."""
    for stored in store.incidents(selection.chosen, as_of=selection.as_of):
        if selection.holds(stored.incident):
            yield stored


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole selection at a glance."""

    total: int
    days: tuple[dt.date, ...]
    """The first known day of each dated incident, in order."""
    points: Points
    """Those a map can show."""

    @property
    def undated(self) -> int:
        """Incidents without any day."""
        return self.total - len(self.days)

    @property
    def unplaced(self) -> int:
        """Incidents placed nowhere, or only in a country: in the list, and not on the map."""
        return self.total - len(self.points)


def overview(store: StoreView, selection: Selection) -> Overview:
    """Read the whole selection once, briefly."""
    found = store.glances(selection.chosen, as_of=selection.as_of)
    if selection.area is not None:
        holds = selection.area.holds
        found = [
            one
            for one in found
            if one.lon is not None and one.lat is not None
            if holds(one.lon, one.lat)
        ]
    counts = Counter(one.day for one in found)
    days: list[dt.date] = []
    for day, count in sorted((day, count) for day, count in counts.items() if day is not None):
        days += [dt.date.fromisoformat(day)] * count
    return Overview(total=len(found), days=tuple(days), points=Points.of(found))


def newest_points(store: StoreView, selection: Selection) -> list[IncidentSummary]:
    """Those a map can show, newest first, at most MAX_POINTS."""
    found = []
    newest = Listing(newest_first=True)
    for one in store.summaries(selection.chosen, as_of=selection.as_of, listing=newest):
        if one.lat is None or one.lon is None or one.precision in NO_POINT:
            continue
        if selection.area is None or selection.area.holds(one.lon, one.lat):
            found.append(one)
            if len(found) == MAX_POINTS:
                break
    return found
