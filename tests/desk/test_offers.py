"""What came after a decision and does not agree with it is offered until it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.factory import SETTINGS, arrive, bombing, by, incident_of, kept
from tests.store.factory import SteppingClock
from tocsin import desk
from tocsin.desk import Offer, carry_out
from tocsin.records import ReportInContext, ReviewDecision
from tocsin.records.vocab import RelationKind
from tocsin.review import FieldName, read_typed
from tocsin.store import Kept, Store, open_store

A, B = bombing("a"), bombing("b")
FAR = bombing("far", town="Maiduguri")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db"), SETTINGS.store, clock=SteppingClock()) as opened:
        yield opened


def decide(store: Store, decision: ReviewDecision) -> ReviewDecision:
    carry_out(store, SETTINGS, decision)
    return decision


def offers(store: Store) -> list[Offer]:
    return desk.offers(store, SETTINGS)


def edit_killed(
    store: Store, typed: str, minute: int = 1, on: ReportInContext = A
) -> ReviewDecision:
    values = {FieldName.KILLED: read_typed(FieldName.KILLED, typed)}
    return decide(store, desk.edit(store, incident_of(store, on), values, by(minute)))


def test_an_edit_is_offered_when_the_reports_change_and_not_before(store: Store) -> None:
    arrive(store, A)
    decision = edit_killed(store, "16")
    assert offers(store) == []
    arrive(store, B)
    assert offers(store) == [], "another report that says the same is no new evidence"
    arrive(store, bombing("c", killed=15), bombing("d", killed=15), bombing("e", killed=15))
    (offer,) = offers(store)
    assert (offer.decision, offer.field) == (decision, "killed")
    assert offer.decided == decision.field_values["killed"]
    assert offer.now not in {offer.decided, decision.evidence["killed"]}
    assert len(offer.report_ids) == 4


def test_reports_that_come_to_agree_with_an_edit_are_no_offer(store: Store) -> None:
    silent = bombing("silent", killed=None)
    arrive(store, silent)
    edit_killed(store, "14", on=silent)
    arrive(store, A)
    assert incident_of(store, A) == incident_of(store, silent)
    assert offers(store) == []
    arrive(store, bombing("c", killed=15), bombing("d", killed=15))
    assert [offer.field for offer in offers(store)] == ["killed"]


def test_confirming_the_decision_or_editing_again_or_undoing_settles_an_offer(
    tmp_path: Path,
) -> None:
    def settle_by(number: int) -> list[Offer]:
        with open_store(str(tmp_path / f"{number}.db"), SETTINGS.store) as store:
            arrive(store, A)
            decision = edit_killed(store, "16")
            arrive(store, *(bombing(name, killed=15) for name in "cde"))
            assert len(offers(store)) == 1
            if number == 0:
                decide(store, desk.renew(store, decision, by(2)))
            elif number == 1:
                edit_killed(store, "15", 2)
            else:
                decide(store, desk.undo(store, decision, by(2)))
            return offers(store)

    assert [settle_by(number) for number in range(3)] == [[], [], []]


def test_a_confirmation_is_offered_when_a_key_value_changes(store: Store) -> None:
    arrive(store, A)
    decision = decide(store, desk.confirm(store, incident_of(store, A), by(1)))
    assert offers(store) == []
    arrive(store, *(bombing(name, killed=15) for name in "cde"))
    found = offers(store)
    assert {offer.decision.id for offer in found} == {decision.id}
    assert [offer.field for offer in found] == ["killed"], "corroboration is nothing against it"
    decide(store, desk.renew(store, decision, by(2)))
    assert offers(store) == []


def test_a_rejection_is_offered_when_another_origin_tells_the_same(store: Store) -> None:
    arrive(store, A)
    decision = decide(store, desk.reject(store, incident_of(store, A), by(1)))
    assert offers(store) == []
    arrive(store, B)
    (offer,) = offers(store)
    assert (offer.decision, offer.report_ids) == (decision, (B.report.id,))
    decide(store, desk.confirm(store, incident_of(store, A), by(2)))
    assert offers(store) == []


def test_a_split_is_offered_when_a_new_report_fits_both_parts(store: Store) -> None:
    arrive(store, A, B)
    decision = decide(store, desk.split(store, incident_of(store, A), ["b"], by(1)))
    assert offers(store) == []
    new = bombing("new")
    arrive(store, new)
    (offer,) = offers(store)
    assert (offer.decision, offer.report_ids) == (decision, (new.report.id,))
    decide(store, desk.renew(store, decision, by(2)))
    assert offers(store) == []


def test_a_merge_is_offered_when_a_new_report_contradicts_it_in_a_new_way(store: Store) -> None:
    """Places excluded each other already; that the times do too is new."""
    arrive(store, A, FAR)
    pair = [incident_of(store, A), incident_of(store, FAR)]
    decision = decide(store, desk.merge(store, pair, by(1)))
    arrive(store, B)
    assert offers(store) == []
    week = bombing("week", day=None, text="A car bomb killed 14 at the vegetable market, again.")
    late = replace(week, report=replace(week.report, date=bombing("x", day=11).report.date))
    store.keep(kept(late))
    desk.settle(store, SETTINGS)
    other = incident_of(store, late)
    decide(store, desk.merge(store, [incident_of(store, A), other], by(2)))
    first = [offer for offer in offers(store) if offer.decision == decision]
    assert [offer.report_ids for offer in first] == [(late.report.id,)]
    assert "times exclude" in first[0].reason


def test_a_relation_is_offered_when_its_ends_are_one(store: Store) -> None:
    arrive(store, A, FAR)
    one, other = incident_of(store, A), incident_of(store, FAR)
    decision = decide(store, desk.relate(store, one, RelationKind.FOLLOWS, other, by(1)))
    decide(store, desk.merge(store, [one, other], by(2)))
    (offer,) = offers(store)
    assert offer.decision == decision
    assert incident_of(store, A).relations == ()


def test_two_edits_that_meet_in_one_incident_are_offered(store: Store) -> None:
    arrive(store, A, FAR)
    first = edit_killed(store, "20", 1)
    later = edit_killed(store, "21", 2, on=FAR)
    pair = [incident_of(store, A), incident_of(store, FAR)]
    decide(store, desk.merge(store, pair, by(3)))
    (offer,) = [offer for offer in offers(store) if offer.decision == first]
    assert (offer.decided, offer.now) == (
        first.field_values["killed"],
        later.field_values["killed"],
    )


def test_a_decision_whose_reports_are_gone_is_offered(store: Store) -> None:
    arrive(store, A, FAR)
    decision = edit_killed(store, "16")
    empty = kept(A)
    gone = replace(empty.extraction, reports=(), extractor_version="2")
    store.keep(Kept(empty.article, gone))
    desk.settle(store, SETTINGS)
    (offer,) = offers(store)
    assert (offer.decision, offer.incident_id) == (decision, None)
    assert "no longer in the record" in offer.reason
