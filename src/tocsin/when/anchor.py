"""Expressions counted from another event: "a day after ...", "hours later", "that night"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tocsin.records import TimeInterval
from tocsin.records.vocab import TimeBasis, TimePrecision
from tocsin.when import almanac
from tocsin.when.amounts import away
from tocsin.when.context import TimeContext
from tocsin.when.expression import Direction, TimeExpression, TimeUnit
from tocsin.when.lay import lay
from tocsin.when.placed import PlacedDays
from tocsin.when.reading import TimeReading
from tocsin.when.resolve import resolve_time

_CLOCK_PRECISIONS = frozenset({TimePrecision.MINUTE, TimePrecision.HOUR})


def resolve_anchored(
    expression: TimeExpression,
    anchor: TimeInterval,
    context: TimeContext | None = None,
    *,
    inverse: bool = False,
) -> TimeReading:
    """The meaning of an expression that another event's interval dates.

    In "rockets fell a day after the raid", `anchor` is the raid's and the rockets' day is read.
    With `inverse`, `anchor` is the rockets' and the raid's day is read from the same words.
    A clock time or part of the day without a day takes the anchor's day. Where the anchor is open,
    or the words need none, the reading is that of `resolve_time`. `context` None reads in the
    anchor's zone.
    """
    if context is None:
        context = TimeContext(zone=anchor.zone, zone_basis=anchor.zone_basis)
    first, last = anchor.first_day, anchor.last_day
    is_dayless = not expression.refs and expression.amount is None and not expression.needs_anchor
    if first is None or last is None or not (expression.needs_anchor or is_dayless):
        return resolve_time(expression, context)
    if expression.amount is None:
        placed = _same(expression, first, last)
        return lay(expression, placed, context, basis=TimeBasis.INFERRED)
    sign = -1 if (expression.direction is Direction.BEFORE) != inverse else 1
    exact = _by_the_clock(expression, anchor, sign)
    if exact is not None:
        return exact
    placed = away(first, last, expression.amount, sign)
    placed = replace(
        placed, rule="anchored_" + placed.rule, why=f"{placed.why}, the other event's day"
    )
    return lay(expression, placed, context, basis=TimeBasis.INFERRED)


def _same(expression: TimeExpression, first: dt.date, last: dt.date) -> PlacedDays:
    """The anchor's own day, or the week, month or year that holds it."""
    unit = expression.refs[0].unit if expression.refs else None
    why = "the day or period of the other event"
    around = _around(unit, first)
    if around is not None:
        days, precision = around
        return PlacedDays(*days, precision, "anchored_same", why)
    precision = TimePrecision.DAY if first == last else TimePrecision.DAYS
    return PlacedDays(first, almanac.add_days(last, 1), precision, "anchored_same", why)


def _around(unit: TimeUnit | None, day: dt.date) -> tuple[almanac.Days, TimePrecision] | None:
    """The week, weekend, month or year that holds a day."""
    if unit is TimeUnit.WEEK:
        return almanac.week(day), TimePrecision.WEEK
    if unit is TimeUnit.WEEKEND:
        return almanac.past_weekend(day), TimePrecision.DAYS
    if unit is TimeUnit.MONTH:
        return almanac.month(day.year, day.month), TimePrecision.MONTH
    if unit is TimeUnit.YEAR:
        return almanac.year(day.year), TimePrecision.YEAR
    return None


def _by_the_clock(
    expression: TimeExpression, anchor: TimeInterval, sign: int
) -> TimeReading | None:
    """Hours counted from a clock time stay exact: "two hours later" after "at 9:30 pm"."""
    size = expression.amount
    if (
        size is None
        or size.unit not in {TimeUnit.HOUR, TimeUnit.MINUTE}
        or size.most is None
        or anchor.precision not in _CLOCK_PRECISIONS
        or anchor.earliest is None
        or anchor.latest is None
    ):
        return None
    minutes = 60 if size.unit is TimeUnit.HOUR else 1
    near, far = sorted((sign * size.fewest * minutes, sign * size.most * minutes))
    try:
        earliest = anchor.earliest + dt.timedelta(minutes=near)
        latest = anchor.latest + dt.timedelta(minutes=far)
    except OverflowError:
        return None
    rule = f"anchored_{size.unit.value}s"
    interval = TimeInterval(
        earliest,
        latest,
        TimePrecision.HOUR,
        anchor.zone,
        anchor.zone_basis,
        TimeBasis.INFERRED,
        rule,
    )
    why = f"counted from {anchor.earliest:%Y-%m-%d %H:%M}"
    return TimeReading(expression.span, interval, rule, why, expression)
