"""Watched feeds on the page of sources: who was read when, and what silence means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.api.feeds import Gap, feed_name, watched
from tocsin.fetch import shown
from tocsin.store import StoreView
from tocsin.watch import FeedHealth, Health
from tocsin.watch.tables import span_words
from tocsin.web.rendering import moment_words

MEANINGS = {
    Health.NEW: "never read yet",
    Health.OK: "answers, and has brought something in the last days",
    Health.QUIET: "answers, and has brought nothing for days",
    Health.LATE: "not read for longer than its interval explains: the watch is behind or off",
    Health.FAILING: "the last poll failed",
    Health.DEAD: "gone, or failing for days",
    Health.UNWATCHED: "no longer in the configuration",
}
SILENT = frozenset({Health.LATE, Health.FAILING, Health.DEAD})
"""Of these, that nothing is told does not mean that nothing happened."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed in words."""

    name: str
    address: str
    health: str
    meaning: str
    is_silent: bool
    last_success: str
    last_news: str
    lag: str
    failures: int
    error: str


@dataclass(frozen=True, slots=True)
class FeedsView:
    """The feeds, and when they were not read."""

    feeds: tuple[FeedRow, ...]
    gaps: tuple[str, ...]
    """A sentence each."""
    gap_count: int
    waiting: int
    quarantined: int


def feeds_view(store: StoreView) -> FeedsView | None:
    """The watched feeds of a store; None where none was ever watched."""
    found = watched(store)
    if not found.feeds:
        return None
    return FeedsView(
        tuple(_row(one) for one in found.feeds),
        tuple(gap_words(gap, found.now) for gap in found.gaps),
        found.gap_count,
        found.inbox.waiting,
        found.inbox.quarantined,
    )


def gap_words(gap: Gap, now: dt.datetime) -> str:
    """`No fetch from The Ledger between A and B (5 h): did not answer in time`."""
    seconds = ((gap.until or now) - gap.since).total_seconds()
    between = (
        f"between {moment_words(gap.since)} and {moment_words(gap.until)}" if gap.until else ""
    )
    when = between or f"since {moment_words(gap.since)}"
    return f"No fetch from {feed_name(gap.feed)} {when} ({span_words(seconds)}): {gap.reason}"


def _row(one: FeedHealth) -> FeedRow:
    state = one.state
    return FeedRow(
        name=feed_name(one),
        address=shown(state.url),
        health=one.health.value,
        meaning=MEANINGS[one.health],
        is_silent=one.health in SILENT,
        last_success=moment_words(state.succeeded_at) if state.succeeded_at else "never",
        last_news=moment_words(state.news_at) if state.news_at else "never",
        lag=span_words(state.lag_s) if state.lag_s is not None else "–",
        failures=state.failures,
        error=state.error or "",
    )
