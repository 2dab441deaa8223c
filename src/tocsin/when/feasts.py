"""Feasts and printed dates of the Islamic and Solar Hijri calendars, placed on ours.

The Islamic calendar is the tabular one. The sighted moon differs from it by a day either way, by
country, so its days come as three.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from tocsin.records.vocab import TimePrecision
from tocsin.when import almanac
from tocsin.when.expression import Calendar, CalendarRef, Which
from tocsin.when.lexicon import HOLIDAYS, ISLAMIC, ISLAMIC_EITHER
from tocsin.when.placed import PlacedDays

ISLAMIC_RULE: Final = "islamic_calendar"
_LONG_FEAST_DAYS: Final = 10
"""Longer feasts are months."""
_EASTER, _EASTERN_EASTER, _THANKSGIVING = 0, 13, 14
"""Codes of movable feasts in the month column of the lexicon."""
_MOON_WHY: Final = "by the tabular Islamic calendar, a day either way"


def place_feast(ref: CalendarRef, year: int | None, today: dt.date | None) -> PlacedDays | None:
    """The feast of the stated year, or the nearest not after the day of writing; None without
    either."""
    name = ref.holiday or ""
    if name in ISLAMIC_EITHER:
        found = [_islamic(one, ref, year, today) for one in ISLAMIC_EITHER[name]]
        return max((one for one in found if one), key=lambda one: one.first, default=None)
    if name in ISLAMIC:
        return _islamic(name, ref, year, today)
    if year is not None:
        return _fixed(name, year, "the feast of the stated year")
    if today is None:
        return None
    why = f"the nearest such feast not after {today}"
    placed = _fixed(name, today.year, why)
    if placed.first > almanac.add_days(today, 1):
        placed = _fixed(name, today.year - 1, why)
    return placed


def _fixed(name: str, year: int, why: str) -> PlacedDays:
    month, day, days = HOLIDAYS[name]
    if month == _EASTER:
        first = almanac.add_days(almanac.easter(year), day)
    elif month == _EASTERN_EASTER:
        first = almanac.add_days(almanac.orthodox_easter(year), day)
    elif month == _THANKSGIVING:
        first = almanac.nth_weekday(year, 11, 3, 4)
    else:
        first = dt.date(year, month, day)
    precision = TimePrecision.DAY if days == 1 else TimePrecision.DAYS
    return PlacedDays(first, almanac.add_days(first, days), precision, "holiday", why)


def _islamic(
    name: str, ref: CalendarRef, year: int | None, today: dt.date | None
) -> PlacedDays | None:
    month, day, days = ISLAMIC[name]
    horizon = dt.date(year, 12, 31) if year is not None else today
    if horizon is None:
        return None
    if ref.which is Which.LAST:
        horizon = almanac.add_days(horizon, -days)
    first = almanac.past_islamic(horizon, month, day)
    if first is None:
        return None
    precision = TimePrecision.MONTH if days > _LONG_FEAST_DAYS else TimePrecision.DAYS
    return PlacedDays(
        almanac.add_days(first, -1),
        almanac.add_days(first, days + 1),
        precision,
        ISLAMIC_RULE,
        _MOON_WHY,
    )


def place_printed(ref: CalendarRef, today: dt.date | None) -> PlacedDays | None:
    """ "12 Muharram 1441", "23 Mehr 1399"; an Islamic day without a year is the nearest past one.

    Raises ValueError for a day that the calendar has not.
    """
    month, day = ref.month or 0, ref.day or 0
    if ref.calendar is Calendar.SOLAR_HIJRI:
        found = almanac.solar_hijri(ref.year or 0, month, day)
        return PlacedDays(
            *almanac.one_day(found), TimePrecision.DAY, "solar_hijri", "the Solar Hijri calendar"
        )
    if ref.year is not None:
        first = almanac.islamic_day(ref.year, month, day)
    elif today is not None:
        almanac.islamic_day(1, month, day)
        past = almanac.past_islamic(almanac.add_days(today, 1), month, day)
        if past is None:
            return None
        first = past
    else:
        return None
    return PlacedDays(
        almanac.add_days(first, -1),
        almanac.add_days(first, 2),
        TimePrecision.DAYS,
        ISLAMIC_RULE,
        _MOON_WHY,
    )
