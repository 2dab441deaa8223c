"""Times of a sentence, and how far from the publication they lie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.extract.sentences import Sentence
from tocsin.records import Article, Span
from tocsin.records.vocab import PublishedBasis
from tocsin.when import (
    Bound,
    CalendarRef,
    Direction,
    TimeContext,
    TimeExpression,
    TimeKind,
    TimeUnit,
    Which,
    find_times,
)

RECENT_DAYS = 3
"""An incident at most so many days before publication can be main (labelling rule 1)."""

SHORT_WINDOW_HOURS = 72
"""A period up to the publication that still dates an incident."""

_UNIT_HOURS = {TimeUnit.MINUTE: 0, TimeUnit.HOUR: 1, TimeUnit.DAY: 24}

_NO_DATES = frozenset({TimeKind.DURATION, TimeKind.VAGUE})


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time expression of a sentence with its days, where they can be told."""

    span: Span
    expression: TimeExpression
    earliest: dt.date | None
    latest: dt.date | None
    is_of_speech: bool = False
    """ "the army said on Monday": dates the saying, and the event only for want of better."""
    opens_period: bool = False
    """ "since the truce of May 3": the day is the edge of a period."""

    @property
    def is_day(self) -> bool:
        """True where one or two calendar days are meant."""
        if self.earliest is None or self.latest is None:
            return False
        return (self.latest - self.earliest).days <= 1

    @property
    def is_days_after(self) -> bool:
        """ "A day after ...": counts whole days from an earlier event named next."""
        amount = self.expression.amount
        return (
            self.expression.needs_anchor
            and self.expression.direction is Direction.AFTER
            and amount is not None
            and amount.unit not in {TimeUnit.HOUR, TimeUnit.MINUTE}
        )

    @property
    def dates_events(self) -> bool:
        """True where the words can date an incident, as against a period or a length."""
        if self.opens_period:
            return False
        if self.expression.kind is TimeKind.WINDOW:
            return self.is_short_window
        return self.expression.kind not in _NO_DATES and self.expression.bound is not Bound.SINCE

    @property
    def tells_day(self) -> bool:
        """True where the words date the event itself and not its telling."""
        return self.dates_events and not self.is_of_speech

    @property
    def is_short_window(self) -> bool:
        """ "In the past 24 hours": a period of news, not of history."""
        amount = self.expression.amount
        if amount is None or amount.most is None:
            return False
        hours = amount.most * _UNIT_HOURS.get(amount.unit, 1000)
        return self.expression.direction is Direction.PAST and hours <= SHORT_WINDOW_HOURS

    @property
    def is_long_window(self) -> bool:
        """ "Since 2011", "in recent months": what is said of it is a total."""
        if self.opens_period:
            return True
        if self.expression.kind in {TimeKind.WINDOW, TimeKind.VAGUE}:
            return not self.is_short_window
        return self.expression.bound is Bound.SINCE


def today_of(article: Article) -> dt.date | None:
    """The day from which the article counts."""
    return time_context(article).today


def time_context(article: Article) -> TimeContext:
    """The context for resolving an article's words of time.

    A date printed in the text outranks the declared one: the words were written on that day.
    """
    date = article.dateline.date if article.dateline is not None else None
    printed = (d.date for d in article.published_doubts if d.basis is PublishedBasis.PRINTED)
    return TimeContext(
        published=article.published,
        dateline_date=date or next(printed, None),
        doubts=tuple(doubt.date for doubt in article.published_doubts),
    )


def find_time_phrases(
    article: Article, sentence: Sentence, context: TimeContext
) -> list[TimePhrase]:
    """Time expressions of a sentence in order."""
    phrases = []
    for expression in find_times(article.text, sentence.start, sentence.end):
        days = days_of(expression, context.today)
        earliest, latest = days if days else (None, None)
        phrases.append(
            TimePhrase(
                expression.span,
                expression,
                earliest,
                latest,
                is_of_speech=_follows_speech(sentence, expression.span),
                opens_period=_follows_since(sentence, expression.span),
            )
        )
    return phrases


_SPEECH_REACH = 2
"""Tokens between a word of saying and the time of saying: "told reporters on Monday"."""


