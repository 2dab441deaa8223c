"""Candidates share a key; keys stay few."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resolve.factory import day_of, tell
from tocsin.records import Place, ReportInContext, TimeInterval
from tocsin.records.vocab import IncidentType, PlacePrecision, TimeBasis, TimePrecision
from tocsin.resolve import block_keys

MAX_KEYS = 200


def meet(one: ReportInContext, other: ReportInContext) -> bool:
    return not set(block_keys(one.report)).isdisjoint(block_keys(other.report))


def span_of_days(first: dt.date, days: int) -> TimeInterval:
    start = dt.datetime.combine(first, dt.time())
    return TimeInterval(start, start + dt.timedelta(days=days), TimePrecision.DAYS)


def test_one_town_on_neighbouring_days_meets() -> None:
    assert meet(tell("a", day=9), tell("b", day=9))
    assert meet(tell("a", day=9), tell("b", day=10))


def test_days_or_towns_far_apart_do_not_meet() -> None:
    one = tell("a", day=9, type_=IncidentType.ARMED_ATTACK)
    assert not meet(one, tell("b", day=9, town="Maiduguri", type_=IncidentType.ARMED_ATTACK))
    assert not meet(one, tell("b", time=day_of(9, month=5), type_=IncidentType.ARMED_ATTACK))


def test_a_village_across_the_edge_of_a_cell_meets_its_neighbour() -> None:
    here = Place("Here", PlacePrecision.SETTLEMENT, country="IQ", lat=35.999, lon=43.999)
    there = Place("There", PlacePrecision.SETTLEMENT, country="SY", lat=36.001, lon=44.001)
    assert meet(tell("a", place=here), tell("b", place=there))


def test_the_date_line_parts_nobody() -> None:
    west = Place("West", PlacePrecision.SETTLEMENT, lat=-16.8, lon=179.99)
    east = Place("East", PlacePrecision.SETTLEMENT, lat=-16.8, lon=-179.99)
    assert meet(tell("a", place=west), tell("b", place=east))


def test_a_town_meets_its_province() -> None:
    province = Place("Nineveh", PlacePrecision.ADM1, country="IQ", admin1="Nineveh")
    assert meet(tell("a", town="Mosul"), tell("b", place=province))


def test_a_recap_of_last_month_meets_the_report_of_its_day() -> None:
    month = span_of_days(dt.date(2021, 3, 1), 31)
    assert meet(tell("a", day=9), tell("b", time=month))


def test_news_of_the_day_meets_what_happened_the_day_before() -> None:
    told_next_day = tell("b", time=day_of(10, basis=TimeBasis.PUBLISHED))
    assert meet(tell("a", day=9), told_next_day)


def test_a_name_joins_reports_without_day_or_place() -> None:
    one = tell("a", "The shop of Idris Marwandi burnt down after the blast.", day=None, town=None)
    assert meet(one, tell("b", "Neighbours buried Idris Marwandi, 41, who sold lamps."))


def test_arrests_and_attacks_do_not_meet() -> None:
    assert not meet(tell("a", type_=IncidentType.ARREST_RAID), tell("b"))


def test_any_attack_may_be_told_as_an_attack_of_unsaid_means() -> None:
    for type_ in (IncidentType.BOMBING, IncidentType.AIR_STRIKE, IncidentType.ARMED_ATTACK):
        assert meet(tell("a", type_=type_), tell("b", type_=IncidentType.OTHER_ATTACK))


@pytest.mark.parametrize("days", [1, 13, 14, 31, 400])
def test_wide_dates_do_not_explode(days: int) -> None:
    time = span_of_days(dt.date(2021, 3, 1), days)
    assert len(block_keys(tell("a", time=time).report)) <= MAX_KEYS


@given(
    first=st.dates(),
    days=st.integers(1, 60),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    type_=st.sampled_from(IncidentType),
)
def test_keys_are_sorted_bounded_and_there(
    first: dt.date, days: int, lat: float, lon: float, type_: IncidentType
) -> None:
    if first > dt.date.max - dt.timedelta(days=days):
        first = dt.date(2021, 3, 1)
    place = Place("X", PlacePrecision.SETTLEMENT, country="IQ", admin1="Y", lat=lat, lon=lon)
    keys = block_keys(tell("a", time=span_of_days(first, days), place=place, type_=type_).report)
    assert list(keys) == sorted(set(keys))
    assert 0 < len(keys) <= MAX_KEYS


def test_no_day_and_no_town_still_leaves_a_key_where_something_is_told() -> None:
    assert block_keys(tell("a", town=None).report)
    assert block_keys(tell("a", day=None).report)


def test_a_town_named_for_its_people_and_a_charge_are_no_persons() -> None:
    text = "A Port Marlow boy, 9, from Port Marlow, was shot; Reckless Homicide is charged."
    assert not [key for key in block_keys(tell("a", text).report) if key.startswith("detail|")]
