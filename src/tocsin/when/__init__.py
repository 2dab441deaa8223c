"""Words of time in, intervals on the calendar out. Usable alone; imports only records and errors."""

from __future__ import annotations

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
    "TimeUnit",
    "Which",
    "find_times",
]
