"""Months, seasons, quarters, weeks and years placed on the calendar, and their parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tocsin.records.vocab import TimePrecision
from tocsin.when import almanac
from tocsin.when.almanac import Days
from tocsin.when.expression import CalendarRef, Stretch, TimeUnit, Which
from tocsin.when.lexicon import SEASONS
from tocsin.when.placed import PlacedDays


def year_of(ref: CalendarRef, today: dt.date | None) -> int | None:
    """The year the words give: stated, or counted from the year of writing."""
    if ref.year is not None:
        return ref.year
    if ref.year_which is None or today is None:
        return None
    return today.year + {Which.LAST: -1, Which.NEXT: 1}.get(ref.year_which, 0)


def week_of_month(month: PlacedDays, number: int) -> PlacedDays:
    """The 8th to 14th, 15th to 21st or 22nd to 28th day."""
    first = almanac.add_days(month.first, 7 * (number - 1))
    after = min(almanac.add_days(first, 7), month.after)
    return PlacedDays(first, after, TimePrecision.WEEK, f"week_{number}_of_{month.rule}", month.why)


def place_month(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    """A named month: of the stated year, or the nearest that has begun by the day of writing."""
    month = ref.month or 0
    year = year_of(ref, today)
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


def place_season(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    """A season of the northern half: of the stated year, or the latest that has begun."""
    first_month = SEASONS[ref.season or ""]
    year = year_of(ref, today)
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


def place_part_of_year(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    """A quarter or half of a calendar year: numbered, or counted from the day of writing."""
    length = 3 if ref.unit is TimeUnit.QUARTER else 6
    year = year_of(ref, today)
    number = ref.part_number
    if number is None:
        if today is None:
            return None
        shift = {Which.LAST: -1, Which.NEXT: 1}.get(ref.which or Which.THIS, 0)
        number = (today.month - 1) // length + 1 + shift
        year = today.year if year is None else year
    elif year is None:
        if today is None:
            return None
        has_begun = (number - 1) * length < today.month
        year = today.year if has_begun else today.year - 1
    first = almanac.month(year, (number - 1) * length + 1)[0]
    after = almanac.month(year, number * length)[1]
    name = ref.unit.value if ref.unit else ""
    return PlacedDays(first, after, TimePrecision.SEASON, name, f"{name} of a calendar year")


def place_period(ref: CalendarRef, today: dt.date) -> PlacedDays | None:
    """ "Last week", "this month", "next year", counted from the day of writing."""
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


def stretched(placed: PlacedDays, ref: CalendarRef, today: dt.date | None) -> PlacedDays:
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
