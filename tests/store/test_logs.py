"""Decisions, refusals and runs are only ever added to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.store.factory import incident, kept
from tocsin.errors import RefusedInput, StoreError
from tocsin.records import ReviewDecision
from tocsin.records.vocab import DecisionKind
from tocsin.store import Store, StoredRun, logs

NORMAL, FULL = 1, 2
"""What `PRAGMA synchronous` answers."""

MERGE = ReviewDecision(
    id="dec_2",
    at=dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC),
    reviewer="ana",
    kind=DecisionKind.MERGE,
    inputs=("inc_1", "inc_2"),
    outputs=("inc_1",),
    reason="one salvo",
    field_values={"killed": '{"min":3}'},
)


def test_decisions_come_back_in_the_order_made(store: Store) -> None:
    undo = ReviewDecision("dec_1", MERGE.at, "ben", DecisionKind.UNDO, ("dec_2",))
    store.decide(MERGE)
    store.decide(undo)
    store.decide(MERGE)
    assert store.decisions() == [MERGE, undo]


def test_a_decision_is_never_overwritten(store: Store) -> None:
    store.decide(MERGE)
    with pytest.raises(StoreError, match="dec_2"):
        store.decide(replace(MERGE, reason="changed my mind"))
    assert store.decisions() == [MERGE]


def test_a_decision_makes_reports_unresolved_and_is_named_as_the_cause(store: Store) -> None:
    store.keep(kept(1))
    reports = kept(1).extraction.reports
    one = incident(1, *reports)
    store.unresolved()
    store.write_incidents([one], gone={}, resolved_report_ids=[r.id for r in reports])
    assert store.unresolved() == []
    store.decide(MERGE, reopen=[reports[0].id, "rep_unknown"])
    assert [c.report.id for c in store.unresolved()] == [reports[0].id]
    after = replace(one, reviewed=True)
    store.write_incidents([after], gone={}, resolved_report_ids=[r.id for r in reports])
    first, last = store.history(one.id)
    assert (first.cause_article_ids, first.cause_decision_ids) == (("art_0001",), ())
    assert (last.cause_article_ids, last.cause_decision_ids) == ((), (MERGE.id,))
    store.decide(MERGE, reopen=[reports[0].id])
    assert store.unresolved() == [], "a decision that is there already does nothing"


def test_a_decision_waits_for_the_disk_and_nothing_else_does(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels: list[int] = []
    honest = logs.add_decision

    def spy(connection: Connection, *arguments: Any) -> bool | None:
        levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        return honest(connection, *arguments)

    monkeypatch.setattr(logs, "add_decision", spy)
    store.decide(MERGE)
    assert levels == [FULL]
    with pytest.raises(StoreError):
        store.decide(replace(MERGE, reason="another"))
    honest_run = logs.add_run

    def spy_run(connection: Connection, run: StoredRun) -> None:
        levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        honest_run(connection, run)

    monkeypatch.setattr(logs, "add_run", spy_run)
    store.record_run(StoredRun(MERGE.at, MERGE.at, {}))
    assert levels[-1] == NORMAL


def test_a_refusal_is_logged_once(store: Store) -> None:
    refusals = [
        RefusedInput("a.jsonl", "has no text", locator="line 3"),
        RefusedInput("b.txt", "is empty"),
        RefusedInput("a.jsonl", "has no text", locator="line 3"),
    ]
    for refusal in refusals:
        store.record_refusal(refusal)
    assert [str(refusal) for refusal in store.refusals()] == [str(r) for r in refusals[:2]]
    assert store.counts().refusals == 2


def test_runs_are_logged(store: Store) -> None:
    run = StoredRun(MERGE.at, MERGE.at + dt.timedelta(seconds=2.5), {"inputs": ["a"], "kept": 3})
    store.record_run(run)
    store.record_run(run)
    assert store.runs() == [run, run]
