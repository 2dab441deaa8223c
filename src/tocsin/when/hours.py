"""Parts of the day and clock times laid onto days: local wall-clock bounds."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tocsin.records.vocab import TimePrecision
from tocsin.when.expression import Bound, ClockTime
from tocsin.when.lexicon import PARTS

ROUGH_MINUTES: Final = 30
""" "At 2 pm" and "about 9:30" are good to half an hour either way."""
HOURS_IN_DAY: Final = 24
_MINUTES_IN_DAY: Final = 1440
_EASTERNMOST_MINUTES: Final = 14 * 60
_WESTERNMOST_MINUTES: Final = -12 * 60

Bounds = tuple[dt.datetime, dt.datetime]


def midnight(day: dt.date) -> dt.datetime:
    """The naive start of a day."""
    return dt.datetime.combine(day, dt.time())


def shifted(moment: dt.datetime, **amount: float) -> dt.datetime:
    """`moment` moved; at the edges of the calendar it stays."""
    try:
        return moment + dt.timedelta(**amount)
    except OverflowError:
        return moment


def part_bounds(part: str, first: dt.date, last: dt.date) -> Bounds:
    """The hours of a part of the day, from that of `first` to that of `last` (inclusive)."""
    low, high = PARTS[part]
    return shifted(midnight(first), hours=low), shifted(midnight(last), hours=high)


def clock_bounds(clock: ClockTime, day: dt.date, part: str | None = None) -> Bounds:
    """The clock time on a day. In a night that runs past midnight, small hours are the next day."""
    minute = clock.minute
    if part is not None:
        _, high = PARTS[part]
        past_midnight = high > HOURS_IN_DAY and minute < (high - HOURS_IN_DAY) * 60
        minute += _MINUTES_IN_DAY if past_midnight else 0
    at = shifted(midnight(day), minutes=minute)
    if clock.until is not None:
        length = (clock.until - clock.minute) % _MINUTES_IN_DAY or _MINUTES_IN_DAY
        return at, shifted(at, minutes=length)
    if clock.bound in {Bound.AFTER, Bound.SINCE}:
        end = shifted(midnight(at.date()), days=1)
        return at, end
    if clock.bound in {Bound.BEFORE, Bound.UNTIL}:
        start = midnight(at.date())
        return (start, at) if at > start else (shifted(at, hours=-1), at)
    if clock.precise:
        return at, shifted(at, minutes=1)
    return shifted(at, minutes=-ROUGH_MINUTES), shifted(at, minutes=ROUGH_MINUTES)


def clock_precision(clock: ClockTime) -> TimePrecision:
    """How fine the clock time is."""
    if clock.bound is not None:
        return TimePrecision.PART_OF_DAY
    if clock.precise and clock.until is None:
        return TimePrecision.MINUTE
    return TimePrecision.HOUR


def find_zone(name: str | None) -> ZoneInfo | None:
    """The zone of an IANA name; None for no name or an unknown one."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def convert(bounds: Bounds, source: ZoneInfo, target: ZoneInfo) -> Bounds:
    """Wall-clock bounds of one zone as those of another."""

    def moved(local: dt.datetime) -> dt.datetime:
        try:
            return local.replace(tzinfo=source).astimezone(target).replace(tzinfo=None)
        except OverflowError:
            return local

    start, end = moved(bounds[0]), moved(bounds[1])
    return (start, end) if start < end else (start, shifted(start, minutes=1))


def stated_offset_zone(clock: ClockTime, other: ClockTime, day: dt.date) -> str | None:
    """The fixed zone that makes both clock times one instant, as an `Etc/GMT` name.

    None where the other's zone is unknown or the difference is no whole number of hours.
    """
    zone = find_zone(other.zone)
    if zone is None:
        return None
    theirs = midnight(day).replace(tzinfo=zone).utcoffset() or dt.timedelta()
    minutes = clock.minute - other.minute + int(theirs.total_seconds()) // 60
    minutes = (minutes - _WESTERNMOST_MINUTES) % _MINUTES_IN_DAY + _WESTERNMOST_MINUTES
    if minutes > _EASTERNMOST_MINUTES or minutes % 60:
        return None
    # POSIX names count westward: Etc/GMT-3 is three hours ahead of Greenwich.
    return f"Etc/GMT{-minutes // 60:+d}" if minutes else "UTC"
