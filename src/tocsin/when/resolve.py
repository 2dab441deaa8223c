"""Expressions placed on the calendar, in the zone of the place, by the incident model's rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from tocsin.records.vocab import TimeBasis, TimePrecision
from tocsin.when import almanac
from tocsin.when.amounts import away, move, window
from tocsin.when.context import TimeContext
from tocsin.when.days import ImpossibleDate, place
from tocsin.when.expression import Bound, Direction, Stretch, TimeExpression, TimeKind, TimeUnit
from tocsin.when.find import find_times
from tocsin.when.hours import clock_bounds, find_zone, part_bounds
from tocsin.when.lay import NIGHT_BEFORE, expression_precision, lay, local_first
from tocsin.when.placed import PlacedDays
from tocsin.when.reading import TimeReading, open_reading, refused

REFERENCES: Final = frozenset({TimeKind.PRESENT, TimeKind.PAST, TimeKind.FUTURE})


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
    if expression.kind is TimeKind.RECURRING:
        return _open(expression, context, "recurring", "many times, none of them named")
    if expression.kind in REFERENCES:
        return _open(expression, context, "reference", "no day is named")
    if expression.amount is not None and not expression.refs:
        return _amount(expression, context)
    if expression.refs:
        try:
            placed = _place_all(expression, context)
        except ImpossibleDate as error:
            return refused(expression, f"no calendar has this day: {error}")
        if placed is None:
            return _open(
                expression, context, "no_publication_day", "needs a publication day to be placed"
            )
        return lay(expression, _measured(expression, placed), context)
    return _dayless(expression, context)


def _measured(expression: TimeExpression, placed: PlacedDays) -> PlacedDays:
    """ "The first three days of May", "two days after Christmas": an amount laid onto the days."""
    size = expression.amount
    if size is None:
        return placed
    if expression.direction in {Direction.AFTER, Direction.BEFORE}:
        # "two days after Christmas"
        sign = -1 if expression.direction is Direction.BEFORE else 1
        counted = away(placed.first, almanac.add_days(placed.after, -1), size, sign)
        return replace(
            counted,
            rule=f"{counted.rule}_from_{placed.rule}",
            why=f"{counted.why} from {placed.why}",
        )
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


def _is_deadline(expression: TimeExpression) -> bool:
    """ "By March 3", "until 5 p.m. on March 3"."""
    clock = expression.clock
    return Bound.UNTIL in {expression.bound, clock.bound if clock is not None else None}


def _place_all(expression: TimeExpression, context: TimeContext) -> PlacedDays | None:
    """All named days: each but the last is seen from the one behind it, so that "Monday to Friday"
    written on a Wednesday is last week's."""
    today = context.today
    later: PlacedDays | None = None
    hull: PlacedDays | None = None
    for ref in reversed(expression.refs):
        seen_from = later.first if later and not ref.offset_days else today
        placed = place(
            ref,
            seen_from,
            whole=expression.amount is not None,
            is_ahead=expression.is_ahead,
            is_deadline=_is_deadline(expression),
            month_first=context.month_first,
        )
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
        starts = clock_bounds(local_first(clock), now.date())[0]
    elif expression.part is not None:
        starts = part_bounds(expression.part, now.date(), now.date())[0]
    else:
        return None
    return now.date() if starts <= now else almanac.add_days(now.date(), -1)
