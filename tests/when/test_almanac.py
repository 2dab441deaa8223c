"""Calendar arithmetic against known days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.when import almanac

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("year", "easter"), [(1961, "1961-04-02"), (2000, "2000-04-23"), (2019, "2019-04-21")]
)
def test_easter(year: int, easter: str) -> None:
    assert almanac.easter(year) == dt.date.fromisoformat(easter)


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [(1441, 10, 1, "2020-05-24"), (1445, 9, 1, "2024-03-11"), (1442, 1, 1, "2020-08-20")],
)
def test_islamic_dates_are_right_to_a_day(year: int, month: int, day: int, gregorian: str) -> None:
    found = almanac.islamic(year, month, day)
    assert abs((found - dt.date.fromisoformat(gregorian)).days) <= 1


@given(DAYS, st.integers(0, 6))
def test_past_weekday_is_the_nearest(day: dt.date, weekday: int) -> None:
    found = almanac.past_weekday(day, weekday)
    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7
    strictly = almanac.past_weekday(day, weekday, strictly=True)
    assert 1 <= (day - strictly).days <= 7


@given(DAYS)
def test_weeks_run_from_monday_to_sunday(day: dt.date) -> None:
    first, after = almanac.week(day)
    assert first.weekday() == 0
    assert first <= day < after
    assert almanac.week(day, -1)[1] == first


@given(DAYS, st.integers(-600, 600))
def test_months_come_back(day: dt.date, count: int) -> None:
    there = almanac.add_months(day, count)
    back = almanac.add_months(there, -count)
    assert (back.year, back.month) == (day.year, day.month)


@given(DAYS, st.sampled_from(["early", "mid", "late", "start", "end"]))
def test_parts_lie_inside_their_month(day: dt.date, stretch: str) -> None:
    whole = almanac.month(day.year, day.month)
    first, after = almanac.month_part(whole, stretch)
    assert whole[0] <= first < after <= whole[1]


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_past_month_day_is_past_and_exact(day: dt.date, month: int, number: int) -> None:
    found = almanac.past_month_day(day, month, number)
    if found is not None:
        assert found <= day
        assert (found.month, found.day) == (month, number)
