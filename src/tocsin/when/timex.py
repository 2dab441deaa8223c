"""Readings as TIMEX3 annotations (ISO-TimeML), for those who compare or exchange them.

TIMEX3 names a time by a string of a calendar (`2019-10-11`, `P3D`, `1999-W12`), not by an interval,
and marks words without their preposition. Nothing here changes what a reading means.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from tocsin.records import Span, TimeInterval
from tocsin.records.vocab import TimePrecision
from tocsin.when.anchor import resolve_anchored
from tocsin.when.context import TimeContext
from tocsin.when.expression import (
    Amount,
    Bound,
    CalendarRef,
    Direction,
    TimeExpression,
    TimeKind,
    TimeUnit,
)
from tocsin.when.find import find_times
from tocsin.when.grammar_amounts import SOON
from tocsin.when.lay import NIGHT_BEFORE
from tocsin.when.lexicon import PARTS, VAGUE_NUMBERS
from tocsin.when.reading import TimeReading
from tocsin.when.resolve import resolve_time

_LEADS: Final = re.compile(
    r"(?:on|in|at|during|since|before|after|until|till|by|from|between|over|within|for|into"
    r"|throughout|through|across|of)\s+",
    re.IGNORECASE,
)
"""Prepositions are outside a TIMEX3."""
_UNIT_LETTERS: Final[dict[TimeUnit, str]] = {
    TimeUnit.MINUTE: "M",
    TimeUnit.HOUR: "H",
    TimeUnit.DAY: "D",
    TimeUnit.WEEK: "W",
    TimeUnit.WEEKEND: "WE",
    TimeUnit.FORTNIGHT: "W",
    TimeUnit.MONTH: "M",
    TimeUnit.QUARTER: "Q",
    TimeUnit.HALF: "H",
    TimeUnit.YEAR: "Y",
    TimeUnit.DECADE: "DE",
    TimeUnit.CENTURY: "CE",
}
_UNTOLD: Final = frozenset(VAGUE_NUMBERS.values()) - {(2, 2)}
_CLOCK_UNITS: Final = frozenset({TimeUnit.MINUTE, TimeUnit.HOUR})
_HALF_UNITS: Final = {
    TimeUnit.MINUTE: ("M", "30S"),
    TimeUnit.HOUR: ("H", "30M"),
    TimeUnit.DAY: ("D", "T12H"),
    TimeUnit.YEAR: ("Y", "6M"),
}
_SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_REFERENCES: Final = {
    TimeKind.PRESENT: "PRESENT_REF",
    TimeKind.PAST: "PAST_REF",
    TimeKind.FUTURE: "FUTURE_REF",
}


@dataclass(frozen=True, slots=True)
class Timex:
    """One TIMEX3: its words without the preposition, `DATE`/`TIME`/`DURATION`/`SET`, its value."""

    span: Span
    type: str
    value: str


def read_timexes(text: str, context: TimeContext) -> list[Timex]:
    """The TIMEX3 annotations of a text, in order.

    Words counted from another time ("a year earlier", "that day") are counted from the last date
    before them, or from the day of writing.
    """
    found: list[Timex] = []
    last: TimeInterval | None = None
    for expression in find_times(text, is_wide=True):
        anchor = last or _writing_day(context)
        if expression.needs_anchor and anchor is not None:
            readings = [resolve_anchored(expression, anchor, context)]
        else:
            readings = [resolve_time(one, context) for one in _apart(expression)]
            last = next((r.interval for r in readings if r.is_placed and expression.refs), last)
        found.extend(value for value in map(timex, readings) if value is not None)
    return found


def _apart(expression: TimeExpression) -> list[TimeExpression]:
    """Each day of a list or range by itself, without a bound that excludes the day named.

    Part of the day and clock time stay with the last, beside which they mostly stand.
    """
    is_outside = expression.bound in {Bound.AFTER, Bound.BEFORE}
    closed = replace(expression, bound=None) if is_outside else expression
    if len(expression.ref_spans) != len(expression.refs) or len(expression.refs) < 2:
        return [closed]
    *firsts, last = zip(expression.refs, expression.ref_spans, strict=True)
    plain = replace(closed, part=None, clock=None, ref_spans=(), is_range=False)
    return [
        *(replace(plain, refs=(ref,), span=span) for ref, span in firsts),
        replace(closed, refs=(last[0],), span=last[1], ref_spans=(), is_range=False),
    ]


def _writing_day(context: TimeContext) -> TimeInterval | None:
    today = context.today
    if today is None:
        return None
    start = dt.datetime.combine(today, dt.time())
    return TimeInterval(start, start + dt.timedelta(days=1), TimePrecision.DAY)


def timex(reading: TimeReading) -> Timex | None:
    """The annotation of one reading; None where TIMEX3 has no value for it."""
    named = _value(reading)
    if named is None:
        return None
    return Timex(_bare(reading.span), *named)


def _bare(span: Span) -> Span:
    """The span without its leading preposition."""
    lead = _LEADS.match(span.text)
    if lead is None or lead.end() == len(span.text):
        return span
    return replace(span, start=span.start + lead.end(), text=span.text[lead.end() :])


def _value(reading: TimeReading) -> tuple[str, str] | None:
    expression = reading.expression
    if expression.kind in _REFERENCES:
        return "DATE", _REFERENCES[expression.kind]
    if expression.kind is TimeKind.RECURRING:
        return "SET", _length(expression.amount) if expression.amount else _recurring(expression)
    if expression.kind is TimeKind.VAGUE:
        return "DATE", "PAST_REF"
    if expression.amount == SOON:
        # "shortly afterwards", "later": TIMEX3 has no value for them
        return None
    interval = reading.interval
    if interval is None:
        return None
    if expression.amount is not None and not expression.refs:
        return _counted(expression, expression.amount, interval)
    if expression.refs and expression.amount and expression.direction:
        return "DATE", f"{interval.earliest:%Y-%m-%d}" if interval.earliest else "XXXX"
    if expression.refs and expression.clock is None and expression.part is None:
        return "DATE", _period(expression.refs[0], interval)
    return _timed(expression, interval)


def _recurring(expression: TimeExpression) -> str:
    weekday = expression.refs[0].weekday if expression.refs else None
    return f"XXXX-WXX-{weekday + 1}" if weekday is not None else "XXXX"


def _length(amount: Amount) -> str:
    """`P3D`, `PT36H`; `PXY` where the number is not told; the fewest of "two to three weeks"."""
    if amount.has_half and amount.unit in _HALF_UNITS:
        part, (unit, half) = "T" * (amount.unit in _CLOCK_UNITS), _HALF_UNITS[amount.unit]
        return f"P{part}{amount.fewest}{unit}{half}"
    is_told = amount.most is not None and (amount.fewest, amount.most) not in _UNTOLD
    count = str(amount.fewest) if is_told else "X"
    letter = _UNIT_LETTERS[amount.unit]
    if amount.is_exact and amount.unit is TimeUnit.FORTNIGHT:
        count = str(2 * amount.fewest)
    if amount.is_exact and amount.unit is TimeUnit.DECADE:
        count, letter = str(10 * amount.fewest), "Y"
    if amount.is_exact and amount.unit is TimeUnit.CENTURY:
        count, letter = str(100 * amount.fewest), "Y"
    if amount.is_exact and amount.unit is TimeUnit.QUARTER:
        count, letter = str(3 * amount.fewest), "M"
    return f"PT{count}{letter}" if amount.unit in _CLOCK_UNITS else f"P{count}{letter}"


def _counted(
    expression: TimeExpression, amount: Amount, interval: TimeInterval
) -> tuple[str, str] | None:
    pointing = {Direction.AGO, Direction.AFTER, Direction.BEFORE, Direction.AHEAD}
    is_window = expression.kind in {TimeKind.WINDOW, TimeKind.DURATION}
    is_named = expression.direction is Direction.AFTER or expression.anchor is not None
    is_named = is_named and not _is_definite(expression)
    if is_window or expression.direction not in pointing or is_named:
        return "DURATION", _length(amount)
    if not amount.is_exact:
        return "DATE", "FUTURE_REF" if expression.direction is Direction.AHEAD else "PAST_REF"
    if interval.earliest is None or interval.latest is None:
        return "DURATION", _length(amount)
    middle = interval.earliest + (interval.latest - interval.earliest) / 2
    if amount.unit in {TimeUnit.YEAR, TimeUnit.DECADE}:
        return "DATE", f"{middle.year:04}"
    if amount.unit is TimeUnit.MONTH:
        return "DATE", f"{middle:%Y-%m}"
    if amount.unit in {TimeUnit.WEEK, TimeUnit.FORTNIGHT}:
        return "DATE", _week(middle.date())
    return "DATE", f"{middle:%Y-%m-%d}" if amount.unit is TimeUnit.DAY else "PAST_REF"


def _week(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _period(ref: CalendarRef, interval: TimeInterval) -> str:
    """A day or calendar period by the ISO name of what the words name."""
    start = interval.earliest or interval.latest
    if interval.earliest is None and interval.latest is not None:
        start = interval.latest - dt.timedelta(days=1)
    if start is None:
        return _open_period(ref)
    if ref.is_day:
        return f"{start:%Y-%m-%d}"
    if ref.unit is TimeUnit.WEEK:
        return _week(start.date())
    if ref.unit is TimeUnit.WEEKEND:
        return _week(start.date()) + "-WE"
    if ref.unit is TimeUnit.QUARTER:
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    if ref.unit is TimeUnit.HALF:
        return f"{start.year:04}-H{1 if start.month <= 6 else 2}"
    if ref.unit is TimeUnit.DECADE:
        return f"{start.year // 10:03}X"
    if ref.season is not None:
        year = start.year + (ref.season == "winter")
        return f"{year:04}-{_SEASONS[ref.season]}"
    if ref.month is not None or ref.unit is TimeUnit.MONTH:
        return f"{start:%Y-%m}"
    return f"{start.year:04}"


def _open_period(ref: CalendarRef) -> str:
    if ref.weekday is not None:
        return f"XXXX-WXX-{ref.weekday + 1}"
    if ref.month is not None and ref.day is not None:
        return f"XXXX-{ref.month:02}-{ref.day:02}"
    return "XXXX"


def _timed(expression: TimeExpression, interval: TimeInterval) -> tuple[str, str] | None:
    """A part of the day or a clock time."""
    clock, part = expression.clock, expression.part
    day = interval.first_day if expression.refs or part == NIGHT_BEFORE else interval.last_day
    if day is None:
        return None
    if clock is not None:
        hour, minute = divmod(clock.minute, 60)
        return "TIME", f"{day}T{hour:02}:{minute:02}"
    if part is None:
        return "DATE", f"{day}"
    low = PARTS[part][0]
    if low < 0:
        return "TIME", f"{day}TNI"
    for name, code in (
        ("noon", "T12:00"),
        ("midday", "T12:00"),
        ("midnight", "T24:00"),
        ("morning", "TMO"),
        ("afternoon", "TAF"),
        ("evening", "TEV"),
        ("night", "TNI"),
    ):
        if name in part.split():
            return "TIME", f"{day}{code}"
    if part in {"early", "late"}:
        return "DATE", f"{day}"
    return "TIME", f"{day}{'TMO' if low < 12 else 'TAF' if low < 17 else 'TNI'}"


def _is_definite(expression: TimeExpression) -> bool:
    """ "The day after the raid" is a date; "a day after the raid" a length and a direction."""
    return expression.span.text.lower().startswith("the ")
