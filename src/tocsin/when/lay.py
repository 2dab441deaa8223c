"""Parts of the day, clock times, bounds and zones laid onto days that are already placed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from tocsin.records import TimeInterval
from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import almanac
from tocsin.when.amounts import amount_precision
from tocsin.when.context import TimeContext
from tocsin.when.days import placed_precision
from tocsin.when.expression import Bound, ClockTime, Stretch, TimeExpression, TimeUnit
from tocsin.when.hours import (
    Bounds,
    clock_bounds,
    clock_precision,
    convert,
    find_zone,
    midnight,
    part_bounds,
    stated_offset_zone,
)
from tocsin.when.placed import PlacedDays
from tocsin.when.reading import TimeReading

NIGHT_BEFORE: Final = "overnight"
"""The one part of the day that is, alone, the night that ends on the day of writing."""
_NIGHTS: Final = frozenset({"night", "overnight"})
_ADVERB_PARTS: Final = {Stretch.EARLY: "early", Stretch.LATE: "late"}
_BOUND_WHYS: Final = {
    Bound.SINCE: "from then to the day of writing",
    Bound.AFTER: "after it, to the day of writing",
    Bound.BEFORE: "before it",
    Bound.UNTIL: "up to and with it",
}


def lay(
    expression: TimeExpression,
    placed: PlacedDays,
    context: TimeContext,
    *,
    basis: TimeBasis = TimeBasis.TEXT,
) -> TimeReading:
    """The expression's part of day, clock time and bound, laid onto days already placed."""
    first, last = placed.first, almanac.add_days(placed.after, -1)
    clock = local_first(expression.clock) if expression.clock and first == last else None
    laid = _hours(expression, clock, placed, first, last)
    zone, zone_basis, bounds = _zoned(expression, clock, laid.bounds, first, context)
    whys = [placed.why, laid.why]
    if bounds != laid.bounds:
        source = clock.zone if clock is not None else expression.zone
        whys.append(f"moved from {source} to {context.zone}")
    if context.doubts and context.published and basis is TimeBasis.TEXT:
        whys.append(f"other publication days were found: {', '.join(map(str, context.doubts))}")
    precision, rule = laid.precision, laid.rule
    earliest: dt.datetime | None
    latest: dt.datetime | None
    earliest, latest = bounds
    if expression.bound is not None:
        earliest, latest = _bounded(expression.bound, bounds, context.today)
        precision = expression_precision(expression)
        rule = f"{expression.bound.value}+{rule}"
        whys.append(_BOUND_WHYS[expression.bound])
    interval = TimeInterval(earliest, latest, precision, zone, zone_basis, basis, rule)
    why = "; ".join(why for why in whys if why)
    return TimeReading(expression.span, interval, rule, why, expression)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Bounds in the wall-clock time the words are in, before any zone is applied."""

    bounds: Bounds
    precision: TimePrecision
    rule: str
    why: str = ""


def _hours(
    expression: TimeExpression,
    clock: ClockTime | None,
    placed: PlacedDays,
    first: dt.date,
    last: dt.date,
) -> _Laid:
    """The days with the clock time or the part of the day that the words give them."""
    part = expression.part
    if part is None and expression.refs and expression.refs[0].is_day:
        part = _ADVERB_PARTS.get(expression.refs[0].stretch or Stretch.MID)
    if clock is not None:
        why = "" if clock.precise or clock.bound or clock.until else "half an hour either way"
        rule = f"{placed.rule}+clock"
        return _Laid(clock_bounds(clock, first, part), clock_precision(clock), rule, why)
    if part is None and expression.last_part is None:
        return _Laid((midnight(first), midnight(placed.after)), placed.precision, placed.rule)
    is_night = part in _NIGHTS and expression.last_part is None
    if is_night and expression.is_range and almanac.add_days(first, 1) == last:
        # "the night between Friday and Saturday", "overnight Sunday to Monday": one night
        part, last = "night", first
    bounds = _part_range(part, expression.last_part, first, last)
    precision = TimePrecision.PART_OF_DAY if first == last else TimePrecision.DAYS
    rule = f"{placed.rule}+part_of_day"
    if part == NIGHT_BEFORE and placed.rule != "publication_day":
        # "overnight on Tuesday" is the night into Tuesday or out of it
        bounds = (bounds[0], part_bounds("night", last, last)[1])
        why = "the night into that day or out of it"
        return _Laid(bounds, TimePrecision.DAYS, rule, why)
    why = f"{part} is {bounds[0]:%H:%M} to {bounds[1]:%H:%M}" if first == last else ""
    return _Laid(bounds, precision, rule, why)


def _part_range(part: str | None, last_part: str | None, first: dt.date, last: dt.date) -> Bounds:
    """From the part of the first day to that of the last; a side without one is the whole day."""
    if last_part is None and part is not None:
        return part_bounds(part, first, last)
    start = part_bounds(part, first, first)[0] if part else midnight(first)
    if last_part is None:
        return start, midnight(almanac.add_days(last, 1))
    end = part_bounds(last_part, last, last)[1]
    # "from Monday night to Monday morning" cannot be: the days stand, whole
    return (start, end) if start < end else (midnight(first), midnight(almanac.add_days(last, 1)))


def _bounded(
    bound: Bound, bounds: Bounds, today: dt.date | None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The open side reaches to the publication for what began, and is unknown for what ended."""
    if bound is Bound.BEFORE:
        return None, bounds[0]
    if bound is Bound.UNTIL:
        return None, bounds[1]
    start = bounds[0] if bound is Bound.SINCE else bounds[1]
    end = midnight(almanac.add_days(today, 1)) if today else None
    return start, end if end is not None and end > start else None


