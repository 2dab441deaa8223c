"""Dates of one article's reports: words to calendar, in the zone of each report's place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from tocsin.records import (
    Article,
    Claim,
    Published,
    ReportMention,
    Span,
    TimeInterval,
    TimeMention,
)
from tocsin.records.vocab import PublishedBasis, TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import (
    TimeContext,
    TimeExpression,
    TimeReading,
    find_times,
    reconcile,
    resolve_anchored,
    resolve_time,
    writes_month_first,
)
from tocsin.where import Gazetteer

PUBLICATION_RULE = "publication_day"
"""News of the day that prints no day: the publication day or the one before it."""

_STAMP_BEFORE = re.compile(
    r"(?i)\b(?:posted|updated|published|last modified|first reported):?(?: +(?:on|at))? *$"
)
_STAMP_CHARS = 24
"""How far before a time its "Updated:" may begin."""

PRINTED_BASES = frozenset({PublishedBasis.PRINTED, PublishedBasis.DATELINE})
ONE_DAY = dt.timedelta(days=1)

DateClaims = tuple[Claim[TimeInterval] | None, tuple[Claim[TimeInterval], ...]]


class ArticleTimes:
    """The publication and newsroom of one article, against which its words are placed."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self._article = article
        self._published = page_date(article)
        self._newsroom_zone = _dateline_zone(article, gazetteer)

    def context(self, zone: str | None) -> TimeContext:
        """What the words of a report in `zone` are read against."""
        dateline = self._article.dateline
        return TimeContext(
            published=self._published,
            zone=zone,
            zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
            dateline_date=dateline.date if dateline else None,
            newsroom_zone=self._newsroom_zone,
            month_first=writes_month_first(self._article.url, self._article.outlet),
            doubts=self._other_days(),
        )

    def _other_days(self) -> tuple[dt.date, ...]:
        """The publication days that were found and are not counted from."""
        article = self._article
        found = [article.published] if article.published else []
        days = {one.date for one in (*found, *article.published_doubts)}
        used = self._published.date if self._published else None
        return tuple(sorted(days - {used}))

    def date_all(
        self, mentions: Sequence[ReportMention], zones: Sequence[str | None]
    ) -> list[DateClaims]:
        """The date of each report and every time read for it, in the order of `mentions`.

        "A day after X" is counted from the date of the report it points to, "hours later" from the
        article's main one, so those are dated first; a circle of such pointers stays open.
        """
        main = next((n for n, mention in enumerate(mentions) if mention.is_main), None)
        dated: list[DateClaims | None] = [None] * len(mentions)

        def date(number: int, waiting: frozenset[int]) -> DateClaims:
            known = dated[number]
            if known is not None:
                return known
            waiting |= {number}
            anchors: dict[int, TimeInterval] = {}
            pointed = [self._anchors(time, mentions) for time in mentions[number].times]
            for other in {one for one in pointed if one != number} | {main}:
                if other is None or other in waiting or not mentions[number].times:
                    continue
                anchor = date(other, waiting)[0]
                # what is only known as the news of the day still dates what it came a day after
                is_told = anchor is not None and anchor.value.basis is not TimeBasis.PUBLISHED
                if anchor is not None and (is_told or other == main):
                    anchors[other] = anchor.value
            fallback = anchors.get(main) if main is not None else None
            counted_from = [None if one is None else anchors.get(one) for one in pointed]
            claims = self._date(mentions[number], zones[number], counted_from, fallback)
            dated[number] = claims
            return claims

        return [date(number, frozenset()) for number in range(len(mentions))]

    def _anchors(self, time: TimeMention, mentions: Sequence[ReportMention]) -> int | None:
        """The report from whose date a time is counted: the extractor's, or the one whose trigger
        stands in the words behind "a day after"."""
        if time.anchor is not None:
            return time.anchor
        for expression in find_times(self._article.text, time.span.start, time.span.end):
            if expression.anchor is not None:
                named = expression.anchor
                return next(
                    (n for n, other in enumerate(mentions) if named.contains(other.trigger)), None
                )
        return None

    def _date(
        self,
        mention: ReportMention,
        zone: str | None,
        anchors: Sequence[TimeInterval | None],
        fallback: TimeInterval | None,
    ) -> DateClaims:
        context = self.context(zone)
        readings = [
            self._read(expression, context, mention, anchor, fallback)
            for time, anchor in zip(mention.times, anchors, strict=True)
            if not self._is_stamp(time.span)
            for expression in find_times(self._article.text, time.span.start, time.span.end)
        ]
        claims = tuple(_claim(reading) for reading in readings if reading.interval is not None)
        chosen = reconcile(readings, context) if readings else None
        if chosen is not None and chosen.is_placed:
            return _claim(chosen), claims
        placed = next((_claim(reading) for reading in readings if reading.is_placed), None)
        if placed is None and mention.is_main and self._published is not None:
            return _publication_day(self._published, zone), claims
        return placed or (claims[0] if claims else None), claims

    def _is_stamp(self, span: Span) -> bool:
        """True for a time that dates the page: "Updated: Friday, 7 August 2015 1:11 PM"."""
        before = self._article.text[max(0, span.start - _STAMP_CHARS) : span.start]
        return _STAMP_BEFORE.search(before) is not None

    def _read(
        self,
        expression: TimeExpression,
        context: TimeContext,
        mention: ReportMention,
        anchor: TimeInterval | None,
        fallback: TimeInterval | None,
    ) -> TimeReading:
        """One expression of a report, counted from another's date where its words ask for that.

        In "rockets fell a day after the raid" the words date the rockets from the raid; read for
        the raid itself they count the other way. Words that name no other event ("hours later")
        count from `fallback`, the article's main incident.
        """
        if expression.needs_anchor:
            named = expression.anchor
            is_the_other = named is not None and named.contains(mention.trigger)
            known = anchor or (fallback if named is None or is_the_other else None)
            if known is not None:
                return resolve_anchored(expression, known, context, inverse=is_the_other)
        return resolve_time(expression, context)

    def read(self, span: Span, context: TimeContext) -> list[TimeReading]:
        """Every time expression inside a span, read against the context alone."""
        return [
            resolve_time(expression, context)
            for expression in find_times(self._article.text, span.start, span.end)
        ]


