"""A histogram of days: bars of a day, a week, a month or a year, whichever keeps them few."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_BARS = 120
"""More bars than this are too thin to point at on a laptop's screen."""


class BarWidth(StrEnum):
    """How much time one bar stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many incidents begin on the days `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars side by side, from the first day with an incident to the last, empty ones too."""

    width: BarWidth
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> int:
        """The largest count; 0 without bars."""
        return max((bar.count for bar in self.bars), default=0)


def histogram(days: Sequence[dt.date], max_bars: int = MAX_BARS) -> Histogram:
    """Count sorted days in bars of the finest width that needs at most `max_bars`.

    Years are never joined, so a record of more years than that has more bars.
    """
    if not days:
        return Histogram(BarWidth.DAY, ())
    for width in BarWidth:
        starts = _starts(days[0], days[-1], width, max_bars)
        if starts is not None:
            break
    else:
        starts = [dt.date(year, 1, 1) for year in range(days[0].year, days[-1].year + 1)]
        width = BarWidth.YEAR
    ends = [start - dt.timedelta(days=1) for start in starts[1:]]
    ends.append(_end(starts[-1], width))
    return Histogram(
        width,
        tuple(
            Bar(start, end, bisect_right(days, end) - bisect_left(days, start))
            for start, end in zip(starts, ends, strict=True)
        ),
    )


def _starts(first: dt.date, last: dt.date, width: BarWidth, max_bars: int) -> list[dt.date] | None:
    """The first days of the bars; None where there would be too many."""
    starts = [_start(first, width)]
    while _end(starts[-1], width) < last:
        if len(starts) == max_bars:
            return None
        starts.append(_end(starts[-1], width) + dt.timedelta(days=1))
    return starts


def _start(day: dt.date, width: BarWidth) -> dt.date:
    match width:
        case BarWidth.DAY:
            return day
        case BarWidth.WEEK:
            return day - dt.timedelta(days=day.weekday())  # the first day of all is a Monday
        case BarWidth.MONTH:
            return day.replace(day=1)
        case BarWidth.YEAR:
            return day.replace(month=1, day=1)


def _end(start: dt.date, width: BarWidth) -> dt.date:
    match width:
        case BarWidth.DAY:
            return start
        case BarWidth.WEEK:
            return start + min(dt.timedelta(days=6), dt.date.max - start)
        case BarWidth.MONTH:
            return start.replace(day=monthrange(start.year, start.month)[1])
        case BarWidth.YEAR:
            return start.replace(month=12, day=31)
