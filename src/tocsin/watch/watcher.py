"""The watch: one thread that decides and writes, a few that wait for servers.

    due feeds ─┐                       ┌─ a poll: state and items ──┐
    due pages ─┴▶ a free host ▶ fetch ─┼─ a page: inbox ────────────┼▶ one transaction each
                                       └─ robots.txt ───────────────┘
    inbox ▶ intake ▶ record

Only the deciding thread touches the store. It never holds a transaction while it waits, so that
`serve` and others share the store with it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from tocsin.errors import FetchFailed, FetchFault, RefusedInput, StoreError
from tocsin.fetch import Answer, shown
from tocsin.store import FeedState, Store, WatchedItem
from tocsin.watch import visits
from tocsin.watch.addresses import host_of
from tocsin.watch.clock import Stop, WatchClock
from tocsin.watch.config import DAY_S, FeedKind, FeedPlan, WatchPlan
from tocsin.watch.hosts import Hosts
from tocsin.watch.intake import Intake
from tocsin.watch.listing import Listing, read_listing
from tocsin.watch.visits import Brought

log = structlog.get_logger()

IDLE_S = 30.0
"""The longest sleep: a machine that was suspended meanwhile is behind by no more than this."""
POLL_S = 0.2
"""How long an answer is waited for before the inbox is looked at again."""
STORE_PAUSE_S = 10.0
"""After the store failed (busy, disk full): nothing is lost meanwhile, everything is due again."""
WORTH_KEEPING = dt.timedelta(seconds=60)
"""Shorter pauses of a host are over before another watch could start."""
ONCE_PATIENCE_S = 120.0
"""How long `once` waits for a host: longer waits are left to the next time."""
LONGEST_INTERVAL = dt.timedelta(seconds=1.5 * DAY_S)
"""A feed due later than this was put off by a clock that has since been set back."""


class Gets(Protocol):
    """What a visit asks: a Fetcher."""

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """The answer, or FetchFailed."""


class Stops(Protocol):
    """What says that the watch is to end: a Stop."""

    def is_set(self) -> bool:
        """Whether it is."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """One request under way: for a feed, a page, or (both None) a host's robots.txt."""

    host: str
    answer: Future[Answer]
    feed: FeedState | None = None
    item: WatchedItem | None = None


@dataclass(slots=True)
class WatchSummary:
    """What a watch did so far."""

    polls: int = 0
    failed_polls: int = 0
    pages: int = 0
    failed_pages: int = 0
    taken_in: int = 0

    def counts(self) -> dict[str, int]:
        """The figures, by name."""
        return dataclasses.asdict(self)


