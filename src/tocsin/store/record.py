"""Incidents on their way out of the tables: now, or as they were at a given instant.

Both questions are one query over snapshots; only the choice of each incident's snapshot differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from tocsin.records import Incident
from tocsin.records.codec import from_json
from tocsin.records.vocab import IncidentStatus, IncidentType, PlacePrecision
from tocsin.store import schema
from tocsin.store.base import (
    IncidentFilter,
    IncidentSummary,
    IncidentVersion,
    Listing,
    ListPosition,
    StoredIncident,
)
from tocsin.store.logs import known_decisions
from tocsin.store.rows import ids_of
from tocsin.store.search import SearchIndex

_H = schema.incident_history.c

_listed_day = func.coalesce(_H.first_day, _H.last_day)
"""The day an incident is listed under; NULL where it has none."""

MAX_FORWARDS = 1_000
"""Steps followed from an id to where it went: far more than any real chain, so that a ring ends."""


def _snapshot_keys(as_of: dt.datetime | None) -> Select[int]:
    """Of each incident the key of its snapshot: the last one, or the last one by `as_of`."""
    if as_of is None:
        return select(schema.incidents.c.history_key)
    return select(func.max(_H.key)).where(_H.recorded_at <= as_of).group_by(_H.incident_id)


def _conditions(chosen: IncidentFilter, index: SearchIndex) -> list[ColumnElement[bool]] | None:
    """What a snapshot must fulfil; None where nothing can."""
    wanted: list[ColumnElement[bool]] = []
    if chosen.since is not None or chosen.until is not None:
        wanted.append(or_(_H.first_day.is_not(None), _H.last_day.is_not(None)))
    if chosen.since is not None:
        wanted.append(or_(_H.last_day.is_(None), _H.last_day >= chosen.since))
    if chosen.until is not None:
        wanted.append(or_(_H.first_day.is_(None), _H.first_day <= chosen.until))
    if chosen.country is not None:
        wanted.append(_H.country == chosen.country)
    if chosen.type is not None:
        wanted.append(_H.type == chosen.type.value)
    if chosen.status is not None:
        wanted.append(_H.status == chosen.status.value)
    elif chosen.id_prefix is None:
        wanted.append(_H.status != IncidentStatus.REJECTED.value)
    if chosen.min_lineages > 0:
        wanted.append(_H.lineages >= chosen.min_lineages)
    if chosen.id_prefix is not None:
        wanted.append(_H.incident_id.startswith(chosen.id_prefix, autoescape=True))
    if chosen.bbox is not None:
        box = chosen.bbox
        wanted.append(_H.key.in_(index.snapshots_within(box)))
        wanted.append(_H.lat.between(box.south, box.north))
        sides = (_H.lon >= box.west, _H.lon <= box.east)
        wanted.append(and_(*sides) if box.west <= box.east else or_(*sides))
    if chosen.text is not None:
        found = index.snapshots_with(chosen.text)
        if found is None:
            return None
        wanted.append(_H.key.in_(found))
    return wanted


def _ordered(
    chosen: IncidentFilter, as_of: dt.datetime | None, index: SearchIndex, listing: Listing
) -> Select[int] | None:
    """Keys of the snapshots asked for, in the listing's order; None where nothing can pass."""
    conditions = _conditions(chosen, index)
    if conditions is None:
        return None
    if listing.after is not None:
        conditions.append(_beyond(listing.after, newest_first=listing.newest_first))
    query = select(_H.key).where(
        _H.key.in_(_snapshot_keys(as_of)), _H.record.is_not(None), *conditions
    )
    return query.order_by(*_order(listing)).limit(listing.limit)


def _order(listing: Listing) -> tuple[ColumnElement[Any], ...]:
    day = _listed_day.desc() if listing.newest_first else _listed_day.asc()
    return day.nulls_last(), _H.incident_id


def _beyond(after: ListPosition, *, newest_first: bool) -> ColumnElement[bool]:
    """What comes after a position; the undated come after every day."""
    same_day = _listed_day.is_not_distinct_from(after.day)
    beyond = and_(same_day, _H.incident_id > after.incident_id)
    if after.day is None:
        return beyond
    further = _listed_day < after.day if newest_first else _listed_day > after.day
    return or_(further, beyond, _listed_day.is_(None))


