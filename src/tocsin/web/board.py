"""The board: filters, a histogram, a map and a list of the incidents that pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.api.clusters import Points
from tocsin.api.histogram import Bar, Histogram, histogram
from tocsin.api.incidents import seen
from tocsin.api.listing import Overview, incident_page
from tocsin.api.paging import Page
from tocsin.api.pool import StorePool
from tocsin.api.query import IncidentListQuery, Order
from tocsin.publish.phrasing import (
    NOT_STATED,
    date_cell,
    day_words,
    plain,
    quantity_cell,
)
from tocsin.publish.table import ROLE_MARKS, status_words
from tocsin.publish.wording import spaced
from tocsin.records import Incident
from tocsin.records.vocab import ActorRole, IncidentStatus, IncidentType, WeaponType
from tocsin.store import StoredIncident, StoreView
from tocsin.web.rendering import incident_href, utc_words

CHART_WIDTH = 960
CHART_HEIGHT = 96
MIN_BAR_HEIGHT = 3.0
"""A bar of one must be seen beside one of thousands."""
BAR_GAP = 0.15
"""Share of a bar's room left free."""

CHIP_NAMES = {
    "since": "from",
    "until": "until",
    "min_lineages": "origins at least",
    "as_of": "as known on",
    "bbox": "in the box",
    "near": "near",
    "polygon": "in the polygon",
    "recaps": "with recaps",
    "text": "words",
}


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar as drawn, and the address that narrows the board to its days."""

    x: float
    y: float
    width: float
    height: float
    bar: Bar
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of the list."""

    id: str
    href: str
    day: str
    utc: str | None
    title: str
    killed: str
    injured: str
    who: str
    origins: str
    status: str
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    name: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything the board shows."""

    query: IncidentListQuery
    rows: tuple[Row, ...]
    page: Page[StoredIncident]
    overview: Overview
    histogram: Histogram
    bars: tuple[ChartBar, ...]
    chips: tuple[Chip, ...]
    next_href: str | None
    first_href: str | None
    clusters_href: str
    list_href: str
    bounds: str
    """The box around all points, as the map wants it (JSON); empty where there are none."""
    export_href: str
    is_empty_store: bool
    mark: int
    types: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    weapons: tuple[tuple[str, str], ...]


def board_view(pool: StorePool, store: StoreView, query: IncidentListQuery) -> BoardView:
    """Gather the board. Raises BadParameter for a cursor of another question."""
    mark = store.record_mark()
    found = seen(pool, store, query)
    page = incident_page(store, query.selection(), query.order, query.cursor, query.limit)
    counted = histogram(found.days)
    return BoardView(
        query=query,
        rows=tuple(row(stored.incident, query.as_of) for stored in page.items),
        page=page,
        overview=found,
        histogram=counted,
        bars=tuple(chart(counted, query)),
        chips=tuple(chips(query)),
        next_href=board_href(query, cursor=page.next_cursor) if page.next_cursor else None,
        first_href=board_href(query) if query.cursor else None,
        clusters_href=f"/api/v1/incidents/clusters{query.query_string()}",
        list_href=f"/api/v1/incidents{query.query_string()}",
        bounds=bounds_json(found.points),
        export_href=f"/api/v1/exports/incidents.csv{query.query_string()}",
        is_empty_store=found.total == 0 and store.counts().articles == 0,
        mark=mark,
        types=_choices(IncidentType),
        statuses=_choices(IncidentStatus),
        roles=_choices(ActorRole),
        weapons=_choices(WeaponType),
    )


def _choices(
    kind: type[IncidentType] | type[IncidentStatus] | type[ActorRole] | type[WeaponType],
) -> tuple[tuple[str, str], ...]:
    """Values of an enumeration with their words, for a select."""
    return tuple((member.value, spaced(member.value)) for member in kind)


def board_href(query: IncidentListQuery, **changes: str | None) -> str:
    """The address of the board with these filters, some changed; pages start anew."""
    kept: dict[str, str | None] = {}
    if query.order is not Order.NEWEST:
        kept["order"] = query.order.value
    return "/" + query.query_string(**{**kept, **changes})


def bounds_json(points: Points) -> str:
    """The box around points as `[west, south, east, north]`; empty where there are none."""
    if not len(points):
        return ""
    sides = (points.lon.min(), points.lat.min(), points.lon.max(), points.lat.max())
    return json.dumps([float(side) for side in sides])


def chart(counted: Histogram, query: IncidentListQuery) -> Iterator[ChartBar]:
    """The bars that hold something, scaled to the highest."""
    if not counted.bars:
        return
    room = CHART_WIDTH / len(counted.bars)
    for at, bar in enumerate(counted.bars):
        if bar.count == 0:
            continue
        height = max(MIN_BAR_HEIGHT, bar.count / counted.highest * CHART_HEIGHT)
        days = day_words(bar.first)
        if bar.last != bar.first:
            days += f" to {day_words(bar.last)}"
        yield ChartBar(
            x=round(at * room + room * BAR_GAP / 2, 2),
            y=round(CHART_HEIGHT - height, 2),
            width=round(max(room * (1 - BAR_GAP), 0.5), 2),
            height=round(height, 2),
            bar=bar,
            title=f"{days}: {bar.count} incident{'' if bar.count == 1 else 's'}",
            href=board_href(query, since=bar.first.isoformat(), until=bar.last.isoformat()),
        )


def row(incident: Incident, as_of: str | None) -> Row:
    """An incident for the list."""
    date = incident.date.value if incident.date else None
    who = (
        plain(field.value.name) + ROLE_MARKS[field.value.role]
        for field in incident.actors
        if field.value.role in ROLE_MARKS
    )
    corroboration = incident.corroboration
    return Row(
        id=incident.id,
        href=incident_href(incident.id, as_of=as_of),
        day=date_cell(date) if date else NOT_STATED,
        utc=utc_words(date) if date else None,
        title=incident.title,
        killed=quantity_cell(incident.killed),
        injured=quantity_cell(incident.injured),
        who="; ".join(dict.fromkeys(who)),
        origins=f"{corroboration.lineages} of {corroboration.articles}",
        status=status_words(incident),
        is_disputed=incident.status is IncidentStatus.DISPUTED,
    )


def chips(query: IncidentListQuery) -> Iterator[Chip]:
    """The filters in use, each with a way out."""
    for name, value in query.question():
        shown = spaced(value) if name in {"type", "status", "role", "weapon"} else value
        yield Chip(CHIP_NAMES.get(name, name), shown, board_href(query, **{name: None}))
