"""Amounts of time counted from a day: "two days ago", "the past 24 hours", "in recent weeks"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tocsin.records.vocab import TimePrecision
from tocsin.when import almanac
from tocsin.when.expression import Amount, TimeUnit
from tocsin.when.placed import PlacedDays

RECENT: Final[dict[TimeUnit, tuple[TimeUnit, int]]] = {
    TimeUnit.MINUTE: (TimeUnit.DAY, 1),
    TimeUnit.HOUR: (TimeUnit.DAY, 1),
    TimeUnit.DAY: (TimeUnit.DAY, 7),
    TimeUnit.WEEK: (TimeUnit.WEEK, 6),
    TimeUnit.WEEKEND: (TimeUnit.WEEK, 6),
    TimeUnit.FORTNIGHT: (TimeUnit.WEEK, 8),
    TimeUnit.MONTH: (TimeUnit.MONTH, 6),
    TimeUnit.QUARTER: (TimeUnit.MONTH, 12),
    TimeUnit.HALF: (TimeUnit.MONTH, 18),
    TimeUnit.YEAR: (TimeUnit.YEAR, 5),
    TimeUnit.DECADE: (TimeUnit.YEAR, 30),
    TimeUnit.CENTURY: (TimeUnit.YEAR, 300),
}
"""How far "recent <unit>s" is taken to reach: a convention, since the words set no limit."""
_SLACK_DAYS: Final[dict[TimeUnit, int]] = {
    TimeUnit.WEEK: 2,
    TimeUnit.WEEKEND: 2,
    TimeUnit.FORTNIGHT: 3,
    TimeUnit.MONTH: 15,
    TimeUnit.QUARTER: 45,
    TimeUnit.HALF: 91,
    TimeUnit.YEAR: 182,
    TimeUnit.DECADE: 1826,
    TimeUnit.CENTURY: 18262,
}
"""Days either way: "two weeks ago" seldom means fourteen days to the day."""
_PRECISION: Final[dict[TimeUnit, TimePrecision]] = {
    TimeUnit.MINUTE: TimePrecision.DAY,
    TimeUnit.HOUR: TimePrecision.DAYS,
    TimeUnit.DAY: TimePrecision.DAYS,
    TimeUnit.WEEK: TimePrecision.WEEK,
    TimeUnit.WEEKEND: TimePrecision.WEEK,
    TimeUnit.FORTNIGHT: TimePrecision.WEEK,
    TimeUnit.MONTH: TimePrecision.MONTH,
    TimeUnit.QUARTER: TimePrecision.SEASON,
    TimeUnit.HALF: TimePrecision.SEASON,
    TimeUnit.YEAR: TimePrecision.YEAR,
    TimeUnit.DECADE: TimePrecision.YEAR,
    TimeUnit.CENTURY: TimePrecision.YEAR,
}

_PER_DAY: Final[dict[TimeUnit, int]] = {
    TimeUnit.MINUTE: 1440,
    TimeUnit.HOUR: 24,
}
_MONTHS: Final[dict[TimeUnit, int]] = {
    TimeUnit.MONTH: 1,
    TimeUnit.QUARTER: 3,
    TimeUnit.HALF: 6,
    TimeUnit.YEAR: 12,
    TimeUnit.DECADE: 120,
    TimeUnit.CENTURY: 1200,
}


def amount_precision(unit: TimeUnit) -> TimePrecision:
    """How fine a period counted in this unit is."""
    return _PRECISION[unit]


def move(day: dt.date, unit: TimeUnit, count: int) -> dt.date:
    """`day` moved by `count` units; hours and minutes move by the whole days they fill."""
    if unit in _PER_DAY:
        per_day = _PER_DAY[unit]
        return almanac.add_days(day, -(-abs(count) // per_day) * (1 if count > 0 else -1))
    if unit in {TimeUnit.WEEK, TimeUnit.WEEKEND}:
        return almanac.add_days(day, 7 * count)
    if unit is TimeUnit.FORTNIGHT:
        return almanac.add_days(day, 14 * count)
    if unit in _MONTHS:
        return almanac.add_months(day, _MONTHS[unit] * count)
    return almanac.add_days(day, count)


def away(first: dt.date, last: dt.date, amount: Amount, sign: int) -> PlacedDays:
    """The days that lie `amount` after (`sign` 1) or before (-1) the days `first`..`last`.

    An amount without upper end reaches as far as `RECENT` says for its unit, at least twice its
    lower end.
    """
    unit = amount.unit
    most = amount.most
    if most is None:
        most = max(2 * amount.fewest, 7 if unit is TimeUnit.DAY else 6)
    near, far = (amount.fewest, most) if sign > 0 else (-most, -amount.fewest)
    start, end = move(first, unit, near), move(last, unit, far)
    if unit in _PER_DAY:
        # hours may stay within the day
        start, end = (first, end) if sign > 0 else (start, last)
    slack = _SLACK_DAYS.get(unit, 0)
    start, end = almanac.add_days(start, -slack), almanac.add_days(end, slack + 1)
    if sign < 0 and slack and first > start:
        end = min(end, first)
    if sign > 0 and slack and last < end:
        start = max(start, almanac.add_days(last, 1))
    precision = _PRECISION[unit]
    if unit is TimeUnit.DAY and amount.is_exact and first == last:
        precision = TimePrecision.DAY
    if unit is TimeUnit.YEAR and amount.fewest == most == 1 and first == last:
        # "a year ago" recalls the season; for more years only the year is meant
        start, end = almanac.month(move(first, unit, sign).year, first.month)
        precision = TimePrecision.MONTH
    if end <= start:
        end = almanac.add_days(start, 1)
    rule = "relative_days" if unit is TimeUnit.DAY else f"relative_{unit.value}s"
    count = str(amount.fewest) if amount.is_exact else f"{amount.fewest} to {most}"
    side = "after" if sign > 0 else "before"
    why = f"{count} {unit.value}(s) {side} {first}"
    if slack:
        why += f", {slack} day(s) either way"
    return PlacedDays(start, end, precision, rule, why)


def window(today: dt.date, amount: Amount, *, recent: bool = False) -> PlacedDays:
    """The stretch of that length that ends with `today`, which belongs to it."""
    unit, count = amount.unit, amount.most or amount.fewest
    if recent:
        unit, count = RECENT[amount.unit]
    start = move(today, unit, -count)
    end = almanac.add_days(today, 1)
    rule = f"recent_{amount.unit.value}s" if recent else f"past_{amount.unit.value}s"
    why = f"from {count} {unit.value}(s) before {today} to that day"
    return PlacedDays(start, end, _PRECISION[amount.unit], rule, why)
