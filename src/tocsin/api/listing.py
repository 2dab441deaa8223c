"""Pages of incidents, and the whole of a selection at a glance: points and a histogram of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.api.paging import Page, position_cursor, position_of
from tocsin.api.query import Order, Selection
from tocsin.records import Incident
from tocsin.records.vocab import PlacePrecision
from tocsin.store import IncidentSummary, Listing, ListPosition, StoredIncident, StoreView

CHUNK = 200
"""Incidents read at once where each must be asked."""
MAX_ASKED = 10_000
"""Incidents asked for one page at most: then the page ends short, with a cursor to go on."""
MAX_POINTS = 20_000
"""Points drawn at most, the newest: what is left out is counted and said."""


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
    chunk = CHUNK if selection.tests else limit + 1
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


def summary_of(stored: StoredIncident) -> IncidentSummary:
    """An incident in short, as the store gives it from its columns."""
    incident = stored.incident
    date = incident.date.value if incident.date else None
    place = incident.place.value if incident.place else None
    return IncidentSummary(
        id=incident.id,
        title=incident.title,
        type=incident.type.value,
        status=incident.status,
        first_day=date.first_day if date else None,
        last_day=date.last_day if date else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else None,
        uncertainty_km=place.uncertainty_km if place else None,
        lineages=incident.corroboration.lineages,
        last_changed=stored.last_changed,
    )


def is_on_map(one: IncidentSummary) -> bool:
    """True where a point says something: the middle of a country is no place of an incident."""
    return one.lat is not None and one.precision not in {
        PlacePrecision.COUNTRY,
        PlacePrecision.UNKNOWN,
    }


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole selection at a glance."""

    total: int
    days: tuple[dt.date, ...]
    """The first known day of each dated incident, in order."""
    points: tuple[IncidentSummary, ...]
    """Those a map can show, newest first, at most MAX_POINTS."""
    left_out: int
    """Those a map could show beyond that."""

    @property
    def undated(self) -> int:
        """Incidents without any day."""
        return self.total - len(self.days)

    @property
    def unplaced(self) -> int:
        """Incidents placed nowhere, or only in a country: in the list, and not on the map."""
        return self.total - len(self.points) - self.left_out


def overview(store: StoreView, selection: Selection) -> Overview:
    """Read the whole selection once, briefly where the store alone can tell what passes."""
    if selection.tests:
        oldest_first = [summary_of(stored) for stored in all_incidents(store, selection)]
    else:
        oldest_first = list(store.summaries(selection.chosen, as_of=selection.as_of))
    days = tuple(day for day in (one.position.day for one in oldest_first) if day is not None)
    dated = oldest_first[: len(days)]
    located = [one for one in (*reversed(dated), *oldest_first[len(days) :]) if is_on_map(one)]
    return Overview(
        total=len(oldest_first),
        days=days,
        points=tuple(located[:MAX_POINTS]),
        left_out=max(0, len(located) - MAX_POINTS),
    )
