"""Watched feeds: how each does, and when it was not read, so that silence is told from peace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from tocsin.api.access import LentStore
from tocsin.api.answers import answer
from tocsin.api.described import ANY_OBJECT, json_answer
from tocsin.fetch import shown
from tocsin.publish.contract import Json
from tocsin.store import FeedGap, InboxCounts, StoreView, system_clock
from tocsin.watch import FeedHealth, feed_health

router = APIRouter()

MAX_GAPS = 100
"""Listed, the newest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a feed was not read. `until` None: it goes on."""

    feed: FeedHealth
    since: dt.datetime
    until: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Watched:
    """All that is watched, as it is at `now`."""

    now: dt.datetime
    feeds: tuple[FeedHealth, ...]
    gaps: tuple[Gap, ...]
    """Those that go on first, then the newest."""
    gap_count: int
    inbox: InboxCounts


def watched(store: StoreView) -> Watched:
    """How the feeds of a store do now."""
    now = system_clock()
    feeds = tuple(feed_health(state, now) for state in store.feed_states())
    gaps = [*_open_gaps(feeds), *_past_gaps(feeds, store.feed_gaps())]
    return Watched(now, feeds, tuple(gaps[:MAX_GAPS]), len(gaps), store.inbox_counts())


def _open_gaps(feeds: Sequence[FeedHealth]) -> Iterator[Gap]:
    for one in feeds:
        if one.unread_since is not None and one.state.is_watched:
            reason = one.state.error or "the watch is not at work"
            yield Gap(one, one.unread_since, None, reason)


def _past_gaps(feeds: Sequence[FeedHealth], gaps: Sequence[FeedGap]) -> Iterator[Gap]:
    by_url = {one.state.url: one for one in feeds}
    for gap in sorted(gaps, key=lambda one: (one.until, one.feed_url), reverse=True):
        if gap.feed_url in by_url:
            yield Gap(by_url[gap.feed_url], gap.since, gap.until, gap.reason)


def feed_name(one: FeedHealth) -> str:
    """What a feed is called: its outlet, its own title, or its address without what is secret."""
    return one.state.outlet or one.state.title or shown(one.state.url)


@router.get("/sources/feeds", tags=["record"], responses=json_answer(ANY_OBJECT))
def list_feeds(request: Request, store: LentStore) -> Response:
    """Watched feeds: health, last success, lag, failures; when which was not read (docs/watch.md).

    Addresses are given without their query, which may hold a key.
    """
    return answer(request, watched_json(watched(store)))


def watched_json(found: Watched) -> Json:
    """As the API tells it. The instant of asking is left out: no news is the same answer."""
    return {
        "feeds": [_feed_json(one) for one in found.feeds],
        "gaps": [
            {
                "feed": shown(gap.feed.state.url),
                "name": feed_name(gap.feed),
                "since": _iso(gap.since),
                "until": _iso(gap.until),
                "reason": gap.reason,
            }
            for gap in found.gaps
        ],
        "inbox": {
            "waiting": found.inbox.waiting,
            "quarantined": found.inbox.quarantined,
            "oldest": _iso(found.inbox.oldest),
        },
    }


def _feed_json(one: FeedHealth) -> Json:
    state = one.state
    return {
        "feed": shown(state.url),
        "name": feed_name(one),
        "kind": state.kind,
        "health": one.health.value,
        "last_tried": _iso(state.tried_at),
        "last_success": _iso(state.succeeded_at),
        "last_news": _iso(state.news_at),
        "unread_since": _iso(one.unread_since),
        "lag_s": state.lag_s,
        "interval_s": state.interval_s,
        "failures": state.failures,
        "error": state.error,
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
