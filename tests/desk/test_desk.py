"""Each act of review: what it does to the record, that it survives new reports, and its undoing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.factory import (
    SETTINGS,
    arrive,
    bombing,
    by,
    incident_of,
    kept,
    partition,
    record,
    reread,
)
from tests.store.factory import SteppingClock
from tocsin import desk
from tocsin.desk import carry_out
from tocsin.errors import ReviewError
from tocsin.pipeline import with_current_relations
from tocsin.records import Published, Quantity, ReviewDecision
from tocsin.records.vocab import IncidentStatus, PublishedBasis, RelationKind
from tocsin.review import FieldName, read_typed
from tocsin.store import IncidentFilter, Store, open_store

A, B = bombing("a"), bombing("b")
FAR = bombing("far", town="Maiduguri")


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db"), SETTINGS.store, clock=clock) as opened:
        yield opened


def decide(store: Store, decision: ReviewDecision) -> ReviewDecision:
    carry_out(store, SETTINGS, decision)
    return decision


def merge_far(store: Store) -> ReviewDecision:
    one, other = incident_of(store, A), incident_of(store, FAR)
    return decide(store, desk.merge(store, [one, other], by(1)))


# merge


def test_a_merge_makes_one_incident_and_its_id_leads_there(store: Store) -> None:
    arrive(store, A, B, FAR)
    ids = {incident_of(store, A).id, incident_of(store, FAR).id}
    decision = merge_far(store)
    assert partition(store) == {frozenset({"a", "b", "far"})}
    merged = incident_of(store, A)
    assert (merged.id,) == decision.outputs
    (gone,) = ids - {merged.id}
    assert store.history(gone)[-1].forwarded_to == merged.id
    stored = store.incident(gone)
    assert stored is not None
    assert stored.incident == merged


def test_a_merge_survives_new_reports_of_either_half(store: Store) -> None:
    arrive(store, A, FAR)
    merge_far(store)
    arrive(store, B, bombing("far2", town="Maiduguri"))
    assert partition(store) == {frozenset({"a", "b", "far", "far2"})}


def test_undoing_a_merge_restores_the_record_and_the_new_reports_find_their_half(
    store: Store,
) -> None:
    arrive(store, A, FAR)
    before = record(store)
    decision = merge_far(store)
    decide(store, desk.undo(store, decision, by(2)))
    assert record(store) == before
    again = decide(store, desk.undo(store, store.decisions()[-1], by(3)))
    arrive(store, B)
    decide(store, desk.undo(store, again, by(4)))
    assert partition(store) == {frozenset({"a", "b"}), frozenset({"far"})}
    assert len(store.decisions()) == 4


def test_a_merge_survives_that_an_article_is_read_by_another_version(store: Store) -> None:
    arrive(store, A, FAR)
    merge_far(store)
    arrive(store, reread(FAR))
    assert partition(store) == {frozenset({"a", "far"})}


# split


def test_a_split_parts_an_incident_and_new_reports_do_not_join_it_again(store: Store) -> None:
    arrive(store, A, B)
    incident = incident_of(store, A)
    decision = decide(store, desk.split(store, incident, ["b"], by(1)))
    assert partition(store) == {frozenset({"a"}), frozenset({"b"})}
    assert set(decision.outputs) == set(record(store))
    assert incident.id in record(store)
    arrive(store, bombing("c"), bombing("d"))
    homes = partition(store)
    assert len(homes) == 2
    assert not any({"a", "b"} <= home for home in homes)
    decide(store, desk.undo(store, decision, by(2)))
    assert partition(store) == {frozenset("abcd")}


def test_merging_then_splitting_restores_the_record_with_both_in_the_log(store: Store) -> None:
    arrive(store, A, B, FAR)
    before = record(store)
    merged = merge_far(store)
    parted = decide(store, desk.split(store, incident_of(store, A), ["far"], by(2)))
    assert record(store) == before
    assert store.decisions() == [merged, parted]


def test_an_id_leads_to_where_its_founding_report_went(store: Store) -> None:
    """Not to the incident of just any report that it once had."""
    others = [bombing(f"b{n}") for n in range(20)]
    later = next(c for c in others if c.report.id > A.report.id)
    founding = replace(A, published=Published(dt.date(2021, 3, 9), PublishedBasis.METADATA))
    arrive(store, founding, later)
    old = incident_of(store, A)
    split = desk.split(store, old, [later.report.article_id], by(1))
    store.decide(split, reopen=[A.report.id, later.report.id])
    earliest = Published(dt.date(2021, 3, 8), PublishedBasis.METADATA)
    arrive(store, replace(bombing("early"), published=earliest))
    assert old.id not in record(store)
    stored = store.incident(old.id)
    assert stored is not None
    told = {member.report_id for member in stored.incident.reports}
    assert A.report.id in told
    assert later.report.id not in told


# confirm, reject


def test_confirming_marks_the_incident_and_stays_with_it(store: Store) -> None:
    arrive(store, A)
    status = incident_of(store, A).status
    decision = decide(store, desk.confirm(store, incident_of(store, A), by(1)))
    confirmed = incident_of(store, A)
    assert (confirmed.reviewed, confirmed.status, confirmed.decisions) == (
        True,
        status,
        (decision.id,),
    )
    arrive(store, B)
    assert incident_of(store, B).reviewed
    decide(store, desk.undo(store, decision, by(2)))
    assert not incident_of(store, A).reviewed


def test_a_rejected_incident_is_listed_only_when_asked_for(store: Store) -> None:
    arrive(store, A, FAR)
    decision = decide(store, desk.reject(store, incident_of(store, A), by(1)))
    rejected = incident_of(store, A)
    assert (rejected.status, rejected.decisions) == (IncidentStatus.REJECTED, (decision.id,))
    assert [s.incident.id for s in store.incidents()] == [incident_of(store, FAR).id]
    asked = store.incidents(IncidentFilter(status=IncidentStatus.REJECTED))
    assert [s.incident.id for s in asked] == [rejected.id]
    assert store.counts().incidents == 1


def test_what_was_rejected_takes_copies_in_and_nothing_else(store: Store) -> None:
    arrive(store, A)
    decide(store, desk.reject(store, incident_of(store, A), by(1)))
    store.keep(kept(bombing("copy")))
    store.join_lineages(["a", "copy"])
    arrive(store, B)
    assert partition(store) == {frozenset({"a", "copy"}), frozenset({"b"})}
    assert incident_of(store, B).status is not IncidentStatus.REJECTED


def test_confirming_lifts_a_rejection_and_so_does_undoing_it(store: Store) -> None:
    arrive(store, A)
    before = record(store)
    decision = decide(store, desk.reject(store, incident_of(store, A), by(1)))
    decide(store, desk.confirm(store, incident_of(store, A), by(2)))
    assert incident_of(store, A).status is IncidentStatus.UNCONFIRMED
    decide(store, desk.undo(store, store.decisions()[-1], by(3)))
    assert incident_of(store, A).status is IncidentStatus.REJECTED
    decide(store, desk.undo(store, decision, by(4)))
    assert record(store) == before


# edit, pin


def test_an_edit_holds_against_new_reports_and_rewrites_the_title(store: Store) -> None:
    arrive(store, A)
    values = {FieldName.KILLED: read_typed(FieldName.KILLED, "16")}
    decision = decide(store, desk.edit(store, incident_of(store, A), values, by(1)))
    arrive(store, B)
    edited = incident_of(store, B)
    assert edited.killed is not None
    assert (edited.killed.value, edited.killed.pinned_by) == (Quantity(16, 16, 16), decision.id)
    assert "16 killed" in edited.title
    decide(store, desk.undo(store, decision, by(2)))
    undone = incident_of(store, A)
    assert undone.killed is not None
    assert undone.killed.value == Quantity(14, 14, 14)
    assert "14 killed" in undone.title
    assert undone.decisions == ()


def test_a_later_edit_of_the_same_field_holds_and_the_earlier_comes_back(store: Store) -> None:
    arrive(store, A)
    made = []
    for minute, typed in enumerate(("16", "17-20"), start=1):
        values = {FieldName.KILLED: read_typed(FieldName.KILLED, typed)}
        made.append(decide(store, desk.edit(store, incident_of(store, A), values, by(minute))))
    assert incident_of(store, A).decisions == (made[1].id,)
    decide(store, desk.undo(store, made[1], by(3)))
    killed = incident_of(store, A).killed
    assert killed is not None
    assert killed.value == Quantity(16, 16, 16)


def test_a_pin_keeps_the_value_that_was_there(store: Store) -> None:
    arrive(store, A)
    decide(store, desk.pin(store, incident_of(store, A), [FieldName.KILLED], by(1)))
    arrive(store, bombing("b", killed=15), bombing("c", killed=15))
    assert partition(store) == {frozenset("abc")}
    killed = incident_of(store, A).killed
    assert killed is not None
    assert killed.value == Quantity(14, 14, 14)
    (offer,) = desk.offers(store, SETTINGS)
    assert (offer.field, offer.incident_id) == ("killed", incident_of(store, A).id)


def test_decisions_go_with_their_reports_into_a_merged_incident(store: Store) -> None:
    arrive(store, A, FAR)
    values = {FieldName.INJURED: read_typed(FieldName.INJURED, "9")}
    decide(store, desk.edit(store, incident_of(store, FAR), values, by(1)))
    merge_far(store)
    injured = incident_of(store, A).injured
    assert injured is not None
    assert injured.value == Quantity(9, 9, 9)


# relate


def test_a_relation_leads_to_the_incident_wherever_it_goes(store: Store) -> None:
    later = bombing("later", day=20)
    arrive(store, A, FAR, later)
    one, other = incident_of(store, later), incident_of(store, FAR)
    decision = decide(store, desk.relate(store, one, RelationKind.RETALIATION_FOR, other, by(1)))
    (relation,) = incident_of(store, later).relations
    assert (relation.kind, relation.to, relation.decided_by) == (
        RelationKind.RETALIATION_FOR,
        other.id,
        decision.id,
    )
    merged = decide(store, desk.merge(store, [incident_of(store, A), other], by(2)))
    (relation,) = record(store)[incident_of(store, later).id].relations
    assert (relation.to,) == merged.outputs
    decide(store, desk.undo(store, decision, by(3)))
    assert record(store)[incident_of(store, later).id].relations == ()


# history, kill, refusals


def test_history_names_the_decision(store: Store) -> None:
    arrive(store, A, FAR)
    decision = merge_far(store)
    merged = incident_of(store, A)
    last = store.history(merged.id)[-1]
    assert (last.cause_article_ids, last.cause_decision_ids) == ((), (decision.id,))
    assert store.history(merged.id)[0].cause_decision_ids == ()


def test_as_of_shows_the_record_before_the_decision(store: Store, clock: SteppingClock) -> None:
    arrive(store, A, FAR)
    before, then = [s.incident for s in store.incidents()], clock.at
    merge_far(store)
    assert [s.incident for s in store.incidents(as_of=then)] == before


def test_as_of_relations_lead_to_what_was_there_then(store: Store, clock: SteppingClock) -> None:
    later = bombing("later", day=20)
    arrive(store, A, FAR, later)
    carry_out(
        store,
        SETTINGS,
        desk.relate(
            store, incident_of(store, later), RelationKind.FOLLOWS, incident_of(store, FAR), by(1)
        ),
    )
    then, told, before = clock.at, incident_of(store, later), incident_of(store, FAR)
    merge_far(store)
    (now,) = with_current_relations(store, told).relations
    (known,) = with_current_relations(store, told, as_of=then).relations
    assert known.to == before.id
    assert now.to == incident_of(store, A).id


def test_a_decision_that_was_logged_and_not_carried_out_is_taken_up(store: Store) -> None:
    """As after a kill between the two."""
    arrive(store, A, FAR)
    one, other = incident_of(store, A), incident_of(store, FAR)
    store.decide(desk.merge(store, [one, other], by(1)), reopen=[A.report.id, FAR.report.id])
    assert len(partition(store)) == 2
    desk.settle(store, SETTINGS)
    assert len(partition(store)) == 1


def test_acts_that_cannot_be_meant_are_refused(store: Store) -> None:
    arrive(store, A, B, FAR)
    one, far = incident_of(store, A), incident_of(store, FAR)
    refused: list[Callable[[], ReviewDecision]] = [
        lambda: desk.merge(store, [one, one], by()),
        lambda: desk.split(store, one, ["a", "b"], by()),
        lambda: desk.split(store, one, [], by()),
        lambda: desk.split(store, one, ["far"], by()),
        lambda: desk.edit(store, one, {}, by()),
        lambda: desk.pin(store, one, [], by()),
        lambda: desk.relate(store, one, RelationKind.FOLLOWS, one, by()),
    ]
    for act in refused:
        with pytest.raises(ReviewError):
            act()
    decide(store, desk.reject(store, far, by(1)))
    rejected = incident_of(store, FAR)
    refused = [
        lambda: desk.merge(store, [one, rejected], by()),
        lambda: desk.reject(store, rejected, by()),
        lambda: desk.relate(store, one, RelationKind.FOLLOWS, rejected, by()),
    ]
    for act in refused:
        with pytest.raises(ReviewError, match="was rejected"):
            act()
    undone = store.decisions()[0]
    decide(store, desk.undo(store, undone, by(2)))
    with pytest.raises(ReviewError, match="undone already"):
        desk.undo(store, undone, by(3))
    with pytest.raises(ReviewError, match="not in force"):
        desk.renew(store, undone, by(3))