def _follows_speech(sentence: Sentence, span: Span) -> bool:
    at = sentence.token_at(span.start)
    return any(
        cue.value == "said" and cue.last <= at <= cue.last + _SPEECH_REACH
        for cue in sentence.get("sources.cue")
    )


_SINCE_REACH = 6


def _follows_since(sentence: Sentence, span: Span) -> bool:
    at = sentence.token_at(span.start)
    for token in reversed(sentence.tokens[max(0, at - _SINCE_REACH) : at]):
        if token.lower == "since":
            return True
        if token.text in {",", ";"}:
            return False
    return False


_UNIT_DAYS = {
    TimeUnit.DAY: 1,
    TimeUnit.WEEK: 7,
    TimeUnit.FORTNIGHT: 14,
    TimeUnit.MONTH: 30,
    TimeUnit.YEAR: 365,
    TimeUnit.DECADE: 3650,
    TimeUnit.WEEKEND: 7,
    TimeUnit.HOUR: 0,
    TimeUnit.MINUTE: 0,
}


def days_of(expression: TimeExpression, today: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """The first and last day, roughly: enough to tell two days apart. Grounding is exact."""
    if today is None:
        return None
    if expression.refs and not expression.needs_anchor:
        spans = [days for ref in expression.refs if (days := _ref_days(ref, today))]
        return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None
    if expression.amount is not None and expression.direction is Direction.AGO:
        size = _UNIT_DAYS.get(expression.amount.unit, 0)
        far = size * (expression.amount.most or expression.amount.fewest * 2)
        slack = 0 if size <= 1 else size // 4
        return (
            today - dt.timedelta(days=far + slack),
            today - dt.timedelta(days=max(0, size * expression.amount.fewest - slack)),
        )
    if expression.kind is TimeKind.WINDOW and expression.amount is not None:
        hours = (expression.amount.most or 100) * _UNIT_HOURS.get(expression.amount.unit, 1000)
        if hours <= SHORT_WINDOW_HOURS:
            return today - dt.timedelta(days=-(-hours // 24)), today
    return None


def _ref_days(ref: CalendarRef, today: dt.date) -> tuple[dt.date, dt.date] | None:
    day = dt.timedelta(days=1)
    if ref.offset_days is not None:
        when = today + ref.offset_days * day
        return when, when
    if ref.month and ref.day:
        year = ref.year or today.year
        if ref.year_which is Which.LAST:
            year -= 1
        try:
            when = dt.date(year, ref.month, ref.day)
        except ValueError:
            return None
        if ref.year is None and ref.year_which is None and when > today + 2 * day:
            when = when.replace(year=year - 1) if (ref.month, ref.day) != (2, 29) else when
        return when, when
    if ref.weekday is not None:
        back = (today.weekday() - ref.weekday) % 7
        if ref.which is Which.NEXT:
            return today + (7 - back) * day, today + (7 - back) * day
        if ref.which is Which.LAST and back == 0:
            back = 7
        if ref.week_which is Which.LAST:
            monday = today - (today.weekday() + 7) * day
            return monday + ref.weekday * day, monday + ref.weekday * day
        when = today - back * day
        return when, when
    if ref.month:
        year = ref.year or (today.year - (ref.month > today.month))
        if ref.year_which is Which.LAST:
            year = today.year - 1
        first = dt.date(year, ref.month, 1) if 1 <= year <= 9998 else today
        return first, (first + 31 * day).replace(day=1) - day
    if ref.year:
        if not 1 <= ref.year <= 9998:
            return None
        return dt.date(ref.year, 1, 1), dt.date(ref.year, 12, 31)
    if ref.unit is not None and ref.which is not None:
        size = _UNIT_DAYS.get(ref.unit, 0)
        if ref.which is Which.LAST:
            if ref.unit is TimeUnit.WEEK:
                monday = today - (today.weekday() + 7) * day
                return monday, monday + 6 * day
            if ref.unit is TimeUnit.MONTH:
                end = today.replace(day=1) - day
                return end.replace(day=1), end
            if ref.unit is TimeUnit.YEAR:
                return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
            return today - 2 * size * day, today
        if ref.which is Which.THIS:
            return today - size * day, today
    return None
