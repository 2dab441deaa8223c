"""Watched feeds, their items and the inbox in the tables. Every function runs inside the caller's
transaction; what each promises stands on the protocols in `watched`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tocsin.store import schema
from tocsin.store.batches import batches
from tocsin.store.watched import (
    FeedGap,
    FeedState,
    HostState,
    InboxCounts,
    InboxItem,
    Received,
    WatchedItem,
)

T = TypeVar("T", FeedState, WatchedItem, HostState, FeedGap)

_RECEIVED = tuple(field.name for field in dataclasses.fields(Received))


def _rows(connection: Connection, kind: type[T], question: Any) -> list[T]:
    return [kind(**row) for row in connection.execute(question).mappings()]


def _put(connection: Connection, table: Table, records: Sequence[T]) -> None:
    """Add rows, or replace those of the same primary key."""
    if not records:
        return
    statement = upsert(table)
    keys = [column.name for column in table.primary_key]
    others = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=others),
        [
            {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
            for record in records
        ],
    )


def feed_states(connection: Connection) -> list[FeedState]:
    """All feeds, by URL."""
    return _rows(connection, FeedState, select(schema.feeds).order_by(schema.feeds.c.url))


def feed_gaps(connection: Connection, feed_url: str | None) -> list[FeedGap]:
    """Gaps by feed and time."""
    table = schema.feed_gaps
    question = select(table).order_by(table.c.feed_url, table.c.since)
    if feed_url is not None:
        question = question.where(table.c.feed_url == feed_url)
    return _rows(connection, FeedGap, question)


def watched_items(connection: Connection, keys: Iterable[str]) -> dict[str, WatchedItem]:
    """Known items by key."""
    table = schema.watched_items
    found: dict[str, WatchedItem] = {}
    for some in batches(sorted(set(keys))):
        question = select(table).where(table.c.key.in_(some))
        found |= {item.key: item for item in _rows(connection, WatchedItem, question)}
    return found


def items_due(connection: Connection, now: dt.datetime) -> list[WatchedItem]:
    """For each host the item due longest, ties by key."""
    table = schema.watched_items
    due = table.c.due_at <= now
    place = func.row_number().over(
        partition_by=table.c.host, order_by=(table.c.due_at, table.c.key)
    )
    ranked = select(table, place.label("place")).where(due).subquery()
    columns = [ranked.c[column.name] for column in table.c]
    question = select(*columns).where(ranked.c.place == 1).order_by(ranked.c.due_at, ranked.c.key)
    return _rows(connection, WatchedItem, question)


def next_item_due(connection: Connection) -> dt.datetime | None:
    """The first instant at which an item is due."""
    first: dt.datetime | None
    first = connection.execute(select(func.min(schema.watched_items.c.due_at))).scalar_one()
    return first


def host_states(connection: Connection) -> list[HostState]:
    """All hosts, by name."""
    table = schema.watched_hosts
    return _rows(connection, HostState, select(table).order_by(table.c.host))


def save_host(connection: Connection, state: HostState) -> None:
    """Add or replace one host."""
    _put(connection, schema.watched_hosts, [state])


def save_poll(
    connection: Connection,
    now: dt.datetime,
    state: FeedState | None,
    *,
    items: Sequence[WatchedItem],
    received: Sequence[Received],
    gap: FeedGap | None,
) -> None:
    """A feed's state, the items it named, the documents that came, and the gap that ended."""
    if state is not None:
        _put(connection, schema.feeds, [state])
    _put(connection, schema.watched_items, items)
    if gap is not None:
        _put(connection, schema.feed_gaps, [gap])
    if received:
        rows = [{name: getattr(one, name) for name in _RECEIVED} for one in received]
        connection.execute(
            insert(schema.inbox), [row | {"received_at": now, "attempts": 0} for row in rows]
        )


def _inbox_items(connection: Connection, question: Any) -> list[InboxItem]:
    return [
        InboxItem(
            row["key"],
            Received(**{name: row[name] for name in _RECEIVED}),
            row["received_at"],
            row["attempts"],
            row["stage"],
            row["error"],
        )
        for row in connection.execute(question).mappings()
    ]


def take_inbox(connection: Connection, limit: int) -> list[InboxItem]:
    """The oldest that wait; their attempts are counted."""
    table = schema.inbox
    question = select(table).where(table.c.error.is_(None)).order_by(table.c.key).limit(limit)
    found = _inbox_items(connection, question)
    keys = [item.key for item in found]
    for some in batches(keys):
        connection.execute(
            update(table).where(table.c.key.in_(some)).values(attempts=table.c.attempts + 1)
        )
    return [dataclasses.replace(item, attempts=item.attempts + 1) for item in found]


def put_back(connection: Connection, keys: Iterable[int]) -> None:
    """Take one attempt off."""
    table = schema.inbox
    for some in batches(sorted(keys)):
        fewer = update(table).where(table.c.key.in_(some), table.c.attempts > 0)
        connection.execute(fewer.values(attempts=table.c.attempts - 1))


def leave_inbox(connection: Connection, keys: Iterable[int]) -> None:
    """Delete rows of the inbox."""
    for some in batches(sorted(keys)):
        connection.execute(delete(schema.inbox).where(schema.inbox.c.key.in_(some)))


def quarantine(connection: Connection, key: int, stage: str, error: str) -> None:
    """Set one row aside."""
    table = schema.inbox
    connection.execute(update(table).where(table.c.key == key).values(stage=stage, error=error))


def quarantined(connection: Connection) -> list[InboxItem]:
    """All rows set aside."""
    table = schema.inbox
    return _inbox_items(
        connection, select(table).where(table.c.error.is_not(None)).order_by(table.c.key)
    )


def release(connection: Connection, keys: Iterable[int] | None) -> int:
    """Put rows set aside back into the queue, as if they had just come; how many."""
    table = schema.inbox
    change = update(table).where(table.c.error.is_not(None))
    change = change.values(stage=None, error=None, attempts=0)
    if keys is None:
        return connection.execute(change).rowcount
    return sum(
        connection.execute(change.where(table.c.key.in_(some))).rowcount
        for some in batches(sorted(set(keys)))
    )


def inbox_counts(connection: Connection) -> InboxCounts:
    """How much waits, how much is set aside, and since when the oldest waits."""
    table = schema.inbox
    waits = table.c.error.is_(None)
    row = connection.execute(
        select(
            func.count().filter(waits),
            func.count().filter(~waits),
            func.min(table.c.received_at).filter(waits),
        ).select_from(table)
    ).one()
    return InboxCounts(*row)
