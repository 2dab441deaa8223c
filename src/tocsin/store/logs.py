"""What is only ever added to: review decisions, refused inputs, runs; and who reviews what."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from tocsin.errors import RefusedInput
from tocsin.records import ReviewDecision
from tocsin.records.codec import from_json, to_json
from tocsin.store import schema
from tocsin.store.base import Assignment, StoredRun
from tocsin.store.batches import batches
from tocsin.store.rows import compact


def add_decision(connection: Connection, decision: ReviewDecision, now: dt.datetime) -> bool | None:
    """True where it was added, False where it was there, None where its id is another's."""
    record = to_json(decision)
    table = schema.decisions
    before = connection.execute(
        select(table.c.record).where(table.c.id == decision.id)
    ).scalar_one_or_none()
    if before is not None:
        return False if before == record else None
    connection.execute(insert(table), {"id": decision.id, "record": record, "recorded_at": now})
    return True


def known_decisions(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Those of the ids that are decisions'."""
    table = schema.decisions
    found: set[str] = set()
    for some in batches(sorted(ids)):
        found.update(connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
    return frozenset(found)


def decisions(connection: Connection) -> list[ReviewDecision]:
    """All decisions in the order they were added."""
    rows = connection.execute(select(schema.decisions.c.record).order_by(schema.decisions.c.key))
    return [from_json(ReviewDecision, record) for record in rows.scalars()]


def assignments(connection: Connection) -> dict[str, Assignment]:
    """Who has which item in hand."""
    rows = connection.execute(select(schema.assignments).order_by(schema.assignments.c.item))
    return {item: Assignment(reviewer, since) for item, reviewer, since in rows}


def assign(
    connection: Connection, items: Collection[str], reviewer: str | None, now: dt.datetime
) -> None:
    """Put items into one reviewer's hands. One who has an item already keeps it since then."""
    table = schema.assignments
    had = assignments(connection)
    taken = [
        item for item in sorted(set(items)) if item not in had or had[item].reviewer != reviewer
    ]
    for some in batches(taken):
        connection.execute(delete(table).where(table.c.item.in_(some)))
    if reviewer is not None and taken:
        rows = [{"item": item, "reviewer": reviewer, "since": now} for item in taken]
        connection.execute(insert(table), rows)


def add_refusal(connection: Connection, refusal: RefusedInput, now: dt.datetime) -> None:
    """Log a refusal, once."""
    table = schema.refusals
    facts = {
        "source": refusal.source,
        "locator": refusal.locator or "",
        "reason": refusal.reason,
    }
    is_there = select(table.c.key).where(*(table.c[name] == value for name, value in facts.items()))
    if connection.execute(is_there).first() is None:
        connection.execute(insert(table), facts | {"recorded_at": now})


def refusals(connection: Connection) -> list[RefusedInput]:
    """All refusals in the order they were first made."""
    table = schema.refusals
    rows = connection.execute(
        select(table.c.source, table.c.locator, table.c.reason).order_by(table.c.key)
    )
    return [
        RefusedInput(source, reason, locator=locator or None) for source, locator, reason in rows
    ]


def add_run(connection: Connection, run: StoredRun) -> None:
    """Log a run."""
    facts = {"facts": compact(dict(run.facts))}
    connection.execute(
        insert(schema.runs), facts | {"started_at": run.started_at, "ended_at": run.ended_at}
    )


def runs(connection: Connection) -> list[StoredRun]:
    """All runs, oldest first."""
    table = schema.runs
    rows = connection.execute(
        select(table.c.started_at, table.c.ended_at, table.c.facts).order_by(table.c.key)
    )
    return [StoredRun(started, ended, json.loads(facts)) for started, ended, facts in rows]