def page_date(article: Article) -> Published | None:
    """The date a reader of the page would count from.

    A date printed in the text outranks a declared one that differs by more than a day: collections
    often give the day of the crawl, or swap day and month. A day apart is a time zone, no doubt.
    """
    declared = article.published
    printed = next((d for d in article.published_doubts if d.basis in PRINTED_BASES), None)
    if declared is None or printed is None or declared.basis in PRINTED_BASES:
        return declared or printed
    return printed if abs(printed.date - declared.date) > ONE_DAY else declared


def _claim(reading: TimeReading) -> Claim[TimeInterval]:
    assert reading.interval is not None  # noqa: S101 (callers look first)
    return Claim(reading.interval, (reading.span,), rule=reading.rule)


def _publication_day(published: Published, zone: str | None) -> Claim[TimeInterval]:
    midnight = dt.datetime.combine(published.date, dt.time())
    return Claim(
        TimeInterval(
            earliest=midnight - dt.timedelta(days=1),
            latest=midnight + dt.timedelta(days=1),
            precision=TimePrecision.DAYS,
            zone=zone,
            zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
            basis=TimeBasis.PUBLISHED,
            rule=PUBLICATION_RULE,
        ),
        evidence=(),
        rule=PUBLICATION_RULE,
    )


def _dateline_zone(article: Article, gazetteer: Gazetteer) -> str | None:
    """The zone of the dateline's city: where the desk that wrote sat."""
    if article.dateline is None or article.dateline.city is None:
        return None
    entries = gazetteer.look_up(article.dateline.city)
    return entries[0].zone if entries else None
