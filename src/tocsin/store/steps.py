"""Snapshots of incidents as steps from one to the next: what alerts are made of.

Every function reads on the connection it is given.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select, text

from tocsin.records import Incident
from tocsin.records.codec import from_json
from tocsin.store import schema
from tocsin.store.alerting import SnapshotStep
from tocsin.store.logs import known_decisions
from tocsin.store.rows import ids_of

_H = schema.incident_history

_NEWEST = select(func.coalesce(func.max(_H.c.key), 0))

_FORMER = text(
    "SELECT e.key, e.incident_id, b.record FROM incident_history s"
    " JOIN incident_history e ON e.forwarded_to = s.incident_id"
    " AND e.recorded_at = s.recorded_at AND e.key > s.key"
    " JOIN incident_history b ON b.incident_id = e.incident_id AND b.number = e.number - 1"
    " WHERE s.incident_id = :id AND s.number = 1 AND b.record IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM incident_history n"
    " WHERE n.incident_id = s.incident_id AND n.number = 2 AND n.key < e.key)"
    " ORDER BY e.first_seen, e.incident_id LIMIT 1"
)
"""The incident that goes on under a new id: it ended in the write that began the id, before the id
had a second snapshot (writes may share an instant where the clock was set back). Where several went
into it, the one known longest."""


def newest_key(connection: Connection) -> int:
    """Key of the last snapshot made; zero before the first."""
    return int(connection.execute(_NEWEST).scalar_one())


def _steps_query() -> Select[Any]:
    earlier = _H.alias("earlier")
    return select(
        _H.c.key,
        _H.c.incident_id,
        _H.c.number,
        _H.c.recorded_at,
        earlier.c.record.label("before"),
        _H.c.record.label("after"),
        _H.c.forwarded_to,
        _H.c.causes,
    ).outerjoin(
        earlier,
        and_(earlier.c.incident_id == _H.c.incident_id, earlier.c.number == _H.c.number - 1),
    )


def steps(
    connection: Connection,
    after: int,
    *,
    limit: int,
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> list[SnapshotStep]:
    """See `Outbox.steps`."""
    query = _steps_query().where(_H.c.key > after)
    if since is not None:
        query = query.where(_H.c.recorded_at >= since)
    if until is not None:
        query = query.where(_H.c.recorded_at < until)
    rows = connection.execute(query.order_by(_H.c.key).limit(limit)).all()
    return [_step(connection, row) for row in rows]


def names_of(connection: Connection, incident_id: str) -> tuple[str, ...]:
    """See `Outbox.names_of`."""
    names = [incident_id]
    while (former := _former(connection, names[-1])) is not None:
        if former.incident_id in names:
            break
        names.append(former.incident_id)
    return tuple(names)


def _step(connection: Connection, row: Row[Any]) -> SnapshotStep:
    incident_id, number, at = row.incident_id, row.number, row.recorded_at
    before, after, forwarded_to = row.before, row.after, row.forwarded_to
    ids = ids_of(row.causes)
    decisions = known_decisions(connection, ids)
    is_renamed = False
    if number == 1:
        former = _former(connection, incident_id)
        if former is not None:
            before, is_renamed = former.record, True
    elif after is None and forwarded_to is not None:
        former = _former(connection, forwarded_to)
        is_renamed = former is not None and former.key == row.key
    return SnapshotStep(
        position=row.key,
        incident_id=incident_id,
        number=number,
        recorded_at=at,
        before=from_json(Incident, before) if before is not None else None,
        after=from_json(Incident, after) if after is not None else None,
        forwarded_to=forwarded_to,
        cause_article_ids=tuple(id_ for id_ in ids if id_ not in decisions),
        cause_decision_ids=tuple(id_ for id_ in ids if id_ in decisions),
        is_renamed=is_renamed,
    )


def _former(connection: Connection, incident_id: str) -> Row[Any] | None:
    """Under which id the incident was known before this id began: that id's last row, if any."""
    return connection.execute(_FORMER, {"id": incident_id}).one_or_none()
