"""The outbox in SQLite. What each method promises stands on `Outbox` in `alerting`."""

# ruff: noqa: D102 (documented on the protocol)

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from tocsin.records import Incident
from tocsin.records.codec import from_json
from tocsin.store import schema
from tocsin.store.alerting import (
    Delivery,
    MessageState,
    Outbox,
    OutboxMessage,
    Packer,
    SnapshotStep,
    StoredAlert,
)
from tocsin.store.batches import batches
from tocsin.store.logs import known_decisions
from tocsin.store.rows import ids_of

Transaction = Callable[[], AbstractContextManager[Connection]]

_H = schema.incident_history
_A = schema.alerts.c
_D = schema.alert_deliveries.c
_M = schema.alert_messages.c
_P = schema.alert_positions.c

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

_ALERT_COLUMNS = (_A.id, _A.rule, _A.incident_id, _A.made_at, _A.record)


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


class SqliteOutbox(Outbox):
    """`Outbox` over the transactions that a store lends it."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        """`writing` waits for the disk: what is packed must outlast a power cut once it is sent."""
        self._reading = reading
        self._writing = writing

    # what alerts are made of

    def last_position(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(_NEWEST).scalar_one())

    def steps(
        self,
        after: int,
        *,
        limit: int,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
    ) -> list[SnapshotStep]:
        query = _steps_query().where(_H.c.key > after)
        if since is not None:
            query = query.where(_H.c.recorded_at >= since)
        if until is not None:
            query = query.where(_H.c.recorded_at < until)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(_H.c.key).limit(limit)).all()
            return [_step(connection, row) for row in rows]

    def names_of(self, incident_id: str) -> tuple[str, ...]:
        names = [incident_id]
        with self._reading() as connection:
            while (former := _former(connection, names[-1])) is not None:
                if former.incident_id in names:
                    break
                names.append(former.incident_id)
        return tuple(names)

    # what rules said

    def positions(self) -> dict[str, int]:
        with self._reading() as connection:
            return {
                row.rule: row.history_key
                for row in connection.execute(select(schema.alert_positions))
            }

    def begin(self, rules: Collection[str]) -> None:
        with self._reading() as connection:
            known = set(connection.execute(select(_P.rule)).scalars())
        if known.issuperset(rules):
            return
        with self._writing() as connection:
            newest = connection.execute(_NEWEST).scalar_one()
            for rule in sorted(rules):
                row = {"rule": rule, "history_key": newest}
                connection.execute(
                    sqlite_insert(schema.alert_positions).on_conflict_do_nothing(), row
                )

    def advance(
        self,
        rule: str,
        position: int,
        alerts: Sequence[StoredAlert],
        deliveries: Sequence[Delivery],
    ) -> int:
        with self._writing() as connection:
            keys: dict[str, int] = {}
            for alert in alerts:
                row = {
                    "id": alert.id,
                    "rule": alert.rule,
                    "incident_id": alert.incident_id,
                    "made_at": alert.made_at,
                    "record": alert.record,
                }
                added = connection.execute(
                    sqlite_insert(schema.alerts).on_conflict_do_nothing().returning(_A.key), row
                ).scalar_one_or_none()
                if added is not None:
                    keys[alert.id] = added
            rows = [
                {
                    "alert_key": keys[one.alert_id],
                    "receiver": one.receiver,
                    "ready_at": one.ready_at,
                    "is_grouped": one.is_grouped,
                }
                for one in deliveries
                if one.alert_id in keys
            ]
            if rows:
                connection.execute(insert(schema.alert_deliveries), rows)
            reached = sqlite_insert(schema.alert_positions).values(rule=rule, history_key=position)
            connection.execute(
                reached.on_conflict_do_update(
                    index_elements=[_P.rule],
                    set_={"history_key": func.max(_P.history_key, position)},
                )
            )
            return len(keys)

    def last_alerts(self, rule: str, incident_ids: Iterable[str]) -> list[StoredAlert]:
        found: list[int] = []
        with self._reading() as connection:
            for some in batches(sorted(set(incident_ids))):
                query = select(func.max(_A.key)).where(_A.rule == rule, _A.incident_id.in_(some))
                found += connection.execute(query.group_by(_A.incident_id)).scalars()
            rows = connection.execute(
                select(*_ALERT_COLUMNS).where(_A.key.in_(found)).order_by(_A.key)
            )
            return [StoredAlert(*row) for row in rows]

    def alerts(self, rule: str | None = None, *, limit: int = 100) -> list[StoredAlert]:
        query = select(*_ALERT_COLUMNS).order_by(_A.key.desc()).limit(limit)
        if rule is not None:
            query = query.where(_A.rule == rule)
        with self._reading() as connection:
            return [StoredAlert(*row) for row in connection.execute(query)]

    # messages

    def pack(self, now: dt.datetime, recent_from: dt.datetime, packer: Packer) -> int:
        with self._writing() as connection:
            ready = _waiting(connection, until=now)
            if not ready:
                return 0
            recent: dict[str, list[dt.datetime]] = defaultdict(list)
            for receiver, made_at in connection.execute(
                select(_M.receiver, _M.made_at)
                .where(_M.made_at > recent_from, _M.made_at <= now)
                .order_by(_M.made_at)
            ):
                recent[receiver].append(made_at)
            plan = packer(ready, recent)
            keys = _alert_keys(connection, {one.alert_id for one in ready})
            for parcel in plan.parcels:
                message = connection.execute(
                    insert(schema.alert_messages).returning(_M.key),
                    {
                        "id": parcel.message_id,
                        "receiver": parcel.receiver,
                        "state": MessageState.QUEUED.value,
                        "attempts": 0,
                        "made_at": now,
                        "due_at": now,
                    },
                ).scalar_one()
                _change(connection, keys, parcel.receiver, parcel.alert_ids, message_key=message)
            for one in plan.held:
                _change(
                    connection,
                    keys,
                    one.receiver,
                    [one.alert_id],
                    ready_at=one.ready_at,
                    is_grouped=one.is_grouped,
                )
            return len(plan.parcels)

    def claim(
        self,
        now: dt.datetime,
        lease: dt.timedelta,
        *,
        receivers: Collection[str],
        horizon: dt.timedelta,
    ) -> OutboxMessage | None:
        beyond = now + horizon
        query = (
            select(_M.key)
            .where(
                _M.state == MessageState.QUEUED.value,
                _M.receiver.in_(sorted(receivers)),
                or_(_M.due_at <= now, _M.due_at > beyond),
                or_(_M.leased_until.is_(None), _M.leased_until <= now, _M.leased_until > beyond),
            )
            .order_by(_M.key)
            .limit(1)
        )
        with self._reading() as connection:
            if connection.execute(query).first() is None:
                return None
        with self._writing() as connection:
            key = connection.execute(query).scalar_one_or_none()
            if key is None:
                return None
            connection.execute(
                update(schema.alert_messages)
                .where(_M.key == key)
                .values(leased_until=now + lease, attempts=_M.attempts + 1)
            )
            return _messages(connection, select(_M.key).where(_M.key == key))[0]

    def mark_sent(self, message_id: str, now: dt.datetime) -> None:
        self._mark(message_id, state=MessageState.SENT.value, ended_at=now, error=None)

    def mark_failed(
        self, message_id: str, now: dt.datetime, error: str, *, retry_at: dt.datetime | None
    ) -> None:
        if retry_at is None:
            self._mark(message_id, state=MessageState.DEAD.value, ended_at=now, error=error)
        else:
            self._mark(message_id, due_at=retry_at, error=error)

    def _mark(self, message_id: str, **values: object) -> None:
        with self._writing() as connection:
            connection.execute(
                update(schema.alert_messages)
                .where(_M.id == message_id, _M.state == MessageState.QUEUED.value)
                .values(leased_until=None, **values)
            )

    def revive(self, now: dt.datetime) -> int:
        with self._writing() as connection:
            return connection.execute(
                update(schema.alert_messages)
                .where(_M.state == MessageState.DEAD.value)
                .values(state=MessageState.QUEUED.value, attempts=0, due_at=now, ended_at=None)
            ).rowcount

    def messages(
        self, state: MessageState | None = None, *, limit: int = 100
    ) -> list[OutboxMessage]:
        query = select(_M.key).order_by(_M.key.desc()).limit(limit)
        if state is not None:
            query = query.where(_M.state == state.value)
        with self._reading() as connection:
            return _messages(connection, query)

    def waiting(self) -> list[Delivery]:
        with self._reading() as connection:
            return _waiting(connection)


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


def _alert_keys(connection: Connection, alert_ids: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batches(sorted(alert_ids)):
        rows = connection.execute(select(_A.id, _A.key).where(_A.id.in_(some)))
        found.update((id_, key) for id_, key in rows)
    return found


def _change(
    connection: Connection,
    keys: dict[str, int],
    receiver: str,
    alert_ids: Sequence[str],
    **values: object,
) -> None:
    """Set columns of deliveries that are in no message yet."""
    for some in batches(list(alert_ids)):
        connection.execute(
            update(schema.alert_deliveries)
            .where(
                _D.alert_key.in_([keys[id_] for id_ in some]),
                _D.receiver == receiver,
                _D.message_key.is_(None),
            )
            .values(**values)
        )


def _waiting(connection: Connection, until: dt.datetime | None = None) -> list[Delivery]:
    query = (
        select(_A.id, _A.rule, _D.receiver, _D.ready_at, _D.is_grouped)
        .join(schema.alerts, _A.key == _D.alert_key)
        .where(_D.message_key.is_(None))
        .order_by(_D.ready_at, _D.alert_key, _D.receiver)
    )
    if until is not None:
        query = query.where(_D.ready_at <= until)
    return [Delivery(*row) for row in connection.execute(query)]


def _messages(connection: Connection, keys: Select[tuple[int]]) -> list[OutboxMessage]:
    """The messages of those keys in that order, each with its alerts, oldest first."""
    wanted = list(connection.execute(keys).scalars())
    held: dict[int, list[StoredAlert]] = defaultdict(list)
    found = {}
    for some in batches(wanted):
        rows = connection.execute(
            select(_D.message_key, *_ALERT_COLUMNS)
            .join(schema.alerts, _A.key == _D.alert_key)
            .where(_D.message_key.in_(some))
            .order_by(_A.key)
        )
        for message_key, *alert in rows:
            held[message_key].append(StoredAlert(*alert))
        for row in connection.execute(select(schema.alert_messages).where(_M.key.in_(some))):
            found[row.key] = OutboxMessage(
                id=row.id,
                receiver=row.receiver,
                state=MessageState(row.state),
                attempts=row.attempts,
                made_at=row.made_at,
                due_at=row.due_at,
                ended_at=row.ended_at,
                error=row.error,
                alerts=tuple(held[row.key]),
            )
    return [found[key] for key in wanted]
