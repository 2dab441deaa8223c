"""TimeReading: an expression placed on the calendar, with the rule and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Span, TimeInterval
from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when.expression import TimeExpression


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What one expression, or several said of one incident, mean.

    `interval` is None only for words that name no possible time ("31 June"). Words that cannot be
    placed for want of a publication day or of another event have an interval open on both sides.
    """

    span: Span
    interval: TimeInterval | None
    rule: str
    explanation: str
    expression: TimeExpression
    also: tuple[Span, ...] = ()
    """Other words that `reconcile` joined into the interval."""

    @property
    def is_placed(self) -> bool:
        """True where at least one bound is known."""
        return self.interval is not None and (
            self.interval.earliest is not None or self.interval.latest is not None
        )


def open_reading(
    expression: TimeExpression,
    precision: TimePrecision,
    rule: str,
    explanation: str,
    *,
    zone: str | None = None,
    zone_basis: ZoneBasis = ZoneBasis.UNKNOWN,
) -> TimeReading:
    """A reading without bounds: the words are kept, the calendar is not guessed."""
    interval = TimeInterval(
        None, None, precision, zone, zone_basis, basis=TimeBasis.TEXT, rule=rule
    )
    return TimeReading(expression.span, interval, rule, explanation, expression)


def refused(expression: TimeExpression, explanation: str) -> TimeReading:
    """A reading of impossible words; they are never repaired."""
    return TimeReading(expression.span, None, "impossible", explanation, expression)
