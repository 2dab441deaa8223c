"""One named day or period placed on the calendar, seen from a day of writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from tocsin.records.vocab import TimePrecision
from tocsin.when import almanac
from tocsin.when.almanac import Days
from tocsin.when.expression import CalendarRef, Stretch, TimeUnit, Which
from tocsin.when.lexicon import HOLIDAYS, ISLAMIC, SEASONS

_FEAST_DAYS: Final = 10
_SEARCH_YEARS: Final = 7
"""A weekday falls on every date of the year within seven years, leap days apart."""


class ImpossibleDate(ValueError):
    """The words name a day that no calendar has."""


@dataclass(frozen=True, slots=True)
class PlacedDays:
    """Half-open days, how fine they are, and why they were chosen."""

    first: dt.date
    after: dt.date
    precision: TimePrecision
    rule: str
    why: str


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


def place(ref: CalendarRef, today: dt.date | None, *, whole: bool = False) -> PlacedDays | None:
    """The days of `ref`, or of the period it is part of where `whole`.

    None where only a day of writing could tell and there is none.

    Raises ImpossibleDate for a day that does not exist.
    """
    try:
        placed = _place(ref, today)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDate(str(error)) from error
    if placed is None or whole or ref.stretch is None or ref.is_day:
        return placed
    return _stretched(placed, ref, today)


def _place(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    if ref.holiday is not None:
        return _holiday(ref, today)
    if ref.day is not None:
        return _date(ref, today)
    if ref.weekday is not None:
        return _weekday(ref, today) if today else None
    if ref.offset_days is not None:
        if today is None:
            return None
        day = almanac.add_days(today, ref.offset_days)
        return _day(day, "deictic", f"{ref.offset_days:+d} days from the day of writing {today}")
    if ref.season is not None:
        return _season(ref, today)
    if ref.month is not None:
        return _month(ref, today)
    if ref.year is not None:
        return PlacedDays(*almanac.year(ref.year), TimePrecision.YEAR, "year", "a stated year")
    return _period(ref, today) if today and ref.unit else None


def _day(day: dt.date, rule: str, why: str) -> PlacedDays:
    return PlacedDays(*almanac.one_day(day), TimePrecision.DAY, rule, why)


def _year_of(ref: CalendarRef, today: dt.date | None) -> int | None:
    """The year the words give: stated, or counted from the year of writing."""
    if ref.year is not None:
        return ref.year
    if ref.year_which is None or today is None:
        return None
    return today.year + {Which.LAST: -1, Which.NEXT: 1}.get(ref.year_which, 0)


def _date(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    month, day = ref.month or 0, ref.day or 0
    dt.date(2000, month, day)  # a leap year: raises for a day that no year has
    year = _year_of(ref, today)
    if year is not None:
        placed = dt.date(year, month, day)
        why = "a stated date"
        if ref.weekday is not None and placed.weekday() != ref.weekday:
            why += "; the weekday beside it is another, the date stands"
        return _day(placed, "date" if ref.year else "date_relative_year", why)
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


def _weekday(ref: CalendarRef, today: dt.date) -> PlacedDays:
    weekday = ref.weekday or 0
    if ref.week_which is not None or ref.which is Which.THIS:
        shift = {Which.LAST: -1, Which.NEXT: 1}.get(ref.week_which or Which.THIS, 0)
        day = almanac.add_days(almanac.week(today, shift)[0], weekday)
        return _day(day, "weekday_of_week", f"that weekday of the named week, seen from {today}")
    if ref.which is Which.NEXT:
        day = almanac.next_weekday(today, weekday)
        return _day(day, "next_weekday", f"the nearest such weekday after {today}")
    if ref.which is Which.LAST:
        day = almanac.past_weekday(today, weekday, strictly=True)
        return _day(day, "last_weekday", f"the nearest such weekday before {today}")
    day = almanac.past_weekday(today, weekday)
    return _day(day, "weekday", f"the nearest such weekday not after {today}")


def _holiday(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    if ref.holiday in ISLAMIC:
        return _islamic(ref, today)
    month, day, _ = HOLIDAYS[ref.holiday or ""]

    def of_year(year: int) -> dt.date:
        return dt.date(year, month, day) if month else almanac.add_days(almanac.easter(year), day)

    year = _year_of(ref, today)
    if year is not None:
        return _day(of_year(year), "holiday", "the feast of the stated year")
    if today is None:
        return None
    this_year = of_year(today.year)
    if this_year > almanac.add_days(today, 1):
        this_year = of_year(today.year - 1)
    return _day(this_year, "holiday", f"the nearest such feast not after {today}")


def _islamic(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    month, day, days = ISLAMIC[ref.holiday or ""]
    year = _year_of(ref, today)
    horizon = dt.date(year, 12, 31) if year is not None else today
    if horizon is None:
        return None
    if ref.which is Which.LAST:
        horizon = almanac.add_days(horizon, -days)
    first = almanac.past_islamic(horizon, month, day)
    if first is None:
        return None
    precision = TimePrecision.MONTH if days > _FEAST_DAYS else TimePrecision.DAYS
    return PlacedDays(
        almanac.add_days(first, -1),
        almanac.add_days(first, days + 1),
        precision,
        "islamic_calendar",
        "by the tabular Islamic calendar, a day either way",
    )


def _month(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    month = ref.month or 0
    year = _year_of(ref, today)
    if year is not None:
        days = almanac.month(year, month)
        return PlacedDays(*days, TimePrecision.MONTH, "month", "a stated month")
    if today is None or ref.year_which is not None:
        return None
    if ref.which is Which.NEXT:
        first = almanac.past_month(today, month)[0]
        days = almanac.month(first.year + 1, month)
    elif ref.which is Which.THIS:
        days = almanac.month(today.year, month)
    else:
        days = almanac.past_month(today, month, strictly=ref.which is Which.LAST)
    return PlacedDays(*days, TimePrecision.MONTH, "month", f"the nearest such month by {today}")


def _season(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    first_month = SEASONS[ref.season or ""]
    year = _year_of(ref, today)
    if year is None:
        if today is None:
            return None
        days = almanac.season(first_month, today.year + 1)
        # "last summer" is over; any other summer has at least begun
        while (days[1] if ref.which is Which.LAST else days[0]) > today:
            year = (days[1].year if first_month == 12 else days[0].year) - 1
            days = almanac.season(first_month, year)
    else:
        days = almanac.season(first_month, year)
    return PlacedDays(*days, TimePrecision.SEASON, "season", "a season of the northern half")


def _period(ref: CalendarRef, today: dt.date) -> PlacedDays | None:
    shift = {Which.LAST: -1, Which.NEXT: 1}.get(ref.which or Which.THIS, 0)
    name = f"{(ref.which or Which.THIS).value}_{ref.unit.value if ref.unit else ''}"
    why = f"a calendar period counted from {today}"
    if ref.unit is TimeUnit.WEEK:
        return PlacedDays(*almanac.week(today, shift), TimePrecision.WEEK, name, why)
    if ref.unit is TimeUnit.WEEKEND:
        if ref.which is Which.NEXT:
            days = almanac.weekend(today, 1)
        elif ref.which is Which.LAST and today.weekday() >= 5:
            days = almanac.weekend(today, -1)
        else:
            days = almanac.past_weekend(today)
        return PlacedDays(*days, TimePrecision.DAYS, name, why)
    if ref.unit is TimeUnit.MONTH:
        days = almanac.month(today.year, today.month + shift)
        return PlacedDays(*days, TimePrecision.MONTH, name, why)
    if ref.unit is TimeUnit.YEAR:
        return PlacedDays(*almanac.year(today.year + shift), TimePrecision.YEAR, name, why)
    return None


def _stretched(placed: PlacedDays, ref: CalendarRef, today: dt.date | None) -> PlacedDays:
    """Early May, late last week, earlier this month, the end of the year."""
    stretch = ref.stretch
    days: Days = (placed.first, placed.after)
    if stretch is Stretch.EARLIER:
        end = almanac.add_days(today, 1) if today else placed.after
        if not placed.first < end < placed.after:
            return placed
        why = f"{placed.why}; before the day of writing or on it"
        return replace(placed, after=end, rule=f"earlier_{placed.rule}", why=why)
    if stretch is None or stretch is Stretch.LATER:
        return placed
    if placed.precision is TimePrecision.MONTH:
        days = almanac.month_part(days, stretch.value)
        precision = TimePrecision.MONTH_PART
    elif placed.precision is TimePrecision.WEEK:
        days = almanac.thirds(days, stretch.value)
        precision = TimePrecision.DAYS
    elif placed.precision is TimePrecision.DAYS:
        return placed
    else:
        days = almanac.thirds(days, stretch.value)
        precision = TimePrecision.SEASON
    return PlacedDays(*days, precision, f"{stretch.value}_{placed.rule}", placed.why)
