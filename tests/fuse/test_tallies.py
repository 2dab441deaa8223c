"""Aggregate claims beside the record's own count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.fuse.factory import DAY, QUARTER, SPAN, killed, tell

from tocsin.fuse import check_tally, fuse
from tocsin.fuse.tallies import noun_types
from tocsin.records import Incident, Quantity, TallyClaim, TallyVerdict, TimeInterval
from tocsin.records.vocab import (
    IncidentType,
    IncludesCurrent,
    Stage,
    TallyKind,
    TimePrecision,
)

MARCH = TimeInterval(
    dt.datetime(2021, 3, 1),
    dt.datetime(2021, 4, 1),
    TimePrecision.MONTH,
)
CLAIM = TallyClaim(
    "tal_1",
    "art_tally",
    TallyKind.INCIDENTS,
    Quantity(2, 2, 2),
    "rocket attacks",
    SPAN,
    window=MARCH,
    scope_country="XK",
)


def attack(name: str, day: int = 9, **told: object) -> Incident:
    time = replace(
        DAY,
        earliest=dt.datetime(2021, 3, day),
        latest=dt.datetime(2021, 3, day + 1),
    )
    return fuse([tell(name, time=time, **told)])  # type: ignore[arg-type]


def test_a_claim_and_the_record_agree() -> None:
    check = check_tally(CLAIM, [attack("a", 3), attack("b", 20)])
    assert check.our_count == 2
    assert check.verdict is TallyVerdict.AGREES
    assert not check.near_misses


def test_a_gap_is_told_in_one_sentence_with_what_nearly_counts() -> None:
    other_type = attack("b", type_=IncidentType.ARMED_ATTACK)
    abroad = attack("c", place=replace(QUARTER, country="RS"))
    far_off = attack("d", type_=IncidentType.ABDUCTION, place=replace(QUARTER, country="RS"))
    check = check_tally(CLAIM, [attack("a"), other_type, abroad, far_off])
    assert check.verdict is TallyVerdict.RECORD_HAS_FEWER
    assert check.our_count == 1
    assert {miss.incident_id for miss in check.near_misses} == {other_type.id, abroad.id}
    assert "the record has 1" in check.gap


def test_the_window_is_the_claims_own() -> None:
    before = replace(
        DAY,
        earliest=dt.datetime(2021, 2, 27),
        latest=dt.datetime(2021, 2, 28),
    )
    check = check_tally(CLAIM, [fuse([tell("a", time=before)]), fuse([tell("b", time=None)])])
    assert check.our_count == 0
    assert {miss.reason for miss in check.near_misses} == {
        "before the window",
        "its date is not known",
    }


def test_the_attack_a_claim_counts_from_is_left_out_where_it_says_so() -> None:
    current = attack("art_tally")
    others = [attack("a", 3), attack("b", 4)]
    assert check_tally(CLAIM, [current, *others]).our_count == 3
    without = replace(CLAIM, includes_current=IncludesCurrent.NO)
    assert check_tally(without, [current, *others]).our_count == 2


def test_what_was_foiled_is_not_counted() -> None:
    assert check_tally(CLAIM, [attack("a", stage=Stage.FOILED)]).our_count == 0


def test_scope_words_narrow_the_count() -> None:
    scoped = replace(CLAIM, scope="the Mill Quarter")
    elsewhere = attack("b", place=replace(QUARTER, name="Harbour"))
    check = check_tally(scoped, [attack("a"), elsewhere])
    assert check.our_count == 1
    assert [miss.incident_id for miss in check.near_misses] == [elsewhere.id]


def test_casualty_tallies_are_compared_with_the_least_killed() -> None:
    claim = replace(CLAIM, kind=TallyKind.CASUALTIES, noun="people", count=Quantity(20, None, None))
    incidents = [
        attack("a", casualties=[killed(4)]),
        attack("b", casualties=[killed((3, None, 9))]),
    ]
    check = check_tally(claim, incidents)
    assert check.our_count == 7
    assert check.verdict is TallyVerdict.RECORD_HAS_FEWER


def test_strength_and_claims_without_a_window_are_not_compared() -> None:
    for claim in (replace(CLAIM, kind=TallyKind.STRENGTH), replace(CLAIM, window=None)):
        assert check_tally(claim, [attack("a")]).verdict is TallyVerdict.NOT_COMPARABLE


def test_the_order_of_incidents_does_not_matter() -> None:
    incidents = [attack("a", 3), attack("b", 20), attack("c", type_=IncidentType.ABDUCTION)]
    assert check_tally(CLAIM, incidents) == check_tally(CLAIM, incidents[::-1])


def test_nouns_name_types() -> None:
    assert noun_types("incidents") is None
    assert noun_types("Shootings") == frozenset({IncidentType.ARMED_ATTACK})


def test_a_telling_noun_narrows_a_generic_one() -> None:
    attacks, rockets = noun_types("attacks"), noun_types("rocket attacks")
    assert attacks is not None
    assert rockets is not None
    assert rockets < attacks
    assert noun_types("suicide bombings") == frozenset({IncidentType.SUICIDE_BOMBING})
    both = noun_types("rocket and bomb attacks")
    assert both is not None
    assert {IncidentType.INDIRECT_FIRE, IncidentType.BOMBING} <= both
