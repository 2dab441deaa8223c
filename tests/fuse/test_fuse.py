"""An incident from reports: every value has its words, copies add nothing, order is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuse.factory import DAY, QUARTER, SPAN, TEXT, killed, tell, who
from tocsin.errors import RecordError
from tocsin.fuse import fuse
from tocsin.records import (
    Actor,
    Claim,
    FusedField,
    Incident,
    Place,
    Quantity,
    ReportInContext,
    Span,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    ConflictVerdict,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    PlaceRole,
    SourceKind,
    Specificity,
    Stage,
    TargetKind,
    TimeBasis,
    TimePrecision,
    WeaponType,
    ZoneBasis,
)

TOWN = replace(QUARTER, name="Millford", precision=PlacePrecision.SETTLEMENT, uncertainty_km=8.0)
FAR_TOWN = replace(TOWN, name="Eastport", lat=43.9)


def clock(day: int, first: int, last: int, zone: str, basis: ZoneBasis) -> TimeInterval:
    return TimeInterval(
        dt.datetime(2021, 3, day, first),
        dt.datetime(2021, 3, day, last),
        TimePrecision.PART_OF_DAY,
        zone=zone,
        zone_basis=basis,
    )


def fields(incident: Incident) -> Iterator[FusedField[Any]]:
    for one in (
        incident.type,
        incident.date,
        incident.place,
        incident.killed,
        incident.injured,
        incident.attackers_killed,
    ):
        if one is not None:
            yield one
    yield from incident.weapons
    yield from incident.targets
    yield from incident.other_casualties
    yield from incident.damage
    yield from incident.effects
    yield from incident.actors


def values(incident: Incident) -> tuple[object, ...]:
    """Everything that a verbatim copy must not change."""
    return (
        incident.title,
        incident.status,
        incident.stage,
        incident.corroboration.lineages,
        incident.corroboration.primary_sources,
        [
            (f.value, f.rule, f.agreement, [(a.value, a.note) for a in f.alternatives])
            for f in fields(incident)
        ],
        incident.actor_by,
        [(c.field, c.verdict, [s.value for s in c.sides]) for c in incident.conflicts],
    )


def verdicts(incident: Incident) -> list[tuple[str, ConflictVerdict]]:
    return [(conflict.field, conflict.verdict) for conflict in incident.conflicts]


def test_nothing_founds_no_incident() -> None:
    with pytest.raises(RecordError):
        fuse([])


# ------------------------------------------------------------------ type, time, place


def test_the_type_that_says_more_of_the_same_wins() -> None:
    told = (IncidentType.OTHER_ATTACK, IncidentType.BOMBING, IncidentType.SUICIDE_BOMBING)
    incident = fuse([tell(f"a{n}", type_=type_) for n, type_ in enumerate(told)])
    assert incident.type.value is IncidentType.SUICIDE_BOMBING
    assert incident.type.agreement is Agreement.COMPATIBLE
    assert verdicts(incident) == [("type", ConflictVerdict.PRECISION)]


def test_the_finest_time_inside_the_others_is_the_time() -> None:
    morning = clock(9, 5, 12, "Europe/Belgrade", ZoneBasis.PLACE_OF_EVENT)
    incident = fuse([tell("a"), tell("b", time=morning)])
    assert incident.date is not None
    assert incident.date.value == morning
    assert incident.date.agreement is Agreement.COMPATIBLE


def test_clocks_of_two_zones_that_share_an_instant_do_not_conflict() -> None:
    there = clock(10, 0, 1, "Asia/Baghdad", ZoneBasis.STATED)
    desk = clock(9, 12, 18, "America/New_York", ZoneBasis.OUTLET)
    incident = fuse([tell("a", time=there), tell("b", time=desk)])
    assert incident.date is not None
    assert incident.date.value.local_date == dt.date(2021, 3, 10)
    assert {a.note for a in incident.date.alternatives} == {ConflictVerdict.ZONE_READING.value}
    assert not any(c.verdict is ConflictVerdict.OPEN for c in incident.conflicts)


def test_a_clock_misread_by_a_zone_is_shown_as_such() -> None:
    there = clock(9, 0, 1, "Asia/Baghdad", ZoneBasis.STATED)
    misread = clock(9, 12, 18, "Asia/Baghdad", ZoneBasis.PLACE_OF_EVENT)
    incident = fuse([tell("a", time=there), tell("b", time=misread)])
    (conflict,) = incident.conflicts
    assert (conflict.field, conflict.verdict) == ("date", ConflictVerdict.ZONE_READING)
    assert incident.status is IncidentStatus.CORROBORATED


def test_a_day_the_words_give_outranks_the_day_of_publication() -> None:
    published = replace(
        DAY,
        earliest=dt.datetime(2021, 3, 10),
        latest=dt.datetime(2021, 3, 11),
        basis=TimeBasis.PUBLISHED,
    )
    reports = [tell("a", time=published), tell("b", time=published), tell("c", time=DAY)]
    incident = fuse(reports)
    assert incident.date is not None
    assert incident.date.value == DAY
    assert not incident.conflicts


def test_the_most_specific_place_inside_the_others_is_the_place() -> None:
    country = Place("Kosovo", PlacePrecision.COUNTRY, country="XK")
    incident = fuse([tell("a", place=country), tell("b", place=TOWN), tell("c", place=QUARTER)])
    assert incident.place is not None
    assert incident.place.value == QUARTER
    assert {a.note for a in incident.place.alternatives} == {ConflictVerdict.PRECISION.value}


def test_the_town_most_origins_name_wins_and_the_other_is_a_conflict() -> None:
    incident = fuse([tell("a", place=TOWN), tell("b", place=FAR_TOWN), tell("c", place=TOWN)])
    assert incident.place is not None
    assert incident.place.value == TOWN
    assert [c.field for c in incident.conflicts] == ["place"]
    assert incident.status is IncidentStatus.CORROBORATED
    assert fuse([tell("a", place=TOWN), tell("b", place=FAR_TOWN)]).status is (
        IncidentStatus.DISPUTED
    )


# ------------------------------------------------------------------ weapons, targets


def test_a_missile_that_others_call_a_rocket_is_a_rocket() -> None:
    missile = Weapon(WeaponType.MISSILE_UNSPECIFIED, count=Quantity(2, 2, 2))
    rocket = Weapon(WeaponType.ROCKET, "Grad", Quantity(2, 2, 2))
    incident = fuse([tell("a", weapons=[missile]), tell("b", weapons=[rocket])])
    (field,) = incident.weapons
    assert field.value == rocket
    (conflict,) = incident.conflicts
    assert conflict.verdict is ConflictVerdict.WORDING


def test_rocket_fire_is_no_fire_of_one_rocket() -> None:
    one = Weapon(WeaponType.ROCKET, count=Quantity(1, 1, 1))
    salvo = Weapon(WeaponType.ROCKET, count=Quantity(25, None, None))
    (field,) = fuse([tell("a", weapons=[one]), tell("b", weapons=[salvo])]).weapons
    assert field.value == salvo
    assert fuse([tell("a", weapons=[one])]).weapons[0].value.count is None


def test_different_weapons_stand_side_by_side() -> None:
    gun, bomb = Weapon(WeaponType.FIREARM), Weapon(WeaponType.IED)
    incident = fuse([tell("a", weapons=[gun, bomb]), tell("b", weapons=[gun])])
    assert [field.value.type for field in incident.weapons] == [
        WeaponType.FIREARM,
        WeaponType.IED,
    ]


def test_a_target_under_a_shorter_name_is_the_same_target() -> None:
    long = Target("the eastern grain mill", TargetKind.COMMERCIAL)
    short = Target("a mill", TargetKind.COMMERCIAL, aimed_at=True)
    (field,) = fuse([tell("a", targets=[long]), tell("b", targets=[short])]).targets
    assert field.value == replace(long, aimed_at=True)


# ------------------------------------------------------------------ actors


def test_what_one_of_two_origins_states_as_fact_is_that_outlets_accusation() -> None:
    fact = who("River Brigade", ActorRole.PERPETRATOR)
    incident = fuse([tell("a", actors=[fact], outlet="Herald"), tell("b")])
    (field,) = incident.actors
    assert field.value.role is ActorRole.BLAMED
    assert incident.actor_by == ("Herald",)


def test_what_every_origin_states_as_fact_is_the_perpetrator() -> None:
    fact = who("River Brigade", ActorRole.PERPETRATOR)
    incident = fuse([tell("a", actors=[fact]), tell("b", actors=[fact])])
    assert [field.value.role for field in incident.actors] == [ActorRole.PERPETRATOR]


def test_gunmen_accuse_nobody() -> None:
    incident = fuse([tell("a", actors=[who("gunmen", ActorRole.PERPETRATOR)]), tell("b")])
    assert incident.actors[0].value.role is ActorRole.PERPETRATOR


def test_a_denial_stands_beside_the_accusation_and_disputes_the_actor_alone() -> None:
    blamed = who("River Brigade", ActorRole.BLAMED, by="the interior ministry")
    denied = who("River Brigade", ActorRole.DENIED, by="River Brigade")
    incident = fuse([tell("a", actors=[blamed, denied]), tell("b")])
    assert [field.value.role for field in incident.actors] == [
        ActorRole.BLAMED,
        ActorRole.DENIED,
    ]
    assert incident.actor_by == ("the interior ministry", "River Brigade")
    assert verdicts(incident) == [("actors", ConflictVerdict.OPEN)]
    assert incident.status is IncidentStatus.CORROBORATED


def accused(actor: Actor, words: Span = SPAN) -> Claim[Actor]:
    return Claim(actor, (words,))


def test_words_that_count_victims_or_name_the_place_attack_nobody() -> None:
    workers = Actor("Eleven workers", ActorRole.PERPETRATOR)
    quarter = Actor("the Mill Quarter", ActorRole.BLAMED)
    nobody = Actor("others", ActorRole.PERPETRATOR)
    at = TEXT.index("eleven")
    told = [accused(workers, Span.of(TEXT, at, at + 14)), accused(quarter), accused(nobody)]
    assert fuse([tell("a", actors=told)]).actors == ()


def test_the_words_of_a_toll_name_no_perpetrator() -> None:
    guards = who("Valley Guards", ActorRole.PERPETRATOR)
    toll = killed(2)  # rests on the same words
    assert fuse([tell("a", actors=[guards], casualties=[toll])]).actors == ()
    gunmen = who("three gunmen", ActorRole.PERPETRATOR)
    assert fuse([tell("a", actors=[gunmen], casualties=[toll])]).actors != ()


def test_a_nation_and_its_people_are_one_actor() -> None:
    told = [
        accused(Actor("the Kosovar", ActorRole.BLAMED)),
        accused(Actor("Kosovo", ActorRole.BLAMED)),
    ]
    (field,) = fuse([tell(f"a{n}", actors=[one]) for n, one in enumerate(told)]).actors
    assert field.value.name == "Kosovo"


@pytest.mark.parametrize("spelling", ["the River Brigade", "River  Brigade", "RIVER BRIGADE"])
def test_spellings_of_one_name_are_one_actor(spelling: str) -> None:
    told = [who("River Brigade", ActorRole.CLAIMED), who(spelling, ActorRole.CLAIMED)]
    assert len(fuse([tell(f"a{n}", actors=[one]) for n, one in enumerate(told)]).actors) == 1


# ------------------------------------------------------------------ standing


def test_one_origin_is_unconfirmed_however_many_pages_carry_it() -> None:
    copies = [tell(f"a{n}", lineage="wire") for n in range(5)]
    incident = fuse(copies)
    assert incident.status is IncidentStatus.UNCONFIRMED
    assert incident.corroboration.articles == 5
    assert incident.corroboration.lineages == 1


def test_two_texts_of_one_outlet_do_not_confirm_each_other() -> None:
    assert fuse([tell("a", outlet="Herald"), tell("b", outlet="herald")]).status is (
        IncidentStatus.UNCONFIRMED
    )


def test_a_reprint_of_one_of_two_texts_of_an_outlet_confirms_neither() -> None:
    texts = [tell("a", lineage="one", outlet="Herald"), tell("b", lineage="two", outlet="Herald")]
    reprint = tell("c", lineage="one", outlet="Echo")
    assert fuse([*texts, reprint]).status is IncidentStatus.UNCONFIRMED
    own = tell("d", lineage="three", outlet="Echo")
    assert fuse([*texts, own]).status is IncidentStatus.CORROBORATED


def test_an_officer_and_a_witness_in_one_text_do() -> None:
    both = [("an army officer", SourceKind.OFFICIAL_MILITARY), ("a baker", SourceKind.EYEWITNESS)]
    assert fuse([tell("a", sources=both)]).status is IncidentStatus.CORROBORATED


def test_one_spokesman_in_two_origins_is_one_source() -> None:
    one = [("the Valley Command", SourceKind.OFFICIAL_MILITARY)]
    other = [("a Valley Command spokesman", SourceKind.OFFICIAL_MILITARY)]
    incident = fuse([tell("a", sources=one), tell("b", sources=other)])
    (source,) = incident.corroboration.primary_sources
    assert source.lineages == 2


def test_a_denied_event_is_disputed() -> None:
    incident = fuse([tell("a"), tell("b", denied_by="the governor"), tell("c")])
    assert incident.status is IncidentStatus.DISPUTED
    assert [s.value for s in incident.conflicts[0].sides] == ["happened", "did not happen"]


def test_vague_mentions_confirm_nothing() -> None:
    low = [tell(n, specificity=Specificity.LOW) for n in "ab"]
    assert fuse(low).status is IncidentStatus.UNCONFIRMED


def test_breaking_news_is_provisional_until_a_later_report_is_not() -> None:
    breaking = tell("a", day=9, is_provisional=True)
    assert fuse([breaking]).provisional
    assert not fuse([breaking, tell("b", day=10)]).provisional
    assert fuse([breaking, tell("b", day=28, is_main=False)]).provisional


def test_recaps_alone_make_a_background_incident() -> None:
    assert fuse([tell("a", is_main=False)]).background_only
    assert not fuse([tell("a", is_main=False), tell("b")]).background_only


def test_the_stage_most_origins_tell() -> None:
    foiled = [tell(n, stage=Stage.FOILED) for n in "ab"]
    assert fuse([*foiled, tell("c")]).stage is Stage.FOILED


# ------------------------------------------------------------------ invariants


@st.composite
def clusters(draw: st.DrawFn) -> list[ReportInContext]:
    return [
        tell(
            f"art{n}",
            type_=draw(st.sampled_from([IncidentType.BOMBING, IncidentType.SUICIDE_BOMBING])),
            time=draw(
                st.sampled_from(
                    [DAY, None, clock(9, 5, 12, "Europe/Belgrade", ZoneBasis.PLACE_OF_EVENT)]
                )
            ),
            place=draw(st.sampled_from([QUARTER, TOWN, FAR_TOWN, None])),
            casualties=[
                killed(draw(st.integers(0, 9)), by=draw(st.sampled_from([None, "police"])))
            ],
            weapons=draw(
                st.sampled_from(
                    [(), (Weapon(WeaponType.IED),), (Weapon(WeaponType.VEHICLE_BOMB, "van"),)]
                )
            ),
            actors=draw(
                st.sampled_from(
                    [
                        (),
                        (who("River Brigade", ActorRole.PERPETRATOR),),
                        (who("River Brigade", ActorRole.BLAMED, by="police"),),
                    ]
                )
            ),
            sources=draw(st.sampled_from([(), (("police", SourceKind.POLICE),)])),
            lineage=draw(st.sampled_from([None, "wire"])),
            day=draw(st.integers(9, 12)),
            is_main=draw(st.booleans()),
            is_provisional=draw(st.booleans()),
        )
        for n in range(draw(st.integers(1, 5)))
    ]


@settings(max_examples=80, deadline=None)
@given(clusters(), st.randoms(use_true_random=False))
def test_order_does_not_matter(cluster, random) -> None:  # type: ignore[no-untyped-def]
    expected = fuse(cluster)
    random.shuffle(cluster)
    assert fuse(cluster) == expected


@settings(max_examples=80, deadline=None)
@given(clusters())
def test_every_value_has_its_words_and_its_reports(cluster) -> None:  # type: ignore[no-untyped-def]
    incident = fuse(cluster)
    articles = {context.report.article_id for context in cluster}
    ids = {context.report.id for context in cluster}
    for field in fields(incident):
        assert field.evidence
        assert {evidence.article_id for evidence in field.evidence} <= articles
        assert set(field.report_ids) <= ids
        for other in field.alternatives:
            assert other.evidence
            assert set(other.report_ids) <= ids
    assert all(len(conflict.sides) > 1 for conflict in incident.conflicts)
    assert len(incident.actor_by) == len(incident.actors)


@settings(max_examples=80, deadline=None)
@given(clusters(), st.data())
def test_a_later_verbatim_copy_changes_the_counts_of_pages_alone(cluster, data) -> None:  # type: ignore[no-untyped-def]
    before = fuse(cluster)
    original = data.draw(st.sampled_from(cluster))
    report = replace(original.report, id="rep_zz", article_id="copy")
    assert original.published is not None
    later = original.published.date + dt.timedelta(days=data.draw(st.integers(0, 5)))
    copy = replace(
        original,
        report=report,
        outlet=data.draw(st.sampled_from(["Echo", None])),
        published=replace(original.published, date=later),
    )
    after = fuse([*cluster, copy])
    assert values(after) == values(before)
    assert after.id == before.id
    assert after.corroboration.articles == before.corroboration.articles + 1
    assert after.corroboration.reports == before.corroboration.reports + 1


def test_where_it_was_launched_is_not_where_it_happened() -> None:
    launched = Place("Norway", PlacePrecision.COUNTRY, PlaceRole.LAUNCH, country="NO")
    told = tell("a", place=None)
    report = replace(told.report, places=(Claim(launched, (SPAN,)),))
    incident = fuse([replace(told, report=report)])
    assert incident.place is None
    assert "Norway" not in incident.title
