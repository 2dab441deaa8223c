"""How a feed does, so that silence can be told from peace."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tocsin.store import FeedState
from tocsin.watch.config import DAY_S

DEAD_FAILURES = 10
DEAD_AFTER = dt.timedelta(days=3)
"""A feed is taken for dead after so many failures in a row and so long without an answer, or where
it never gave one: an outage of a night is less. It is then asked once a day."""
DEAD_INTERVAL_S = DAY_S
QUIET_AFTER = dt.timedelta(days=3)
GAP_INTERVALS = 2.5
"""Intervals without a successful poll that make a gap: one missed poll, and its jitter, is none."""
MIN_GAP_S = 900.0


class Health(StrEnum):
    """One word for a feed."""

    NEW = "new"
    """Never polled yet."""
    OK = "ok"
    QUIET = "quiet"
    """It answers, and has named nothing new for days: peace, or a feed left behind."""
    LATE = "late"
    """Not read for longer than its interval explains: the watch itself is behind or was off."""
    FAILING = "failing"
    DEAD = "dead"
    UNWATCHED = "unwatched"
    """No longer in the configuration."""


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed's state, summed up at one instant."""

    state: FeedState
    health: Health
    unread_since: dt.datetime | None
    """Since when nothing was read, where a gap is open: what happened then is not known."""


def is_dead(state: FeedState, now: dt.datetime) -> bool:
    """Whether a feed is taken for dead."""
    if state.is_gone:
        return True
    since = state.succeeded_at
    return state.failures >= DEAD_FAILURES and (since is None or now - since > DEAD_AFTER)


def gap_s(state: FeedState) -> float:
    """Seconds without success from which on a feed has a gap."""
    return max(MIN_GAP_S, GAP_INTERVALS * state.interval_s)


def feed_health(state: FeedState, now: dt.datetime) -> FeedHealth:
    """How the feed does at `now`."""
    since = state.succeeded_at
    is_open = since is not None and (now - since).total_seconds() > gap_s(state)
    return FeedHealth(state, _word(state, now, is_open), since if is_open else None)


def _word(state: FeedState, now: dt.datetime, is_open: bool) -> Health:
    if not state.is_watched:
        return Health.UNWATCHED
    if is_dead(state, now):
        return Health.DEAD
    if state.failures:
        return Health.FAILING
    if state.succeeded_at is None:
        return Health.NEW
    if is_open:
        return Health.LATE
    news = state.news_at or state.succeeded_at
    return Health.QUIET if now - news > QUIET_AFTER else Health.OK
