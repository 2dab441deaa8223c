"""Feasts and the calendars of moon and sun, against days that almanacs print."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.when import almanac

SOLAR = [
    ((1357, 11, 22), "1979-02-11"),
    ((1399, 1, 1), "2020-03-20"),
    ((1399, 12, 30), "2021-03-20"),
    ((1400, 1, 1), "2021-03-21"),
    ((1401, 6, 31), "2022-09-22"),
    ((1403, 1, 1), "2024-03-20"),
    ((1345, 1, 1), "1966-03-21"),
]


@pytest.mark.parametrize(("date", "gregorian"), SOLAR)
def test_solar_hijri_days(date: tuple[int, int, int], gregorian: str) -> None:
    assert almanac.solar_hijri(*date) == dt.date.fromisoformat(gregorian)


@pytest.mark.parametrize(
    "date", [(1400, 12, 30), (1399, 7, 31), (1399, 13, 1), (1399, 1, 0), (1100, 1, 1), (1500, 1, 1)]
)
def test_days_that_the_solar_year_has_not(date: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="SH"):
        almanac.solar_hijri(*date)


@given(st.integers(1244, 1471))
def test_solar_years_follow_each_other_at_the_equinox(year: int) -> None:
    new_year, next_year = almanac.solar_hijri(year, 1, 1), almanac.solar_hijri(year + 1, 1, 1)
    assert (next_year - new_year).days in {365, 366}
    assert (new_year.month, new_year.day) in {(3, 19), (3, 20), (3, 21), (3, 22)}


@given(st.integers(1300, 1420), st.integers(1, 12), st.integers(1, 29))
def test_solar_days_follow_each_other(year: int, month: int, day: int) -> None:
    step = almanac.solar_hijri(year, month, day) - almanac.solar_hijri(year, month, 1)
    assert step.days == day - 1


@pytest.mark.parametrize("date", [(0, 1, 1), (1441, 13, 1), (1441, 1, 31), (1441, 1, 0)])
def test_days_that_the_moon_has_not(date: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="AH"):
        almanac.islamic_day(*date)


@pytest.mark.parametrize(
    ("year", "easter"), [(2019, "2019-04-28"), (2021, "2021-05-02"), (2025, "2025-04-20")]
)
def test_orthodox_easter(year: int, easter: str) -> None:
    assert almanac.orthodox_easter(year) == dt.date.fromisoformat(easter)


def test_the_fourth_thursday() -> None:
    assert almanac.nth_weekday(2019, 11, 3, 4) == dt.date(2019, 11, 28)
    assert almanac.nth_weekday(2023, 11, 3, 4) == dt.date(2023, 11, 23)
