"""Words of time in, intervals on the calendar out. Usable alone."""

from __future__ import annotations

from tocsin.when.anchor import resolve_anchored
from tocsin.when.context import TimeContext
from tocsin.when.expression import (
    Amount,
    Bound,
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
from tocsin.when.reading import TimeReading
from tocsin.when.reconcile import published_interval, reconcile
from tocsin.when.resolve import read_times, resolve_time

__all__ = [
    "Amount",
    "Bound",
    "CalendarRef",
    "ClockTime",
    "Direction",
    "Stretch",
    "TimeContext",
    "TimeExpression",
    "TimeKind",
    "TimeReading",
    "TimeUnit",
    "Which",
    "find_times",
    "published_interval",
    "read_times",
    "reconcile",
    "resolve_anchored",
    "resolve_time",
]
