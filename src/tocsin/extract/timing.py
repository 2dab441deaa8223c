"""Times of a sentence, and how far from the publication they lie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.extract.sentences import Sentence
from tocsin.records import Article, Span
from tocsin.records.vocab import PublishedBasis
from tocsin.when import (
    Bound,
    Direction,
    TimeContext,
    TimeExpression,
    TimeKind,
    TimeUnit,
    find_times,
    resolve_time,
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
        days = days_of(expression, context)
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


def days_of(expression: TimeExpression, context: TimeContext) -> tuple[dt.date, dt.date] | None:
    """The first and last local day; None for what is open on a side or no possible time."""
    if expression.kind in _NO_DATES or expression.kind is TimeKind.ANCHORED:
        return None
    interval = resolve_time(expression, context).interval
    if interval is None or interval.first_day is None or interval.last_day is None:
        return None
    return interval.first_day, interval.last_day
