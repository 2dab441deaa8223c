"""Expressions placed on the calendar, in the zone of the place, by the incident model's rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from tocsin.records import TimeInterval
from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import almanac
from tocsin.when.amounts import amount_precision, away, move, window
from tocsin.when.context import TimeContext
from tocsin.when.days import ImpossibleDate, PlacedDays, place, placed_precision
from tocsin.when.expression import (
    Bound,
    ClockTime,
    Direction,
    Stretch,
    TimeExpression,
    TimeKind,
    TimeUnit,
)
from tocsin.when.find import find_times
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
from tocsin.when.reading import TimeReading, open_reading, refused

NIGHT_BEFORE: Final = "overnight"
"""The one part of the day that is, alone, the night that ends on the day of writing."""
_ADVERB_PARTS: Final = {Stretch.EARLY: "early", Stretch.LATE: "late"}


def read_times(text: str, context: TimeContext) -> list[TimeReading]:
    """Every time expression of a text with its meaning, in text order."""
    return [resolve_time(expression, context) for expression in find_times(text)]


def resolve_time(expression: TimeExpression, context: TimeContext) -> TimeReading:
    """The meaning of one expression.

    The interval is in the zone of the place, or in the zone the words state. It is open on both
    sides where the words need a publication day or another event and there is none; it is None for
    a day that does not exist.
    """
    if expression.kind is TimeKind.ANCHORED:
        return _open(expression, context, "anchored", "counted from another event")
    if expression.amount is not None and not expression.refs:
        return _amount(expression, context)
    if expression.refs:
        try:
            placed = _place_all(expression, context.today)
        except ImpossibleDate as error:
            return refused(expression, f"no calendar has this day: {error}")
        if placed is None:
            return _open(
                expression, context, "no_publication_day", "needs a publication day to be placed"
            )
        return lay(expression, _share(expression, placed), context)
    return _dayless(expression, context)


def _share(expression: TimeExpression, placed: PlacedDays) -> PlacedDays:
    """ "The first three days of May": so much of the start or end of a period."""
    size = expression.amount
    if size is None:
        return placed
    is_end = expression.refs[0].stretch is Stretch.END
    if is_end:
        first = move(placed.after, size.unit, -size.fewest)
        return replace(placed, first=max(first, placed.first), rule=f"end_of_{placed.rule}")
    after = move(placed.first, size.unit, size.fewest)
    return replace(placed, after=min(after, placed.after), rule=f"start_of_{placed.rule}")


def _open(
    expression: TimeExpression, context: TimeContext, rule: str, explanation: str
) -> TimeReading:
    return open_reading(
        expression,
        expression_precision(expression),
        rule,
        explanation,
        zone=context.zone,
        zone_basis=context.zone_basis,
    )


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


def _amount(expression: TimeExpression, context: TimeContext) -> TimeReading:
    today, size = context.today, expression.amount
    if today is None or size is None:
        return _open(
            expression, context, "no_publication_day", "needs a publication day to be placed"
        )
    if expression.direction is Direction.AGO:
        placed = away(today, today, size, -1)
    elif expression.direction is Direction.AHEAD:
        placed = away(today, today, size, 1)
    elif expression.direction is Direction.PAST:
        placed = window(today, size, recent=expression.kind is TimeKind.VAGUE)
    else:
        # "the fourth attack in two days" counts the day of writing as one of the days
        placed = window(today, size)
        if size.unit is TimeUnit.DAY:
            first = almanac.add_days(placed.first, 1)
            placed = replace(placed, first=min(first, today))
        placed = replace(
            placed, rule="duration", why="a length, taken to end on the day of writing"
        )
        return lay(expression, placed, context, basis=TimeBasis.INFERRED)
    return lay(expression, placed, context)


def _place_all(expression: TimeExpression, today: dt.date | None) -> PlacedDays | None:
    """All named days: each but the last is seen from the one behind it, so that "Monday to Friday"
    written on a Wednesday is last week's."""
    later: PlacedDays | None = None
    hull: PlacedDays | None = None
    for ref in reversed(expression.refs):
        seen_from = later.first if later and not ref.offset_days else today
        placed = place(ref, seen_from, whole=expression.amount is not None)
        if placed is None:
            return None
        if hull is None:
            hull = placed
        else:
            hull = PlacedDays(
                min(placed.first, hull.first),
                max(placed.after, hull.after),
                TimePrecision.DAYS if placed.precision is TimePrecision.DAY else placed.precision,
                "range" if expression.is_range else "list",
                f"{placed.why}; {hull.why}",
            )
        later = placed
    return hull


