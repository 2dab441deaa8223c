"""Aggregate claims: their count, ordinal and window."""

from __future__ import annotations

import datetime as dt

from tocsin.ground.times import ArticleTimes
from tocsin.how_many import read_quantities, read_quantity
from tocsin.records import (
    Article,
    Quantity,
    TallyClaim,
    TallyMention,
    TimeInterval,
    content_id,
)
from tocsin.records.vocab import TimePrecision
from tocsin.where import Gazetteer


def tally_of(
    article: Article,
    mention: TallyMention,
    times: ArticleTimes,
    gazetteer: Gazetteer,
    main_country: str | None,
) -> TallyClaim | None:
    """The claim as meant; None where its number words give no bound.

    The country is the one its scope names, else that of the article's main report.
    """
    quantity = _count(mention)
    if quantity is None:
        return None
    return TallyClaim(
        id=content_id("tal", article.id, str(mention.span.start), mention.noun),
        article_id=article.id,
        kind=mention.kind,
        count=quantity,
        noun=mention.noun,
        span=mention.span,
        ordinal=quantity.best if mention.is_ordinal else None,
        window=_window(mention, times),
        window_span=mention.window,
        scope=mention.scope.text if mention.scope else None,
        scope_country=_scope_country(mention, gazetteer) or main_country,
        includes_current=mention.includes_current,
        by=mention.by,
    )


def _count(mention: TallyMention) -> Quantity | None:
    words = mention.count.text
    if mention.is_ordinal:
        ordinal = next((r for r in read_quantities(words) if r.is_ordinal), None)
        return ordinal.quantity if ordinal else None
    reading = read_quantity(words, plural_is_vague=True)
    return reading.quantity if reading else None


def _window(mention: TallyMention, times: ArticleTimes) -> TimeInterval | None:
    """The period the words bound. An open end closes with the day the article counts from."""
    if mention.window is None:
        return None
    context = times.context(None)
    readings = [r for r in times.read(mention.window, context) if r.interval is not None]
    if not readings:
        return None
    interval = readings[0].interval
    assert interval is not None  # noqa: S101 (filtered above)
    if interval.earliest is None or interval.latest is not None or context.today is None:
        return interval
    end = dt.datetime.combine(context.today + dt.timedelta(days=1), dt.time())
    if end <= interval.earliest:
        return interval
    return TimeInterval(
        interval.earliest,
        end,
        TimePrecision.DAYS,
        zone=interval.zone,
        zone_basis=interval.zone_basis,
        basis=interval.basis,
        rule=interval.rule,
    )


def _scope_country(mention: TallyMention, gazetteer: Gazetteer) -> str | None:
    if mention.scope is None:
        return None
    for candidate in gazetteer.find_places(mention.scope.text):
        if candidate.entries and candidate.entries[0].country:
            return candidate.entries[0].country
    return None
