"""One named day or period placed on the calendar, seen from a day of writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from tocsin.records.vocab import TimePrecision
from tocsin.when import almanac
from tocsin.when.expression import Calendar, CalendarRef, TimeUnit, Which
from tocsin.when.feasts import ISLAMIC_RULE, place_feast, place_printed
from tocsin.when.lexicon import LANDMARK_DAYS
from tocsin.when.periods import (
    place_month,
    place_part_of_year,
    place_period,
    place_season,
    stretched,
    week_of_month,
    year_of,
)
from tocsin.when.placed import PlacedDays

_FEAST_DAYS: Final = 10
_SEARCH_YEARS: Final = 7
"""A weekday falls on every date of the year within seven years, leap days apart."""


class ImpossibleDate(ValueError):
    """The words name a day that no calendar has."""


def placed_precision(ref: CalendarRef) -> TimePrecision:
    """How fine the words are, whether or not they can be placed."""
    if ref.is_day:
        return TimePrecision.DAY
    if ref.holiday is not None:
        return TimePrecision.MONTH if ref.holiday_days > _FEAST_DAYS else TimePrecision.DAYS
    if ref.unit is TimeUnit.WEEKEND:
        return TimePrecision.DAYS
    if ref.unit is TimeUnit.WEEK:
        return TimePrecision.WEEK
    if ref.month is not None or ref.unit is TimeUnit.MONTH:
        return TimePrecision.MONTH if ref.stretch is None else TimePrecision.MONTH_PART
    if ref.season is not None:
        return TimePrecision.SEASON
    return TimePrecision.YEAR


def place(
    ref: CalendarRef,
    today: dt.date | None,
    *,
    whole: bool = False,
    is_ahead: bool = False,
    is_deadline: bool = False,
    month_first: bool | None = None,
) -> PlacedDays | None:
    """The days of `ref`, or of the period it is part of where `whole`.

    With `is_ahead` a day that recurs is the next one not before `today` instead of the latest one
    not after it; with `is_deadline` ("by March 3") a day or month of the year is the nearer of
    both. `month_first` settles "03/04/2020". None where only a day of writing could tell and there
    is none.

    Raises ImpossibleDate for a day that does not exist.
    """
    try:
        if ref.is_swappable:
            return _swappable(ref, today, month_first)
        placed = _place(ref, today)
        if today is not None and (is_ahead or (is_deadline and ref.month is not None)):
            ahead = _ahead(ref, today)
            if is_ahead or (ahead and placed and _is_nearer(ahead, placed, today)):
                placed = ahead or placed
    except (ValueError, OverflowError) as error:
        raise ImpossibleDate(str(error)) from error
    if placed is None or whole or ref.stretch is None or ref.is_day:
        return placed
    return stretched(placed, ref, today)


def _place(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    if ref.week_of_month:
        whole = _place(replace(ref, week_of_month=0), today)
        return week_of_month(whole, ref.week_of_month) if whole else None
    if ref.holiday is not None:
        return _day_of_feast(ref, place_feast(ref, year_of(ref, today), today))
    if ref.calendar is not Calendar.GREGORIAN:
        return place_printed(ref, today)
    if ref.day is not None:
        return _around(ref, _date(ref, today))
    if ref.weekday is not None:
        return _weekday(ref, today) if today else None
    if ref.offset_days is not None:
        if today is None:
            return None
        day = almanac.add_days(today, ref.offset_days)
        return _day(day, "deictic", f"{ref.offset_days:+d} days from the day of writing {today}")
    if ref.season is not None:
        return place_season(ref, today)
    if ref.month is not None:
        return place_month(ref, today)
    if ref.unit in {TimeUnit.QUARTER, TimeUnit.HALF}:
        return place_part_of_year(ref, today)
    if ref.year is not None:
        length = {TimeUnit.DECADE: 10, TimeUnit.CENTURY: 100}.get(ref.unit or TimeUnit.YEAR, 1)
        length = (ref.last_year or ref.year) - ref.year + length
        first, after = almanac.year(ref.year)[0], almanac.year(ref.year + length - 1)[1]
        name = ref.unit.value if ref.unit else "year"
        return PlacedDays(first, after, TimePrecision.YEAR, name, f"a stated {name}")
    return place_period(ref, today) if today and ref.unit else None


def _is_nearer(ahead: PlacedDays, behind: PlacedDays, today: dt.date) -> bool:
    return (ahead.first - today).days < (today - behind.first).days


def _ahead(ref: CalendarRef, today: dt.date) -> PlacedDays | None:
    """The next bare weekday, day of a year or month; None for words that say which they mean."""
    if any((ref.year, ref.year_which, ref.which, ref.week_which, ref.holiday)):
        return None
    why = f"the words before speak of the future: the next one from {today}"
    if ref.day is not None:
        month, day = ref.month or 0, ref.day
        dt.date(2000, month, day)
        for year in range(today.year, today.year + 9):
            try:
                found = dt.date(year, month, day)
            except ValueError:
                continue
            if found >= today:
                return _around(ref, _day(found, "month_day_ahead", why))
        return None
    if ref.weekday is not None:
        back = almanac.add_days(today, -1)
        return _day(almanac.next_weekday(back, ref.weekday), "weekday_ahead", why)
    if ref.month is not None:
        year = today.year + (ref.month < today.month)
        days = almanac.month(year, ref.month)
        return PlacedDays(*days, TimePrecision.MONTH, "month_ahead", why)
    return None


def _day(day: dt.date, rule: str, why: str) -> PlacedDays:
    return PlacedDays(*almanac.one_day(day), TimePrecision.DAY, rule, why)


def _date(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    if ref.unit is TimeUnit.MONTH:
        of = place_period(replace(ref, day=None), today) if today else None
        if of is None:
            return None
        return _day(of.first.replace(day=ref.day or 0), "day_of_month", f"the day of {of.why}")
    month, day = ref.month or 0, ref.day or 0
    dt.date(2000, month, day)  # a leap year: raises for a day that no year has
    year = year_of(ref, today)
    if year is not None:
        placed = dt.date(year, month, day)
        why = "a stated date"
        if ref.weekday is not None and placed.weekday() != ref.weekday:
            why += "; the weekday beside it is another, the date stands"
        return _day(placed, "date" if ref.year else "date_relative_year", why)
    landmark = LANDMARK_DAYS.get((month, day)) if ref.is_landmark else None
    if landmark is not None and (today is None or dt.date(landmark, month, day) <= today):
        return _day(dt.date(landmark, month, day), "landmark_day", "the day names that attack")
    if today is None or ref.year_which is not None:
        return None
    # One day ahead is a zone further east, not last year's date.
    horizon = almanac.add_days(today, 1)
    found = almanac.past_month_day(horizon, month, day)
    if ref.which is Which.NEXT and found is not None:
        return _day(dt.date(found.year + 1, month, day), "next_month_day", "the next such date")
    if found is None:
        return None
    if ref.weekday is None or found.weekday() == ref.weekday:
        return _day(found, "month_day", f"the nearest such date not after {today}")
    for year in range(today.year, max(today.year - _SEARCH_YEARS, 1), -1):
        candidate = dt.date(year, month, day)
        if candidate <= horizon and candidate.weekday() == ref.weekday:
            return _day(candidate, "weekday_date", "the nearest past year where both fit")
    return _day(found, "month_day", "the nearest such date; no near year has that weekday")


def _swappable(
    ref: CalendarRef, today: dt.date | None, month_first: bool | None
) -> PlacedDays | None:
    """ "03/04/2020" by the habit of the outlet's country; without it the one that has been by the
    day of writing, or the span of both."""
    year, one, two = ref.year or 0, ref.day or 0, ref.month or 0
    day_first, swapped = dt.date(year, two, one), dt.date(year, one, two)
    if month_first is not None:
        habit = "month first" if month_first else "day first"
        why = f"numbers {habit}, as in the outlet's country"
        return _day(swapped if month_first else day_first, "numeric_date", why)
    horizon = almanac.add_days(today, 1) if today else None
    if horizon is not None:
        past = [day for day in (day_first, swapped) if day <= horizon]
        if len(past) == 1:
            return _day(past[0], "numeric_date", "the other order lies after the day of writing")
    low, high = sorted((day_first, swapped))
    why = f"day and month in unknown order: {day_first} or {swapped}"
    return PlacedDays(
        low, almanac.add_days(high, 1), TimePrecision.DAYS, "numeric_date_ambiguous", why
    )


def _day_of_feast(ref: CalendarRef, feast: PlacedDays | None) -> PlacedDays | None:
    """The nth day of a feast, or its eve, as loosely as the feast itself is known."""
    if feast is None or not ref.day_of_feast:
        return feast
    shift = ref.day_of_feast - (1 if ref.day_of_feast > 0 else 0)
    first = almanac.add_days(feast.first, shift)
    # a feast's days are known to a day either way where they hang on the moon
    length = 3 if feast.rule == ISLAMIC_RULE else 1
    after = almanac.add_days(first, length)
    precision = TimePrecision.DAYS if length > 1 else TimePrecision.DAY
    name = "eve" if ref.day_of_feast < 0 else f"day {ref.day_of_feast}"
    return PlacedDays(first, after, precision, feast.rule, f"{name} of the feast; {feast.why}")


def _around(ref: CalendarRef, day: PlacedDays | None) -> PlacedDays | None:
    """The week or weekend of a date where the words say so, else the date."""
    if day is None or ref.unit not in {TimeUnit.WEEK, TimeUnit.WEEKEND}:
        return day
    if ref.unit is TimeUnit.WEEK and ref.which is Which.LAST:
        first, after = almanac.add_days(day.first, -6), day.after
        why = f"the seven days to {day.first}"
        return PlacedDays(first, after, TimePrecision.WEEK, "week_to_date", why)
    if ref.unit is TimeUnit.WEEK:
        return PlacedDays(
            *almanac.week(day.first), TimePrecision.WEEK, "week_of_date", f"the week of {day.first}"
        )
    days = almanac.weekend(day.first)
    return PlacedDays(*days, TimePrecision.DAYS, "weekend_of_date", f"the weekend of {day.first}")


def _weekday(ref: CalendarRef, today: dt.date) -> PlacedDays:
    weekday = ref.weekday or 0
    if ref.week_which is not None or ref.which is Which.THIS:
        shift = {Which.LAST: -1, Which.NEXT: 1}.get(ref.week_which or Which.THIS, 0)
        day = almanac.add_days(almanac.week(today, shift)[0], weekday)
        return _day(day, "weekday_of_week", f"that weekday of the named week, seen from {today}")
    if ref.weeks_back:
        day = almanac.add_days(
            almanac.past_weekday(today, weekday, strictly=True), -7 * ref.weeks_back
        )
        return _day(
            day, "weekday_weeks_back", f"that weekday {ref.weeks_back} week(s) before the last"
        )
    if ref.which is Which.NEXT:
        day = almanac.next_weekday(today, weekday)
        return _day(day, "next_weekday", f"the nearest such weekday after {today}")
    if ref.which is Which.LAST:
        day = almanac.past_weekday(today, weekday, strictly=True)
        return _day(day, "last_weekday", f"the nearest such weekday before {today}")
    day = almanac.past_weekday(today, weekday)
    return _day(day, "weekday", f"the nearest such weekday not after {today}")
