"""Several expressions said of one incident made one interval.

Compatible expressions are intersected. Two that name one instant through different zones, such as a
newsroom's "Wednesday afternoon" and the place's "just after midnight", are one instant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tocsin.records import TimeInterval
from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import almanac
from tocsin.when.anchor import resolve_anchored
from tocsin.when.context import TimeContext
from tocsin.when.expression import Direction, TimeExpression, TimeKind
from tocsin.when.hours import Bounds, convert, find_zone
from tocsin.when.reading import TimeReading

FINENESS: Final = {precision: rank for rank, precision in enumerate(TimePrecision)}
"""Lower is finer, in the vocabulary's order."""
PLAUSIBLE_OFFSETS: Final = range(-10, 14)
"""Hours from Greenwich at which newsrooms sit, for when the newsroom is unknown."""
_LENGTHS: Final = frozenset({TimeKind.DURATION, TimeKind.VAGUE, TimeKind.WINDOW})


def reconcile(readings: Sequence[TimeReading], context: TimeContext) -> TimeReading | None:
    """The one reading of expressions said of one incident, most telling first.

    Days come before lengths and vague words; a time of day without its day is laid onto the day
    that another expression names. A reading disjoint from those before it is left out. None where
    no reading names a possible time.
    """
    usable = [reading for reading in readings if reading.interval is not None]
    placed = [reading for reading in usable if reading.is_placed]
    if not placed:
        return usable[0] if usable else None
    dated = [r for r in placed if not _is_dayless(r.expression) and not _is_length(r.expression)]
    dayless = [r for r in placed if _is_dayless(r.expression)]
    lengths = [r for r in placed if _is_length(r.expression)]
    if not dated:
        chosen = (dayless or lengths)[0]
        for other in (dayless or lengths)[1:]:
            chosen = _joined(chosen, other) or chosen
        return chosen
    chosen = dated[0]
    for other in dated[1:]:
        chosen = _joined(chosen, other) or chosen
    for other in dayless:
        chosen = _timed(chosen, other, context)
    return chosen


def _is_dayless(expression: TimeExpression) -> bool:
    return not expression.refs and expression.kind in {TimeKind.CLOCK, TimeKind.PART_OF_DAY}


def _is_length(expression: TimeExpression) -> bool:
    return expression.kind in _LENGTHS or expression.direction is Direction.WITHIN


def _interval(reading: TimeReading) -> TimeInterval:
    if reading.interval is None:
        raise ValueError("only placed readings are joined")
    return reading.interval


def _joined(one: TimeReading, other: TimeReading) -> TimeReading | None:
    """Both at once, as fine as the finer; None where they exclude each other."""
    a, b = _interval(one), _interval(other)
    meet = _intersection((a.earliest, a.latest), (b.earliest, b.latest))
    if meet is None:
        return None
    finer, coarser = (
        (one, other) if FINENESS[a.precision] <= FINENESS[b.precision] else (other, one)
    )
    base = _interval(finer)
    if meet == (base.earliest, base.latest):
        rule = base.rule
    else:
        rule = f"{base.rule}&{_interval(coarser).rule}"
    zoned = base if base.zone_basis is ZoneBasis.STATED else a
    interval = replace(
        base,
        earliest=meet[0],
        latest=meet[1],
        zone=zoned.zone,
        zone_basis=zoned.zone_basis,
        rule=rule,
    )
    return replace(
        finer,
        interval=interval,
        rule=rule,
        explanation=f"{finer.explanation}; agrees with “{coarser.span.text}”",
        also=(*finer.also, coarser.span, *coarser.also),
    )


