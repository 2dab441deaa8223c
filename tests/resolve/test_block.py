"""Candidates share a key; keys stay few."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.factory import day_of, tell
from tocsin.records import Place, ReportInContext, TimeInterval
from tocsin.records.vocab import IncidentType, PlacePrecision, TimeBasis, TimePrecision
from tocsin.resolve import block_keys, sought_keys
from tocsin.resolve.block import (
    EXACT,
    ROUGH,
    _Days,
    _names,
    _towns,
    _wheres,
    detail_keys,
    type_families,
)
from tocsin.resolve.details import read_details
from tocsin.resolve.profile import profile
from tocsin.resolve.veto import find_veto

MAX_KEYS = 400


def meet(one: ReportInContext, other: ReportInContext) -> bool:
    looks = finds(one, other)
    assert looks is finds(other, one)
    return looks


def finds(one: ReportInContext, other: ReportInContext) -> bool:
    return not set(sought_keys(one.report)).isdisjoint(block_keys(other.report))


def span_of_days(first: dt.date, days: int) -> TimeInterval:
    start = dt.datetime.combine(first, dt.time())
    return TimeInterval(start, start + dt.timedelta(days=days), TimePrecision.DAYS)


def night_before(day: int) -> TimeInterval:
    """The hours around the midnight in which a day of March 2021 begins, as a clock tells them."""
    midnight = dt.datetime(2021, 3, day)
    early = midnight + dt.timedelta(hours=3)
    return TimeInterval(midnight, early, TimePrecision.PART_OF_DAY)


def test_one_town_on_neighbouring_days_meets() -> None:
    assert meet(tell("a", day=9), tell("b", day=9))
    assert meet(tell("a", day=9), tell("b", time=night_before(10)))
    assert meet(tell("a", time=night_before(10)), tell("b", time=night_before(9)))


def test_whole_days_that_exclude_each_other_do_not_meet() -> None:
    assert not meet(tell("a", day=9), tell("b", day=10))


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
    report = tell("a", time=span_of_days(first, days), place=place, type_=type_).report
    for keys in (block_keys(report), sought_keys(report)):
        assert list(keys) == sorted(set(keys))
        assert 0 < len(keys) <= MAX_KEYS


def test_no_day_and_no_town_still_leaves_a_key_where_something_is_told() -> None:
    assert block_keys(tell("a", town=None).report)
    assert block_keys(tell("a", day=None).report)


def test_a_town_named_for_its_people_and_a_charge_are_no_persons() -> None:
    text = "A Port Marlow boy, 9, from Port Marlow, was shot; Reckless Homicide is charged."
    assert not [key for key in block_keys(tell("a", text).report) if key.startswith("detail|")]


def broad_keys(context: ReportInContext) -> set[str]:
    """The keys of a report as if nothing were exact: what blocking leaves out of it is vetoed."""
    report = context.report
    place = report.place.value if report.place else None
    days = _Days.of(report)
    wheres = _wheres(place, is_sharp=False)
    keys = set(detail_keys(read_details(report)))
    keys.update(own for own, _ in _towns(report, place, is_exact=False))
    for family in type_families(report.type.value):
        if days is None:
            keys.update(f"{own}|?|{family}" for own, _ in wheres)
            continue
        grounds = [own for own, _ in (*wheres, *_names(report, is_sharp=False))]
        grounds += [] if wheres else ["?"]
        keys.update(f"{own}|{day}|{family}" for own in grounds for day in days._around())
    return {key.replace(EXACT, "").replace(ROUGH, "") for key in keys}


SPOTS = st.one_of(
    st.none(),
    st.builds(
        lambda name, lat, lon, radius, admin1, precision: Place(
            name,
            precision,
            country="IQ",
            admin1=admin1,
            lat=lat,
            lon=None if lat is None else lon,
            uncertainty_km=radius,
        ),
        name=st.sampled_from(("Mosul", "Tal Afar", "Hamdaniya")),
        lat=st.one_of(st.none(), st.sampled_from((36.0, 36.3, 36.49, 36.51, 36.9, 37.2))),
        lon=st.sampled_from((42.9, 43.1, 43.49, 43.51, 43.9)),
        radius=st.one_of(st.none(), st.sampled_from((1.0, 8.0, 19.0, 24.0, 40.0))),
        admin1=st.sampled_from((None, "Nineveh")),
        precision=st.sampled_from(
            (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.ADM1)
        ),
    ),
)
STARTS = st.datetimes(dt.datetime(2021, 3, 7), dt.datetime(2021, 3, 12)).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)
TIMES = st.builds(
    lambda start, hours, whole, basis: TimeInterval(
        start.replace(hour=0) if whole else start,
        (start.replace(hour=0) + dt.timedelta(days=hours))
        if whole
        else start + dt.timedelta(hours=hours),
        TimePrecision.DAYS if whole else TimePrecision.HOUR,
        basis=basis,
    ),
    start=STARTS,
    hours=st.sampled_from((1, 2, 3, 5, 12, 30)),
    whole=st.booleans(),
    basis=st.sampled_from((TimeBasis.TEXT, TimeBasis.TEXT, TimeBasis.PUBLISHED)),
)
TOLD = st.builds(
    lambda article, place, time, type_, text: tell(
        article, text, place=place, town=None, time=time, day=None, type_=type_
    ),
    article=st.sampled_from("ab"),
    place=SPOTS,
    time=st.one_of(st.none(), TIMES, TIMES),
    type_=st.sampled_from(
        (
            IncidentType.BOMBING,
            IncidentType.OTHER_ATTACK,
            IncidentType.VIOLENCE_AGAINST_PROTEST,
            IncidentType.ARMED_ATTACK,
        )
    ),
    text=st.sampled_from(
        ("A bomb went off at a stall.", "The bomb in Mosul went off.", "Hamdaniya was hit again.")
    ),
)


@settings(max_examples=400, deadline=None)
@given(one=TOLD, other=TOLD)
def test_what_exact_reports_do_not_look_for_is_vetoed(
    one: ReportInContext, other: ReportInContext
) -> None:
    assert finds(one, other) is finds(other, one)
    if finds(one, other) or broad_keys(one).isdisjoint(broad_keys(other)):
        return
    assert find_veto(profile(one), profile(other)) is not None