def local_first(clock: ClockTime) -> ClockTime:
    """Of a pair "1830 GMT (9:30 pm local time)", the local one leads."""
    other = clock.other
    if other is not None and clock.zone is not None and (other.local or other.zone is None):
        is_precise = clock.precise and other.precise
        return replace(other, precise=is_precise, other=replace(clock, other=None))
    return clock


def _zoned(
    expression: TimeExpression,
    clock: ClockTime | None,
    bounds: Bounds,
    day: dt.date,
    context: TimeContext,
) -> tuple[str | None, ZoneBasis, Bounds]:
    """Zone, how it is known, and the bounds in it."""
    if clock is not None and clock.zone is not None:
        source, target = find_zone(clock.zone), find_zone(context.zone)
        if source is not None and target is not None:
            return context.zone, ZoneBasis.STATED, convert(bounds, source, target)
        return clock.zone, ZoneBasis.STATED, bounds
    if expression.zone is not None and clock is None:
        source, target = find_zone(expression.zone), find_zone(context.zone)
        if source is not None and target is not None:
            return context.zone, ZoneBasis.STATED, convert(bounds, source, target)
        return expression.zone, ZoneBasis.STATED, bounds
    if clock is not None and clock.other is not None and context.zone is None:
        zone = stated_offset_zone(clock, clock.other, day)
        if zone is not None:
            return zone, ZoneBasis.STATED, bounds
    is_local = expression.local_time or (clock is not None and clock.local)
    if is_local and context.zone is not None:
        return context.zone, ZoneBasis.STATED, bounds
    return context.zone, context.zone_basis if context.zone else ZoneBasis.UNKNOWN, bounds


def expression_precision(expression: TimeExpression) -> TimePrecision:
    """How fine the words are, placed or not."""
    if expression.bound is not None:
        is_end = expression.bound in {Bound.BEFORE, Bound.UNTIL}
        return TimePrecision.BEFORE if is_end else TimePrecision.AFTER
    if expression.clock is not None:
        return clock_precision(expression.clock)
    if expression.part is not None:
        return TimePrecision.PART_OF_DAY
    if len(expression.refs) > 1:
        return TimePrecision.DAYS
    if expression.refs:
        return placed_precision(expression.refs[0])
    if expression.amount is not None:
        if expression.amount.unit is TimeUnit.DAY and expression.amount.is_exact:
            return TimePrecision.DAY
        return amount_precision(expression.amount.unit)
    return TimePrecision.DAY