def _intersection(
    one: tuple[dt.datetime | None, dt.datetime | None],
    other: tuple[dt.datetime | None, dt.datetime | None],
) -> tuple[dt.datetime | None, dt.datetime | None] | None:
    starts = [bound for bound in (one[0], other[0]) if bound is not None]
    ends = [bound for bound in (one[1], other[1]) if bound is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is not None and end is not None and end <= start:
        return None
    return start, end


def _timed(day: TimeReading, dayless: TimeReading, context: TimeContext) -> TimeReading:
    """A day with a time of day that stands elsewhere."""
    base = _interval(day)
    if base.earliest is None or base.latest is None:
        return day
    if not (day.expression.part or day.expression.clock) and (
        base.precision is not TimePrecision.PART_OF_DAY
    ):
        if base.precision is not TimePrecision.DAY:
            # several days: which of them the hour belongs to is not said
            return day
        laid = resolve_anchored(dayless.expression, base, context)
        interval = _interval(laid)
        rule = f"{base.rule}+{'clock' if dayless.expression.clock else 'part_of_day'}"
        interval = replace(interval, rule=rule, basis=TimeBasis.TEXT)
        return replace(
            laid,
            interval=interval,
            rule=rule,
            explanation=f"the day is that of “{day.span.text}”: {day.explanation}",
            also=(*dayless.also, day.span, *day.also),
        )
    for shift in (0, 1, -1):
        found = _on_day(base, dayless, context, shift)
        if found is not None:
            meet = _intersection((base.earliest, base.latest), (found.earliest, found.latest))
            if meet is not None:
                interval = replace(
                    found, earliest=meet[0], latest=meet[1], rule=base.rule, basis=base.basis
                )
                return _merged(day, dayless, interval, "both times of day hold")
    read = _zone_reading(base, dayless, context)
    if read is None:
        return day
    return _merged(
        day,
        dayless,
        read,
        f"“{day.span.text}” in the newsroom's zone and “{dayless.span.text}” at the place are one"
        " instant",
    )


def _on_day(
    base: TimeInterval, dayless: TimeReading, context: TimeContext, shift: int
) -> TimeInterval | None:
    """The time of day on the base's first day, moved by whole days."""
    if base.earliest is None:
        return None
    start = base.earliest.replace(hour=0, minute=0) + dt.timedelta(days=shift)
    day = TimeInterval(
        start,
        start + dt.timedelta(days=1),
        TimePrecision.DAY,
        base.zone,
        base.zone_basis,
    )
    return resolve_anchored(dayless.expression, day, context).interval


def _merged(
    day: TimeReading, dayless: TimeReading, interval: TimeInterval, explanation: str
) -> TimeReading:
    return TimeReading(
        span=dayless.span,
        interval=interval,
        rule=interval.rule,
        explanation=explanation,
        expression=dayless.expression,
        also=(*dayless.also, day.span, *day.also),
    )


def _zone_reading(
    base: TimeInterval, dayless: TimeReading, context: TimeContext
) -> TimeInterval | None:
    """The place's hour inside the newsroom's part of the day, where the zones allow just one day.

    Without a known newsroom every plausible one is tried; the day must come out the same.
    """
    place = find_zone(context.zone)
    if place is None or base.earliest is None or base.latest is None:
        return None
    newsroom = find_zone(context.newsroom_zone)
    if newsroom is not None:
        seen = [convert((base.earliest, base.latest), newsroom, place)]
    else:
        utc = find_zone("UTC")
        if utc is None:
            return None
        seen = []
        for offset in PLAUSIBLE_OFFSETS:
            moved = dt.timedelta(hours=offset)
            bounds: Bounds = (base.earliest - moved, base.latest - moved)
            seen.append(convert(bounds, utc, place))
    found: dict[dt.datetime, TimeInterval] = {}
    for bounds in seen:
        for shift in (-1, 0, 1):
            candidate = _on_day(base, dayless, context, shift)
            if candidate is None or candidate.earliest is None:
                continue
            if _intersection(bounds, (candidate.earliest, candidate.latest)) is not None:
                found[candidate.earliest] = candidate
    if len(found) != 1:
        return None
    interval = next(iter(found.values()))
    return replace(interval, rule="zone_reading", zone_basis=ZoneBasis.STATED, basis=TimeBasis.TEXT)


def published_interval(context: TimeContext) -> TimeInterval | None:
    """The day of writing as an interval, for news that dates itself by nothing else."""
    today = context.today
    if today is None:
        return None
    return TimeInterval(
        dt.datetime.combine(today, dt.time()),
        dt.datetime.combine(almanac.add_days(today, 1), dt.time()),
        TimePrecision.DAY,
        context.zone,
        context.zone_basis,
        TimeBasis.PUBLISHED,
        "publication_day",
    )
