"""Alerts on their way to receivers: deliveries that wait, and the messages they are packed into.

Every function runs on the connection, and in the transaction, of its caller.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Select, select, update

from tocsin.store import schema
from tocsin.store.alerting import Delivery, MessageState, OutboxMessage, StoredAlert
from tocsin.store.batches import batches

_A = schema.alerts.c
_D = schema.alert_deliveries.c
_M = schema.alert_messages.c

ALERT_COLUMNS = (_A.id, _A.rule, _A.incident_id, _A.made_at, _A.record)


def alert_keys(connection: Connection, alert_ids: Collection[str]) -> dict[str, int]:
    """Alert id to key; unknown ids are left out."""
    found: dict[str, int] = {}
    for some in batches(sorted(alert_ids)):
        rows = connection.execute(select(_A.id, _A.key).where(_A.id.in_(some)))
        found.update((id_, key) for id_, key in rows)
    return found


def change(
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


def waiting(connection: Connection, until: dt.datetime | None = None) -> list[Delivery]:
    """Deliveries that no message holds yet, due by `until`, the earliest first."""
    query = (
        select(_A.id, _A.rule, _D.receiver, _D.ready_at, _D.is_grouped)
        .join(schema.alerts, _A.key == _D.alert_key)
        .where(_D.message_key.is_(None))
        .order_by(_D.ready_at, _D.alert_key, _D.receiver)
    )
    if until is not None:
        query = query.where(_D.ready_at <= until)
    return [Delivery(*row) for row in connection.execute(query)]


def messages(connection: Connection, keys: Select[tuple[int]]) -> list[OutboxMessage]:
    """The messages of those keys in that order, each with its alerts, oldest first."""
    wanted = list(connection.execute(keys).scalars())
    held: dict[int, list[StoredAlert]] = defaultdict(list)
    found = {}
    for some in batches(wanted):
        rows = connection.execute(
            select(_D.message_key, *ALERT_COLUMNS)
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
