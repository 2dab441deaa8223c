"""Words of time in, intervals on the calendar out. Usable alone."""

from __future__ import annotations

from tocsin.when.anchor import resolve_anchored
from tocsin.when.context import TimeContext
from tocsin.when.expression import (
    Amount,
    Bound,
    Calendar,
    CalendarRef,
    ClockTime,
    Direction,
    Stretch,
    TimeExpression,
    TimeKind,
    TimeUnit,
    Which,
)
from tocsin.when.find import find_times
from tocsin.when.outlet import MONTH_FIRST_COUNTRIES, writes_month_first
from tocsin.when.reading import TimeReading
from tocsin.when.reconcile import published_interval, reconcile
from tocsin.when.resolve import read_times, resolve_time
from tocsin.when.timex import Timex, read_timexes, timex

__all__ = [
    "MONTH_FIRST_COUNTRIES",
    "Amount",
    "Bound",
    "Calendar",
    "CalendarRef",
    "ClockTime",
    "Direction",
    "Stretch",
    "TimeContext",
    "TimeExpression",
    "TimeKind",
    "TimeReading",
    "TimeUnit",
    "Timex",
    "Which",
    "find_times",
    "published_interval",
    "read_times",
    "read_timexes",
    "reconcile",
    "resolve_anchored",
    "resolve_time",
    "timex",
    "writes_month_first",
]
