"""What the store knows of watched feeds, and the inbox: fetched articles not yet taken in.

    feeds ─ poll ─▶ items (pages wanted) ─ fetch ─▶ inbox ─ take in ─▶ articles
                    └── a feed's own words ────────▶┘  └─ broke a stage ─▶ quarantine

What a poll found is kept in one transaction with the feed's new state, so that a validator ("not
modified since") is never remembered without what came with it. What reached the inbox survives a
power cut.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a watched feed does. `url` names it; times are instants of the watch's own clock."""

    url: str
    kind: str
    due_at: dt.datetime
    """When it is to be polled next."""
    interval_s: float
    """The present distance of polls: shorter while it brings news."""
    title: str | None = None
    outlet: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    tried_at: dt.datetime | None = None
    succeeded_at: dt.datetime | None = None
    news_at: dt.datetime | None = None
    """When it last named something new or edited."""
    lag_s: float | None = None
    """Seconds from the newest item's publication, as declared, to its being seen."""
    failures: int = 0
    """Polls that failed since the last success."""
    error: str | None = None
    is_gone: bool = False
    """Its server says that it is no more."""
    is_watched: bool = True
    """False once the configuration no longer names it: its past is kept."""


@dataclass(frozen=True, slots=True)
class FeedGap:
    """A time in which a feed was not read, longer than its interval explains. `until` is the poll
    that succeeded again."""

    feed_url: str
    since: dt.datetime
    until: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class WatchedItem:
    """Something that a feed named: an article's page, or one of a sitemap's parts."""

    key: str
    """The page's normalised address; for words of the feed itself, the feed's and the item's id."""
    feed_url: str
    host: str
    url: str
    """What is asked for."""
    is_listing: bool
    """A part of a sitemap, which names items itself."""
    mark: str
    """A digest of what the feed says of it: another one is an edit."""
    seen_at: dt.datetime
    due_at: dt.datetime | None
    """When its page is to be fetched; None where nothing is wanted any more."""
    title: str | None = None
    published: str | None = None
    """As declared."""
    outlet: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: dt.datetime | None = None
    body_sha256: str | None = None
    rechecks: int = 0
    """Times its page was asked for again since it, or its entry, was new."""
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A fetched document on its way into the inbox, with what is known of it beside its bytes."""

    source: str
    body: bytes
    kind: str
    charset: str | None
    article_id: str | None
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A document in the inbox. `stage` and `error` are set where it was quarantined."""

    key: int
    received: Received
    received_at: dt.datetime
    attempts: int
    """How often it was begun; one that ends the process is told by it."""
    stage: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class HostState:
    """What is remembered of a host between runs."""

    host: str
    robots: str | None = None
    """Its robots.txt; None where nothing may be asked for until it answers."""
    robots_at: dt.datetime | None = None
    free_at: dt.datetime | None = None
    """When it may be asked again."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much is in the inbox, and since when the oldest waits."""

    waiting: int
    quarantined: int
    oldest: dt.datetime | None


class WatchView(Protocol):
    """The reading half of what the store knows of a watch."""

    def feed_states(self) -> list[FeedState]:
        """Every feed that was ever watched, by URL."""

    def feed_gaps(self, feed_url: str | None = None) -> list[FeedGap]:
        """Gaps of one feed or of all, in order."""

    def watched_items(self, keys: Iterable[str]) -> dict[str, WatchedItem]:
        """Those of the items that are known, by key."""

    def items_due(self, now: dt.datetime) -> list[WatchedItem]:
        """For each host, the item that has been due longest."""

    def next_item_due(self) -> dt.datetime | None:
        """When the first item is due."""

    def host_states(self) -> list[HostState]:
        """All hosts, by name."""

    def quarantined(self) -> list[InboxItem]:
        """What broke a stage, in the order of receipt."""

    def inbox_counts(self) -> InboxCounts:
        """How much waits and how much is quarantined."""


class WatchStore(WatchView, Protocol):
    """The writing half. Each call is one transaction; what it received survives a power cut."""

    def save_poll(
        self,
        state: FeedState | None,
        *,
        items: Sequence[WatchedItem] = (),
        received: Sequence[Received] = (),
        gap: FeedGap | None = None,
    ) -> None:
        """Keep what a visit brought: all of it or nothing."""

    def save_host(self, state: HostState) -> None:
        """Remember a host."""

    def take_inbox(self, limit: int) -> list[InboxItem]:
        """The oldest that wait, their attempt counted before they are given."""

    def put_back(self, keys: Iterable[int]) -> None:
        """Take one attempt off documents whose taking in was cut short by a fault of ours."""

    def leave_inbox(self, keys: Iterable[int]) -> None:
        """Forget documents that were taken in."""

    def quarantine(self, key: int, stage: str, error: str) -> None:
        """Set a document aside with what it broke."""

    def release(self, keys: Iterable[int] | None = None) -> int:
        """Put quarantined documents (None: all) back into the queue; how many there were."""