@dataclass(slots=True)
class Watcher:
    """Watches the feeds of one plan into one store."""

    plan: WatchPlan
    store: Store
    intake: Intake
    fetcher: Gets
    clock: WatchClock
    executor: Executor
    stop: Stops = field(default_factory=Stop)
    idle_s: float = IDLE_S
    on_record: Callable[[], None] = lambda: None
    """Called when the record may have changed."""
    summary: WatchSummary = field(default_factory=WatchSummary)
    _plans: dict[str, FeedPlan] = field(init=False)
    _feeds: dict[str, FeedState] = field(init=False, default_factory=dict)
    _hosts: Hosts = field(init=False)
    _visits: list[_Visit] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._plans = {feed.url: feed for feed in self.plan.feeds}
        self._hosts = Hosts(self.store.host_states(), self.plan.watch)

    def run(self, *, once: bool = False) -> WatchSummary:
        """Watch until stopped; `once`, until what is due is done. What a killed watch left in the
        inbox, or kept and did not resolve, is taken up first.

        Raises StoreError only where `once` is asked for: else the store is tried again.
        """
        begun = False
        while not self.stop.is_set():
            try:
                if not begun:
                    self._begin()
                    begun = True
                if not self._step(once=once):
                    break
            except StoreError as error:
                if once:
                    raise
                log.error("the store failed; trying again", reason=error.reason)
                self.clock.wait(STORE_PAUSE_S)
        self._settle()
        return self.summary

    def _begin(self) -> None:
        """Take the plan over into the store, and up what was left."""
        now = self.clock.now()
        known = {state.url: state for state in self.store.feed_states()}
        for url, before in known.items():
            plan = self._plans.get(url)
            state = dataclasses.replace(before, is_watched=plan is not None)
            if plan is not None:
                state = dataclasses.replace(state, kind=plan.kind.value, outlet=plan.outlet)
                self._feeds[url] = state
            if state != before:
                self.store.save_poll(state)
        for url, plan in self._plans.items():
            if url not in known:
                self._feeds[url] = visits.first_state(plan, self.plan.watch, now)
                self.store.save_poll(self._feeds[url])
        self.intake.resolve()
        self.on_record()

    def _settle(self) -> None:
        """Keep what is still under way, as far as it is done."""
        wait([visit.answer for visit in self._visits], timeout=POLL_S)
        try:
            self._harvest()
        except StoreError as error:
            log.error("not kept, and fetched again next time", reason=error.reason)

    def _step(self, *, once: bool) -> bool:
        """Do what can be done now, then wait. False where nothing is left to do at all."""
        harvested = self._harvest()
        started = self._start()
        taken = self.intake.step()
        self.summary.taken_in += taken
        if taken:
            self.on_record()
        if harvested or started or taken:
            return True
        if self._visits:
            wait([v.answer for v in self._visits], timeout=POLL_S, return_when=FIRST_COMPLETED)
            return True
        now = self.clock.now()
        next_at = self._next_at(now)
        wait_s = max(0.0, (next_at - now).total_seconds()) if next_at else self.idle_s
        if once and (next_at is None or not self._is_due_soon(now)):
            return False
        self.clock.wait(min(self.idle_s, wait_s) if wait_s else POLL_S)
        return True

    # what is due

    def _wanted(self, now: dt.datetime) -> Iterator[tuple[str, FeedState | WatchedItem]]:
        """What is due, feeds before pages, each with its host."""
        for state in sorted(self._feeds.values(), key=lambda s: (s.due_at, s.url)):
            if state.due_at <= now or state.due_at - now > LONGEST_INTERVAL:
                yield host_of(state.url), state
        for item in self.store.items_due(now):
            yield item.host, item

    def _next_at(self, now: dt.datetime) -> dt.datetime | None:
        """When something may be done: the earliest due time, or when its host is free."""
        times = [state.due_at for state in self._feeds.values()]
        item_at = self.store.next_item_due()
        if item_at is not None:
            times.append(item_at)
        later = [at for at in times if at > now]
        blocked = [self._hosts.free_at(host, now) for host, _ in self._wanted(now)]
        return min(later + blocked, default=None)

    def _is_due_soon(self, now: dt.datetime) -> bool:
        """Whether something due waits for a host that will soon be free."""
        waits = (self._hosts.free_at(host, now) - now for host, _ in self._wanted(now))
        return any(left.total_seconds() <= ONCE_PATIENCE_S for left in waits)

    def _start(self) -> int:
        """Begin visits to free hosts; how many."""
        now = self.clock.now()
        started = 0
        for host, wanted in self._wanted(now):
            if len(self._visits) >= self.plan.watch.workers:
                break
            if not self._hosts.is_free(host, now):
                continue
            if self._hosts.wants_robots(host, now):
                self._visit(host, _robots_url(wanted.url))
            elif not self._hosts.allows(host, wanted.url):
                self._forbidden(host, wanted, now)
            elif isinstance(wanted, FeedState):
                self._visit(host, wanted.url, feed=wanted)
            else:
                self._visit(host, wanted.url, item=wanted)
            started += 1
        return started

    def _visit(
        self, host: str, url: str, *, feed: FeedState | None = None, item: WatchedItem | None = None
    ) -> None:
        self._hosts.begin(host)
        known = feed or item
        etag = known.etag if known else None
        last_modified = known.last_modified if known else None
        answer = self.executor.submit(self.fetcher.get, url, etag=etag, last_modified=last_modified)
        self._visits.append(_Visit(host, answer, feed, item))

    def _forbidden(self, host: str, wanted: FeedState | WatchedItem, now: dt.datetime) -> None:
        reason = self._hosts.refusal(host)
        if isinstance(wanted, FeedState):
            self._keep_poll(visits.poll_failed(wanted, reason, self.plan.watch, now))
        else:
            self._keep(visits.fetch_failed(wanted, reason, self.plan.watch, now))

    # what came

    def _harvest(self) -> int:
        """Keep what finished visits brought; how many there were."""
        done = [visit for visit in self._visits if visit.answer.done()]
        for visit in done:
            # It is over even where keeping it fails: it is then due again.
            self._visits.remove(visit)
            now = self.clock.now()
            outcome = _outcome(visit)
            answer = outcome if isinstance(outcome, Answer) else None
            is_robots = visit.feed is None and visit.item is None
            if is_robots:
                self._hosts.learn_robots(visit.host, outcome, now)
            host = self._hosts.end(visit.host, answer, now)
            if visit.feed is not None:
                self._keep_poll(self._poll(visit.feed, outcome, now))
            elif visit.item is not None:
                self._keep(self._page(visit.item, outcome, now))
            if is_robots or self._hosts.free_at(visit.host, now) - now > WORTH_KEEPING:
                self.store.save_host(host)
        return len(done)

    def _poll(self, feed: FeedState, outcome: Answer | FetchFailed, now: dt.datetime) -> Brought:
        settings = self.plan.watch
        self.summary.polls += 1
        if isinstance(outcome, FetchFailed):
            return visits.poll_failed(feed, outcome.reason, settings, now)
        without = visits.answered(feed, outcome, settings, now)
        if without is not None:
            return without
        plan = self._plans[feed.url]
        listing = _listing(outcome, plan, settings.max_entries)
        if isinstance(listing, RefusedInput):
            return visits.poll_failed(feed, listing.reason, settings, now)
        known = self.store.watched_items(entry.key for entry in listing.entries)
        return visits.polled(feed, listing, outcome, known, plan=plan, settings=settings, now=now)

    def _page(self, item: WatchedItem, outcome: Answer | FetchFailed, now: dt.datetime) -> Brought:
        settings = self.plan.watch
        self.summary.pages += 1
        if isinstance(outcome, FetchFailed):
            hopeless = visits.is_hopeless(outcome)
            return visits.fetch_failed(item, outcome.reason, settings, now, is_hopeless=hopeless)
        brought = visits.fetched(item, outcome, settings, now)
        if not item.is_listing or not outcome.is_ok:
            return brought
        return self._part(item, outcome, brought, now)

    def _part(
        self, item: WatchedItem, answer: Answer, brought: Brought, now: dt.datetime
    ) -> Brought:
        """A part of a sitemap: it names items as its index does."""
        settings = self.plan.watch
        plan = FeedPlan(url=item.url, kind=FeedKind.SITEMAP, outlet=item.outlet)
        listing = _listing(answer, plan, settings.max_entries)
        if isinstance(listing, RefusedInput):
            return visits.fetch_failed(item, listing.reason, settings, now)
        known = self.store.watched_items(entry.key for entry in listing.entries)
        state = self._feeds.get(item.feed_url) or visits.first_state(plan, settings, now)
        named = visits.polled(state, listing, answer, known, plan=plan, settings=settings, now=now)
        # the parts of a part would be a sitemap without end
        pages = tuple(one for one in named.items if not one.is_listing)
        return Brought(None, (*brought.items, *pages))

    def _keep_poll(self, brought: Brought) -> None:
        self._keep(brought)
        state = brought.state
        if state is not None:
            self._feeds[state.url] = state
            if state.error:
                self.summary.failed_polls += 1
                log.info("poll failed", feed=shown(state.url), reason=state.error)

    def _keep(self, brought: Brought) -> None:
        self.store.save_poll(
            brought.state, items=brought.items, received=brought.received, gap=brought.gap
        )
        if brought.state is None:
            self.summary.failed_pages += sum(1 for item in brought.items if item.error)


def _outcome(visit: _Visit) -> Answer | FetchFailed:
    """How a finished visit ended."""
    try:
        return visit.answer.result()
    except FetchFailed as failure:
        return failure
    except Exception as error:
        log.error("a visit broke the client", host=visit.host, exc_info=error)
        return FetchFailed(visit.host, FetchFault.MALFORMED, f"breaks it: {type(error).__name__}")


def _listing(answer: Answer, plan: FeedPlan, limit: int) -> Listing | RefusedInput:
    """What an answer names, or why it names nothing."""
    try:
        return read_listing(answer, plan, limit)
    except RefusedInput as refusal:
        return refusal
    except Exception as error:
        log.error("a feed broke its reader", feed=shown(plan.url), exc_info=error)
        return RefusedInput(plan.url, f"breaks its reader: {type(error).__name__}")


def _robots_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
