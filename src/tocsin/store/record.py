"""Incidents on their way out of the tables: now, or as they were at a given instant.

Both are asked by the same code (`selecting`); only where each incident's values stand differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, case, func, select, type_coerce

from tocsin.records import Incident
from tocsin.records.codec import from_json
from tocsin.records.vocab import IncidentStatus, IncidentType, PlacePrecision
from tocsin.store import schema
from tocsin.store.base import (
    NO_POINT,
    Glance,
    IncidentFilter,
    IncidentSummary,
    IncidentVersion,
    Listing,
    StoredIncident,
)
from tocsin.store.batches import batches
from tocsin.store.listed import among, array_of
from tocsin.store.logs import known_decisions
from tocsin.store.rows import ids_of
from tocsin.store.search import SearchIndex
from tocsin.store.selecting import Columns, columns_at, conditions, ordered_rows

_H = schema.incident_history.c

MAX_FORWARDS = 1_000
"""Steps followed from an id to where it went: far more than any real chain, so that a ring ends."""
READ_AT_ONCE = 100
"""Records fetched by one statement of a listing: a page of the list needs one."""


def stored_incidents(
    connection: Connection,
    chosen: IncidentFilter,
    as_of: dt.datetime | None,
    index: SearchIndex,
    listing: Listing,
) -> Iterator[StoredIncident]:
    """Incidents that pass the filter, by first day (undated last), then id."""
    columns = columns_at(as_of)
    wanted = conditions(chosen, index, columns)
    if wanted is None:
        return
    # The keys first: ordering the records themselves would carry them all along.
    found = ordered_rows(connection, select(columns.key).where(*wanted), columns, listing)
    keys = [row[0] for row in found]
    for some in batches(keys, READ_AT_ONCE):
        rows = {row.key: row for row in connection.execute(_RECORDS, {"ids": array_of(some)})}
        for row in (rows[key] for key in some):
            yield StoredIncident(from_json(Incident, row.record), row.first_seen, row.recorded_at)


_RECORDS = select(_H.key, _H.record, _H.first_seen, _H.recorded_at).where(among(_H.key))


def incident_summaries(
    connection: Connection,
    chosen: IncidentFilter,
    as_of: dt.datetime | None,
    index: SearchIndex,
    listing: Listing,
) -> Iterator[IncidentSummary]:
    """The same incidents from their columns alone, records left unread."""
    columns = columns_at(as_of)
    wanted = conditions(chosen, index, columns)
    if wanted is None:
        return
    query = select(*_summary_columns(columns)).where(*wanted)
    for row in ordered_rows(connection, query, columns, listing):
        yield _summary(row)


def summaries_of(
    connection: Connection, keys: Sequence[int], as_of: dt.datetime | None
) -> list[IncidentSummary]:
    """See `StoreView.summaries_of`."""
    columns = columns_at(as_of)
    query = select(columns.key, *_summary_columns(columns)).where(among(columns.key))
    rows = {row[0]: row[1:] for row in connection.execute(query, {"ids": array_of(keys)})}
    return [_summary(rows[key]) for key in keys if key in rows]


def _summary_columns(columns: Columns) -> tuple[ColumnElement[Any], ...]:
    return (
        columns.incident_id,
        columns.title,
        columns.type,
        columns.status,
        columns.first_day,
        columns.last_day,
        columns.country,
        columns.lat,
        columns.lon,
        columns.precision,
        columns.uncertainty_km,
        columns.lineages,
        columns.recorded_at,
    )


def _summary(row: Sequence[Any]) -> IncidentSummary:
    id_, title, type_, status, first, last, country, lat, lon, precision, *rest = row
    uncertainty_km, lineages, changed = rest
    return IncidentSummary(
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


def glances(
    connection: Connection,
    chosen: IncidentFilter,
    as_of: dt.datetime | None,
    index: SearchIndex,
) -> list[Glance]:
    """Day and point of every incident that passes, in no order."""
    columns = columns_at(as_of)
    wanted = conditions(chosen, index, columns)
    if wanted is None:
        return []
    on_map = columns.precision.not_in([precision.value for precision in NO_POINT])
    # A day stays text: a hundred thousand dates are not wanted one by one.
    query = select(
        columns.key,
        type_coerce(columns.day, Text),
        case((on_map, columns.lat)),
        case((on_map, columns.lon)),
    ).where(*wanted)
    return [Glance._make(row) for row in connection.execute(query)]


_GREATEST = [
    select(func.coalesce(func.max(table.c.key), 0)).scalar_subquery()
    for table in (schema.incident_history, schema.extractions, schema.decisions)
]


def incidents_mark(connection: Connection) -> int:
    """The greatest key of a snapshot."""
    return int(connection.execute(select(_GREATEST[0])).scalar_one())


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
