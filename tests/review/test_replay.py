"""The log replayed: what is undone, what follows which report, what is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.review.factory import all_current, anchor, decision, undo
from tocsin.records import ReviewDecision, Rulings
from tocsin.records.vocab import DecisionKind
from tocsin.review import active, replay, withdrawn

MERGE = decision(1, DecisionKind.MERGE, "a", "b")
PIN = decision(2, DecisionKind.PIN, "ab", values={"killed": "null"})


def test_undo_withdraws_and_undoing_that_brings_back() -> None:
    first = undo(3, MERGE)
    second = undo(4, first)
    assert active([MERGE, PIN, first]) == (PIN,)
    assert active([MERGE, PIN, first, second]) == (MERGE, PIN)
    assert active([MERGE, PIN, first, second, undo(5, second)]) == (PIN,)


def test_a_decision_follows_the_founding_report_or_the_next_that_is_there() -> None:
    standing = replay([PIN], all_current(PIN))
    assert standing.bearing_on("a") == (PIN,)
    assert standing.bearing_on("b") == ()
    without_first = {anchor("b"): "b"}
    assert replay([PIN], without_first).bearing_on("b") == (PIN,)
    assert replay([PIN], {}).bearing_on("ab") == ()


def test_decisions_bear_in_log_order() -> None:
    later = decision(5, DecisionKind.EDIT, "ba", values={"killed": "null"})
    standing = replay([PIN, later], all_current(PIN, later))
    assert standing.bearing_on("ab") == (PIN, later)


def test_a_lifted_rejection_bears_on_nothing() -> None:
    reject = decision(3, DecisionKind.REJECT, "ab")
    confirm = decision(4, DecisionKind.CONFIRM, "ab")
    current = all_current(reject, confirm)
    assert replay([reject], current).bearing_on("ab") == (reject,)
    assert replay([reject, confirm], current).bearing_on("ab") == (confirm,)
    assert replay([reject, confirm], current).rulings.closed == ()


def test_the_confirmation_of_a_decision_bears_on_no_incident() -> None:
    renewal = decision(6, DecisionKind.CONFIRM, "ab", inputs=(PIN.id,))
    standing = replay([PIN, renewal], all_current(PIN))
    assert standing.bearing_on("ab") == (PIN,)


def test_merging_then_splitting_leaves_both_in_the_log_and_the_parts_apart() -> None:
    split = decision(7, DecisionKind.SPLIT, "a", "b")
    standing = replay([MERGE, split], all_current(MERGE, split))
    assert standing.decisions == (MERGE, split)
    assert standing.rulings.together == ()
    assert standing.rulings.apart == ((frozenset("a"), frozenset("b")),)


def test_decisions_that_name_no_report_are_without_effect() -> None:
    """Those of a log that another program wrote, say."""
    bare = [decision(number, kind) for number, kind in enumerate(DecisionKind)]
    standing = replay(bare, {})
    assert standing.rulings == Rulings()
    assert standing.by_report == {}


logs = st.lists(st.integers(0, 30), min_size=1, max_size=12)


@given(logs)
def test_an_undone_decision_is_as_if_never_made(choices: list[int]) -> None:
    log: list[ReviewDecision] = []
    for number, choice in enumerate(choices):
        if log and choice % 3 == 0:
            log.append(undo(number, log[choice % len(log)]))
        else:
            kind = (DecisionKind.MERGE, DecisionKind.SPLIT)[choice % 2]
            pair = "abcdef"[choice % 6], "abcdef"[(choice + 1 + choice % 4) % 6]
            log.append(decision(number, kind, *pair))
    gone = withdrawn(log)
    kept = [d for d in log if d.id not in gone and d.kind is not DecisionKind.UNDO]
    assert replay(log, all_current(*log)) == replay(kept, all_current(*log))
