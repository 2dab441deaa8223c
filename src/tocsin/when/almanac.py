"""Calendar arithmetic on plain dates: nearest past days, weeks, months, seasons, Easter.

All intervals are half-open pairs (first day, day after the last).
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

Days = tuple[dt.date, dt.date]
_ISLAMIC_EPOCH_ORDINAL: Final = dt.date(622, 7, 19).toordinal()
"""16 July 622 of the Julian calendar."""
_ISLAMIC_YEAR_DAYS: Final = 354.367
_SOLAR_FIRST: Final = 1244
_SOLAR_LAST: Final = 1472
_SOLAR_LEAP_REMAINDERS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_SOLAR_ANCHOR_YEAR: Final = 1399
_SOLAR_ANCHOR: Final = dt.date(2020, 3, 20)
"""1 Farvardin of the anchor year."""
_JULIAN_SHIFT_DAYS: Final = 13


def one_day(day: dt.date) -> Days:
    """The day alone."""
    return day, add_days(day, 1)


def add_days(day: dt.date, count: int) -> dt.date:
    """`day` moved by `count`, held inside the calendar's years 1..9999."""
    ordinal = min(max(day.toordinal() + count, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)


def past_weekday(today: dt.date, weekday: int, *, strictly: bool = False) -> dt.date:
    """The nearest such weekday not after `today`; `strictly` before it."""
    back = (today.weekday() - weekday) % 7
    return add_days(today, -(back or (7 if strictly else 0)))


def next_weekday(today: dt.date, weekday: int) -> dt.date:
    """The nearest such weekday after `today`."""
    return add_days(today, (weekday - today.weekday()) % 7 or 7)


def week(today: dt.date, shift: int = 0) -> Days:
    """The Monday-to-Sunday week of `today`, moved by whole weeks."""
    monday = add_days(today, -today.weekday() + 7 * shift)
    return monday, add_days(monday, 7)


def weekend(today: dt.date, shift: int = 0) -> Days:
    """The Saturday and Sunday that end the week of `today`, moved by whole weeks."""
    monday = week(today, shift)[0]
    return add_days(monday, 5), add_days(monday, 7)


def past_weekend(today: dt.date) -> Days:
    """The latest weekend that has begun by `today`."""
    return weekend(today, 0 if today.weekday() >= 5 else -1)


def month(year: int, number: int) -> Days:
    """A month; `number` may lie outside 1..12 and then moves the year. Raises ValueError outside
    the calendar."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    first = dt.date(year, number, 1)
    return first, add_days(first, calendar.monthrange(year, number)[1])


def year(number: int) -> Days:
    """A calendar year. Raises ValueError outside 1..9998."""
    return dt.date(number, 1, 1), dt.date(number + 1, 1, 1)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of a later or earlier month, or its last day where the month is shorter."""
    index = day.year * 12 + day.month - 1 + count
    index = min(max(index, 12), 9999 * 12 + 11)
    target_year, target_month = divmod(index, 12)
    length = calendar.monthrange(target_year, target_month + 1)[1]
    return dt.date(target_year, target_month + 1, min(day.day, length))


def past_month_day(today: dt.date, month_number: int, day: int) -> dt.date | None:
    """The nearest such day of the year not after `today`; None where no year has it.

    29 February goes back to the nearest leap year.
    """
    for back in range(9):
        if today.year - back < 1:
            return None
        try:
            candidate = dt.date(today.year - back, month_number, day)
        except ValueError:
            continue
        if candidate <= today:
            return candidate
    return None


def past_month(today: dt.date, number: int, *, strictly: bool = False) -> Days:
    """The nearest such month that has begun by `today`; `strictly`: that is over."""
    is_over = number < today.month or (number == today.month and not strictly)
    return month(today.year if is_over else today.year - 1, number)


def season(first_month: int, of_year: int) -> Days:
    """Three months from the first of `first_month`; a winter belongs to the year it ends in."""
    start = of_year - 1 if first_month == 12 else of_year
    return month(start, first_month)[0], month(start, first_month + 2)[1]


def easter(of_year: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms)."""
    a, b, c = of_year % 19, of_year // 100, of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month_number, day = divmod(h + j - 7 * m + 114, 31)
    return dt.date(of_year, month_number, day + 1)


def islamic(of_year: int, month_number: int, day: int) -> dt.date:
    """The Gregorian day of a date of the tabular Islamic calendar (civil epoch, 16 July 622)."""
    days = (
        day
        + -(-59 * (month_number - 1) // 2)
        + (of_year - 1) * 354
        + (3 + 11 * of_year) // 30
        + _ISLAMIC_EPOCH_ORDINAL
        - 1
    )
    return dt.date.fromordinal(days)


def islamic_day(of_year: int, month_number: int, day: int) -> dt.date:
    """As `islamic`, for a printed date. Raises ValueError for a day that no month has."""
    if not (1 <= of_year <= 9000 and 1 <= month_number <= 12 and 1 <= day <= 30):
        raise ValueError(f"no day {day} of month {month_number} of {of_year} AH")
    return islamic(of_year, month_number, day)


def solar_hijri(of_year: int, month_number: int, day: int) -> dt.date:
    """The Gregorian day of a Solar Hijri date (Iran, Afghanistan).

    Leap years by the 33-year rule, which agrees with the observed equinox for 1244..1472 SH
    (1865..2093). Raises ValueError outside those years and for a day that the month has not.
    """
    if not _SOLAR_FIRST <= of_year <= _SOLAR_LAST or not 1 <= month_number <= 12:
        raise ValueError(f"no month {month_number} of {of_year} SH")
    length = 31 if month_number <= 6 else 30
    if month_number == 12 and not _is_solar_leap(of_year):
        length = 29
    if not 1 <= day <= length:
        raise ValueError(f"no day {day} of month {month_number} of {of_year} SH")
    years = range(min(of_year, _SOLAR_ANCHOR_YEAR), max(of_year, _SOLAR_ANCHOR_YEAR))
    days = sum(366 if _is_solar_leap(one) else 365 for one in years)
    new_year = add_days(_SOLAR_ANCHOR, days if of_year > _SOLAR_ANCHOR_YEAR else -days)
    before = 31 * min(month_number - 1, 6) + 30 * max(month_number - 7, 0)
    return add_days(new_year, before + day - 1)


def _is_solar_leap(of_year: int) -> bool:
    return of_year % 33 in _SOLAR_LEAP_REMAINDERS


def orthodox_easter(of_year: int) -> dt.date:
    """Easter Sunday of the Eastern churches as a Gregorian day (Meeus' Julian algorithm; the shift
    of 13 days holds 1900..2099)."""
    a, b, c = of_year % 4, of_year % 7, of_year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month_number, day = divmod(d + e + 114, 31)
    return add_days(dt.date(of_year, month_number, day + 1), _JULIAN_SHIFT_DAYS)


def nth_weekday(of_year: int, month_number: int, weekday: int, nth: int) -> dt.date:
    """The nth such weekday of a month, counted from 1."""
    first = dt.date(of_year, month_number, 1)
    return add_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def past_islamic(horizon: dt.date, month_number: int, day: int) -> dt.date | None:
    """The nearest such Islamic date not after `horizon`; None before that calendar begins."""
    guess = int((horizon.toordinal() - _ISLAMIC_EPOCH_ORDINAL) / _ISLAMIC_YEAR_DAYS) + 2
    for of_year in range(guess, max(guess - 4, 0), -1):
        candidate = islamic(of_year, month_number, day)
        if candidate <= horizon:
            return candidate
    return None


def month_part(days: Days, stretch: str) -> Days:
    """`early` 1-10, `mid` 11-20, `late` 21-end, `start` first seven days, `end` last seven."""
    first, after = days
    if stretch == "early":
        return first, add_days(first, 10)
    if stretch == "mid":
        return add_days(first, 10), add_days(first, 20)
    if stretch == "late":
        return add_days(first, 20), after
    if stretch == "start":
        return first, add_days(first, 7)
    return add_days(after, -7), after


def thirds(days: Days, stretch: str) -> Days:
    """`early`, `mid` and `late` third of a year, season or week; `start` is early, `end` late."""
    first, after = days
    length = (after - first).days
    cut_one, cut_two = add_days(first, -(-length // 3)), add_days(first, length - length // 3)
    if stretch in {"early", "start"}:
        return first, cut_one
    if stretch in {"late", "end"}:
        return cut_two, after
    return cut_one, cut_two
