"""The outbox in SQLite. What each method promises stands on `Outbox` in `alerting`."""

# ruff: noqa: D102 (documented on the protocol)

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from tocsin.store import parcels, schema, steps
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

Transaction = Callable[[], AbstractContextManager[Connection]]

_A = schema.alerts.c
_D = schema.alert_deliveries.c
_M = schema.alert_messages.c
_P = schema.alert_positions.c


class SqliteOutbox(Outbox):
    """`Outbox` over the transactions that a store lends it."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        """`writing` waits for the disk: what is packed must outlast a power cut once it is sent."""
        self._reading = reading
        self._writing = writing

    # what alerts are made of

    def last_position(self) -> int:
        with self._reading() as connection:
            return steps.newest_key(connection)

    def steps(
        self,
        after: int,
        *,
        limit: int,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
    ) -> list[SnapshotStep]:
        with self._reading() as connection:
            return steps.steps(connection, after, limit=limit, since=since, until=until)

    def names_of(self, incident_id: str) -> tuple[str, ...]:
        with self._reading() as connection:
            return steps.names_of(connection, incident_id)

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
            newest = steps.newest_key(connection)
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
                select(*parcels.ALERT_COLUMNS).where(_A.key.in_(found)).order_by(_A.key)
            )
            return [StoredAlert(*row) for row in rows]

    def alerts(self, rule: str | None = None, *, limit: int = 100) -> list[StoredAlert]:
        query = select(*parcels.ALERT_COLUMNS).order_by(_A.key.desc()).limit(limit)
        if rule is not None:
            query = query.where(_A.rule == rule)
        with self._reading() as connection:
            return [StoredAlert(*row) for row in connection.execute(query)]

    # messages

    def pack(self, now: dt.datetime, recent_from: dt.datetime, packer: Packer) -> int:
        with self._writing() as connection:
            ready = parcels.waiting(connection, until=now)
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
            keys = parcels.alert_keys(connection, {one.alert_id for one in ready})
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
                parcels.change(
                    connection, keys, parcel.receiver, parcel.alert_ids, message_key=message
                )
            for one in plan.held:
                parcels.change(
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
            return parcels.messages(connection, select(_M.key).where(_M.key == key))[0]

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
            return parcels.messages(connection, query)

    def waiting(self) -> list[Delivery]:
        with self._reading() as connection:
            return parcels.waiting(connection)
