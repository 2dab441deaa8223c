"""What is only ever added to: review decisions, refused inputs, runs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from tocsin.errors import RefusedInput
from tocsin.records import ReviewDecision
from tocsin.records.codec import from_json, to_json
from tocsin.store import schema
from tocsin.store.base import StoredRun
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
