"""Aggregate claims beside the record's own count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.fuse.factory import DAY, QUARTER, SPAN, TEXT, killed, tell
from tocsin.fuse import check_tally, fuse
from tocsin.fuse.tallies import noun_types
from tocsin.records import Incident, Place, Quantity, Span, TallyClaim, TallyVerdict, TimeInterval
from tocsin.records.vocab import (
    IncidentType,
    IncludesCurrent,
    PlacePrecision,
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
    assert {miss.incident_id for miss in check.near_misses} == {other_type.id}
    assert check.gap == (
        "Claimed: 2 rocket attacks, 1-31 Mar 2021; the record holds 1; 1 more is close: "
        "of another form."
    )


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
        "date not known",
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


CAMP = Place(
    "Camp Heron",
    PlacePrecision.SITE,
    country="XK",
    lat=42.60,
    lon=21.10,
)
FAR = replace(CAMP, name="Stone Bridge", lat=42.95)  # 39 km north
VAGUE = Place("Kosovo", PlacePrecision.COUNTRY, country="XK")


def test_words_that_point_back_to_a_place_count_only_what_is_there() -> None:
    own = attack("art_tally", 20, place=CAMP)
    beside = attack("b", 18, place=replace(CAMP, name="the east gate", lat=42.61))
    far, vague = attack("c", 19, place=FAR), attack("d", 17, place=VAGUE)
    claim = replace(CLAIM, noun="attack", scope="on the camp")
    check = check_tally(claim, [own, beside, far, vague])
    assert set(check.counted) == {own.id, beside.id}
    assert {miss.incident_id: miss.reason for miss in check.near_misses} == {
        far.id: "at another place",
        vague.id: "placed too vaguely",
    }
    named = replace(claim, scope="on the camp in Kosovo")
    assert check_tally(named, [own, beside, far, vague]).our_count == 4


def test_words_that_point_back_to_a_form_count_only_that_form() -> None:
    own = attack("art_tally", 20, type_=IncidentType.SUICIDE_BOMBING)
    bomb = attack("b", 18, type_=IncidentType.BOMBING)
    rockets = attack("c", 19)
    claim = replace(CLAIM, noun="attack", scope="of its kind")
    check = check_tally(claim, [own, bomb, rockets])
    assert set(check.counted) == {own.id, bomb.id}
    assert [miss.reason for miss in check.near_misses] == ["of another form"]
    assert check_tally(replace(claim, scope=None), [own, bomb, rockets]).our_count == 3


def test_a_country_in_the_scope_is_no_name_of_a_place() -> None:
    claim = replace(CLAIM, scope="on American interests in Kosovo", scope_country=None)
    abroad = attack("b", place=replace(QUARTER, country="RS"))
    check = check_tally(claim, [attack("a"), abroad])
    assert check.our_count == 1
    assert check.gap.endswith("the record holds 1; 1 more is close: in another country.")


def test_a_base_is_known_by_its_kind_of_place() -> None:
    claim = replace(CLAIM, scope="on bases that house foreigners")
    base = attack("a", place=replace(CAMP, feature_code="INSM"))
    assert set(check_tally(claim, [base, attack("b")]).counted) == {base.id}


def test_what_is_far_off_in_time_is_no_near_miss() -> None:
    def at(day: dt.date) -> Incident:
        start = dt.datetime.combine(day, dt.time())
        time = replace(DAY, earliest=start, latest=start + dt.timedelta(days=1))
        return fuse([tell(str(day), time=time)])

    close, far = at(dt.date(2021, 2, 25)), at(dt.date(2020, 11, 2))
    check = check_tally(CLAIM, [close, far])
    assert [miss.incident_id for miss in check.near_misses] == [close.id]


def test_the_toll_of_one_attack_is_no_aggregate() -> None:
    toll = replace(CLAIM, kind=TallyKind.CASUALTIES, noun="killed", article_id="a")
    incident = attack("a", casualties=[killed(2)])
    assert check_tally(toll, [incident]).verdict is TallyVerdict.NOT_COMPARABLE
    elsewhere = replace(toll, span=Span.of(TEXT, 63, 77))
    assert check_tally(elsewhere, [incident]).verdict is TallyVerdict.AGREES
    one = replace(elsewhere, count=Quantity(1, 1, 1))
    assert check_tally(one, [incident]).verdict is TallyVerdict.NOT_COMPARABLE


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
