"""Pairs: hard vetoes, order of likelihood, reasons that can be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.resolve.factory import day_of, tell
from tocsin.records import Place, ReportInContext, TimeInterval
from tocsin.records.vocab import (
    IncidentType,
    PlacePrecision,
    TimeBasis,
    TimePrecision,
    WeaponType,
    ZoneBasis,
)
from tocsin.resolve import ResolveSettings, score_pair, sketch_of

JOIN = ResolveSettings().join_above


def at_clock(day: int, first: int, hours: int, zone: str, basis: ZoneBasis) -> TimeInterval:
    start = dt.datetime(2021, 3, day, first)
    end = start + dt.timedelta(hours=hours)
    return TimeInterval(start, end, TimePrecision.PART_OF_DAY, zone=zone, zone_basis=basis)


def vetoes(one: ReportInContext, other: ReportInContext) -> tuple[str, ...]:
    pair = score_pair(one, other)
    assert (pair.score == 0.0) == bool(pair.vetoes)
    return pair.vetoes


def test_the_same_attack_in_two_outlets_joins_with_reasons() -> None:
    pair = score_pair(
        tell("a", "A car bomb killed four at a vegetable market in Mosul.", killed=4),
        tell("b", "Four died when a car packed with explosives blew up at a market.", killed=4),
    )
    assert pair.score >= JOIN
    assert any("time: same day" in reason for reason in pair.reasons_for)
    assert any("killed: equal" in reason for reason in pair.reasons_for)


def test_two_reports_of_one_article_are_two_incidents() -> None:
    assert vetoes(tell("a", "First blast."), tell("a", "Second blast.", trigger="blast"))


def test_days_that_exclude_each_other_veto() -> None:
    assert vetoes(tell("a", day=9), tell("b", day=11))
    assert vetoes(tell("a", day=9), tell("b", day=10))


STORY = "Haydar Numan Saleh, 41, fell at Qasr Mills beside the Zab ferry, said Captain Yilmaz Ozer."
SAME_STORY = (
    "Captain Yilmaz Ozer named the man of Qasr Mills, by the Zab ferry: Haydar Numan Saleh."
)
OTHER_STORY = "Lorries of fruit burned at the vegetable market when a car packed with fuel blew up."
SKETCH, SAME, OTHER = (sketch_of(None, text) for text in (STORY, SAME_STORY, OTHER_STORY))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"day": 8}, {"day": 10}),
        ({"type_": IncidentType.ARMED_ATTACK}, {"type_": IncidentType.BOMBING}),
    ],
)
def test_what_alike_articles_tell_apart_is_doubted_and_forbids_nothing(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    pair = score_pair(
        tell("a", STORY, sketch=SKETCH, **one), tell("b", SAME_STORY, sketch=SAME, **other)
    )
    assert not pair.vetoes
    assert any(
        words in reason
        for reason in pair.reasons_against
        for words in ("told later", "doubtful", "conflicting")
    )
    assert vetoes(tell("a", sketch=SKETCH, **one), tell("b", sketch=OTHER, **other))
    assert vetoes(tell("a", **one), tell("b", **other))


def test_bulletins_written_alike_keep_their_towns_and_days_apart() -> None:
    assert vetoes(tell("a", sketch=SKETCH, town="Mosul"), tell("b", sketch=SAME, town="Kirkuk"))
    assert vetoes(tell("a", sketch=SKETCH, day=8), tell("b", sketch=SAME, day=10))


def test_one_outlets_two_days_stay_apart_where_articles_are_not_alike() -> None:
    monday = tell("a", day=8, outlet="Herald", sketch=SKETCH)
    assert vetoes(monday, tell("b", day=10, outlet="Herald", sketch=OTHER))


def test_likeness_raises_a_score_and_is_named_among_the_reasons() -> None:
    plain = score_pair(tell("a"), tell("b"))
    alike = score_pair(tell("a", sketch=SKETCH), tell("b", sketch=SAME))
    assert alike.score > plain.score
    assert any("likeness" in reason for reason in alike.reasons_for)


def test_towns_that_exclude_each_other_veto() -> None:
    assert vetoes(tell("a", town="Mosul"), tell("b", town="Kirkuk"))


def test_a_province_holds_its_town() -> None:
    province = Place("Nineveh", PlacePrecision.ADM1, country="IQ", admin1="Nineveh")
    assert not vetoes(tell("a", town="Mosul"), tell("b", place=province))


@pytest.mark.parametrize(
    ("one", "other", "is_compatible"),
    [
        (IncidentType.BOMBING, IncidentType.SUICIDE_BOMBING, True),
        (IncidentType.OTHER_ATTACK, IncidentType.ABDUCTION, True),
        (IncidentType.OTHER_ATTACK, IncidentType.PROTEST, False),
        (IncidentType.OTHER_ATTACK, IncidentType.ARREST_RAID, False),
        (IncidentType.PROTEST, IncidentType.VIOLENCE_AGAINST_PROTEST, True),
        (IncidentType.ARMED_ATTACK, IncidentType.ARMED_CLASH, True),
        (IncidentType.SUICIDE_BOMBING, IncidentType.ARMED_ATTACK, False),
        (IncidentType.BOMBING, IncidentType.AIR_STRIKE, False),
    ],
)
def test_types_are_one_when_one_refines_the_other(
    one: IncidentType, other: IncidentType, is_compatible: bool
) -> None:
    assert bool(vetoes(tell("a", type_=one), tell("b", type_=other))) != is_compatible


def test_fire_from_the_ground_is_no_air_strike_unless_one_side_is_vague() -> None:
    shelling = tell("a", type_=IncidentType.INDIRECT_FIRE, weapons=[WeaponType.MORTAR])
    jets = tell("b", type_=IncidentType.AIR_STRIKE, weapons=[WeaponType.AIR_CREWED])
    missile = tell("c", type_=IncidentType.AIR_STRIKE, weapons=[WeaponType.MISSILE_UNSPECIFIED])
    assert vetoes(shelling, jets)
    assert not vetoes(shelling, missile)


def test_one_outlet_does_not_tell_one_attack_as_news_of_two_days() -> None:
    wide = TimeInterval(
        dt.datetime(2021, 3, 9, 22),
        dt.datetime(2021, 3, 10, 2),
        TimePrecision.HOUR,
    )
    one, other = tell("a", time=wide, outlet="Herald"), tell("b", day=10, outlet="Herald")
    assert vetoes(one, other)
    assert not vetoes(one, tell("b", day=10, outlet="Gazette"))


def test_another_attack_needs_a_common_day() -> None:
    text = "A day after the first blast, another bombing shook the bazaar."
    another = tell("a", text, trigger="bombing", time=day_of(9, basis=TimeBasis.PUBLISHED))
    assert vetoes(another, tell("b", day=8))
    assert not vetoes(another, tell("b", day=9))


def test_a_shift_of_zones_is_no_veto_but_days_told_in_the_same_zone_are() -> None:
    desk = at_clock(9, 12, 6, "America/New_York", ZoneBasis.OUTLET)
    there = at_clock(10, 0, 1, "Asia/Baghdad", ZoneBasis.STATED)
    assert not vetoes(tell("a", time=desk), tell("b", time=there))
    stated = at_clock(9, 8, 4, "Asia/Baghdad", ZoneBasis.STATED)
    assert vetoes(tell("a", time=stated), tell("b", time=there))


def test_a_score_does_not_depend_on_the_order_of_the_pair() -> None:
    one, other = tell("a", killed=3), tell("b", killed=7, town=None)
    assert score_pair(one, other) == score_pair(other, one)


def test_place_and_weapon_alone_do_not_join_where_attacks_recur() -> None:
    week = TimeInterval(
        dt.datetime(2021, 3, 5),
        dt.datetime(2021, 3, 12),
        TimePrecision.WEEK,
    )
    bomb = [WeaponType.VEHICLE_BOMB]
    one = tell("a", "Blast near a mill.", weapons=bomb, killed=1)
    other = tell("b", "Car bomb by the stadium.", weapons=bomb, killed=1, time=week)
    pair = score_pair(one, other)
    assert pair.score < JOIN
    named = tell("c", "Car bomb kills Haydar Numan Saleh.", weapons=bomb, killed=1, time=week)
    same = tell("d", "Blast kills Haydar Numan Saleh.", weapons=bomb, killed=1)
    assert score_pair(named, same).score > pair.score
    assert score_pair(named, same).score >= JOIN


def test_victims_of_other_ages_and_names_keep_shootings_of_one_day_apart() -> None:
    shooting = IncidentType.ARMED_ATTACK
    one = tell("a", "Rosa Delmar, 27, was shot dead on Quince Street.", type_=shooting, killed=1)
    same = tell("b", "A woman, Rosa Delmar, 27, died on Quince Street.", type_=shooting, killed=1)
    other = tell("c", "Teo Brandt, 19, was shot dead on Harbor Road.", type_=shooting, killed=1)
    assert score_pair(one, same).score > JOIN > score_pair(one, other).score


def test_more_in_common_ranks_higher() -> None:
    base = tell("a", killed=6)
    equal, near, far = (tell(n, killed=k).report for n, k in (("b", 6), ("c", 7), ("d", 60)))
    scores = [
        score_pair(base, ReportInContext(report, report.article_id, report.article_id)).score
        for report in (equal, near, far)
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
