"""Decisions, refusals and runs are only ever added to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tocsin.errors import RefusedInput, StoreError
from tocsin.records import ReviewDecision
from tocsin.records.vocab import DecisionKind
from tocsin.store import Store, StoredRun

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