def lay(
    expression: TimeExpression,
    placed: PlacedDays,
    context: TimeContext,
    *,
    basis: TimeBasis = TimeBasis.TEXT,
) -> TimeReading:
    """The expression's part of day, clock time and bound, laid onto days already placed."""
    part = expression.part
    if part is None and expression.refs and expression.refs[0].is_day:
        part = _ADVERB_PARTS.get(expression.refs[0].stretch or Stretch.MID)
    first, last = placed.first, almanac.add_days(placed.after, -1)
    is_one_day = first == last
    bounds: Bounds = (midnight(first), midnight(placed.after))
    precision, rule = placed.precision, placed.rule
    clock = expression.clock
    if clock is not None and is_one_day:
        clock = _local_first(clock)
        bounds = clock_bounds(clock, first, part)
        precision, rule = clock_precision(clock), f"{rule}+clock"
    elif part is not None:
        bounds = part_bounds(part, first, last)
        precision = TimePrecision.PART_OF_DAY if is_one_day else TimePrecision.DAYS
        rule = f"{rule}+part_of_day"
        if part == NIGHT_BEFORE and placed.rule != "publication_day":
            # "overnight on Tuesday" is the night into Tuesday or out of it
            bounds = (bounds[0], part_bounds("night", last, last)[1])
            precision = TimePrecision.DAYS
    zone, zone_basis, bounds = _zoned(expression, clock, bounds, first, context)
    why = placed.why
    if context.doubts and context.published and basis is TimeBasis.TEXT:
        why += f"; other publication days were found: {', '.join(map(str, context.doubts))}"
    earliest: dt.datetime | None
    latest: dt.datetime | None
    earliest, latest = bounds
    if expression.bound is not None:
        earliest, latest = _bounded(expression.bound, bounds, context.today)
        precision = expression_precision(expression)
        rule = f"{expression.bound.value}+{rule}"
    interval = TimeInterval(earliest, latest, precision, zone, zone_basis, basis, rule)
    return TimeReading(expression.span, interval, rule, why, expression)


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


def _local_first(clock: ClockTime) -> ClockTime:
    """Of a pair "1830 GMT (9:30 pm local time)", the local one leads."""
    other = clock.other
    if other is not None and clock.zone is not None and (other.local or other.zone is None):
        return replace(other, other=replace(clock, other=None))
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
    if clock is not None and clock.other is not None and context.zone is None:
        zone = stated_offset_zone(clock, clock.other, day)
        if zone is not None:
            return zone, ZoneBasis.STATED, bounds
    is_local = expression.local_time or (clock is not None and clock.local)
    if is_local and context.zone is not None:
        return context.zone, ZoneBasis.STATED, bounds
    return context.zone, context.zone_basis if context.zone else ZoneBasis.UNKNOWN, bounds


# --- a time of day without its day ---------------------------------------------------------------


def _dayless(expression: TimeExpression, context: TimeContext) -> TimeReading:
    """ "just after midnight local time": the publication day, or that and the one before where the
    zone is unknown."""
    today = context.today
    if today is None:
        return _open(
            expression, context, "no_publication_day", "names no day, and none is published"
        )
    day = _latest_day(expression, context) or today
    has_zone = context.zone is not None or (
        expression.clock is not None and expression.clock.zone is not None
    )
    single = PlacedDays(
        day,
        almanac.add_days(day, 1),
        TimePrecision.DAY,
        "publication_day",
        "the words name no day; taken on the day of writing",
    )
    reading = lay(expression, single, context, basis=TimeBasis.INFERRED)
    if has_zone or expression.part == NIGHT_BEFORE or reading.interval is None:
        return reading
    interval = reading.interval
    before = interval.earliest - dt.timedelta(days=1) if interval.earliest else None
    both = replace(
        interval,
        earliest=before,
        precision=TimePrecision.DAYS,
        rule=f"{interval.rule}+zone_unknown",
    )
    return replace(
        reading,
        interval=both,
        rule=both.rule,
        explanation="the words name no day and the zone is unknown: the day of writing or before",
    )


def _latest_day(expression: TimeExpression, context: TimeContext) -> dt.date | None:
    """The latest day on which that hour lies before the moment of publication, where one is
    declared and the zone is known."""
    moment = context.published.moment if context.published else None
    zone = find_zone(context.zone)
    if moment is None or zone is None or context.dateline_date is not None:
        return None
    clock = expression.clock
    if clock is not None and clock.zone is not None:
        zone = find_zone(clock.zone) or zone
    now = moment.astimezone(zone).replace(tzinfo=None)
    if clock is not None:
        starts = clock_bounds(_local_first(clock), now.date())[0]
    elif expression.part is not None:
        starts = part_bounds(expression.part, now.date(), now.date())[0]
    else:
        return None
    return now.date() if starts <= now else almanac.add_days(now.date(), -1)