def stored_incidents(
    connection: Connection,
    chosen: IncidentFilter,
    as_of: dt.datetime | None,
    index: SearchIndex,
    listing: Listing,
) -> Iterator[StoredIncident]:
    """Incidents that pass the filter, by first day (undated last), then id."""
    keys = _ordered(chosen, as_of, index, listing)
    if keys is None:
        return
    # The keys are sorted first: sorting the records themselves would carry them all along.
    query = (
        select(_H.record, _H.first_seen, _H.recorded_at)
        .where(_H.key.in_(keys))
        .order_by(*_order(listing))
    )
    for record, first_seen, changed in connection.execution_options(yield_per=100).execute(query):
        yield StoredIncident(from_json(Incident, record), first_seen, changed)


_PLACE = ("place", "value")
_PRECISION = type_coerce(_H.record, JSON)[(*_PLACE, "precision")].as_string()
_UNCERTAINTY = type_coerce(_H.record, JSON)[(*_PLACE, "uncertainty_km")].as_float()


def incident_summaries(
    connection: Connection,
    chosen: IncidentFilter,
    as_of: dt.datetime | None,
    index: SearchIndex,
    listing: Listing,
) -> Iterator[IncidentSummary]:
    """The same incidents from their columns alone, records left unread."""
    keys = _ordered(chosen, as_of, index, listing)
    if keys is None:
        return
    query = (
        select(
            _H.incident_id,
            _H.title,
            _H.type,
            _H.status,
            _H.first_day,
            _H.last_day,
            _H.country,
            _H.lat,
            _H.lon,
            case((_H.lat.is_not(None), _UNCERTAINTY)),
            _H.lineages,
            _H.recorded_at,
            _PRECISION,
        )
        .where(_H.key.in_(keys))
        .order_by(*_order(listing))
    )
    for row in connection.execution_options(yield_per=500).execute(query):
        id_, title, type_, status, first, last, country, lat, lon, uncertainty_km, *rest = row
        lineages, changed, precision = rest
        yield IncidentSummary(
            id=id_,
            title=title,
            type=IncidentType(type_),
            status=IncidentStatus(status),
            first_day=first,
            last_day=last,
            country=country,
            lat=lat,
            lon=lon,
            precision=PlacePrecision(precision) if precision else None,
            uncertainty_km=uncertainty_km,
            lineages=lineages,
            last_changed=changed,
        )


_GREATEST = [
    select(func.coalesce(func.max(table.c.key), 0)).scalar_subquery()
    for table in (schema.incident_history, schema.extractions, schema.decisions)
]


def record_mark(connection: Connection) -> int:
    """The greatest keys of what is only ever added to, summed: it grows whenever one does."""
    return int(connection.execute(select(sum(_GREATEST[1:], _GREATEST[0]))).scalar_one())


def stored_incident(
    connection: Connection, incident_id: str, as_of: dt.datetime | None
) -> StoredIncident | None:
    """The incident of that id, or the one it went into."""
    at: str | None = incident_id
    for _ in range(MAX_FORWARDS):
        query = select(_H.record, _H.forwarded_to, _H.first_seen, _H.recorded_at).where(
            _H.incident_id == at
        )
        if as_of is not None:
            query = query.where(_H.recorded_at <= as_of)
        row = connection.execute(query.order_by(_H.number.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        if row.record is not None:
            return StoredIncident(from_json(Incident, row.record), row.first_seen, row.recorded_at)
        at = row.forwarded_to
    return None


def incident_ids(connection: Connection, beginning: str, limit: int) -> list[str]:
    """Ids with a history that begin so, sorted."""
    ids = schema.incidents.c.id
    query = select(ids).where(ids.startswith(beginning, autoescape=True)).order_by(ids).limit(limit)
    return list(connection.execute(query).scalars())


def incident_history(connection: Connection, incident_id: str) -> list[IncidentVersion]:
    """Every snapshot of the id, oldest first."""
    rows = connection.execute(
        select(_H.number, _H.recorded_at, _H.record, _H.forwarded_to, _H.causes)
        .where(_H.incident_id == incident_id)
        .order_by(_H.number)
    ).all()
    causes_of = [ids_of(row.causes) for row in rows]
    decisions = known_decisions(connection, {id_ for causes in causes_of for id_ in causes})
    return [
        IncidentVersion(
            number=number,
            recorded_at=recorded_at,
            incident=from_json(Incident, record) if record is not None else None,
            forwarded_to=forwarded_to,
            cause_article_ids=tuple(id_ for id_ in causes if id_ not in decisions),
            cause_decision_ids=tuple(id_ for id_ in causes if id_ in decisions),
        )
        for (number, recorded_at, record, forwarded_to, _), causes in zip(
            rows, causes_of, strict=True
        )
    ]
