"""What a visit brings: a state and an answer in, the next state and what is to be kept out.

Pure functions: no clock, no store, no network. What they return is kept in one transaction.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch import Answer
from tocsin.read.published import read_published
from tocsin.records import content_id
from tocsin.store import FeedGap, FeedState, Received, WatchedItem
from tocsin.watch.addresses import host_of
from tocsin.watch.config import FeedPlan, WatchSettings
from tocsin.watch.health import DEAD_INTERVAL_S, gap_s, is_dead
from tocsin.watch.listing import Entry, Listing, own_words
from tocsin.watch.pacing import backoff_s, next_interval_s, retry_after_s, spread

NOT_MODIFIED, GONE = 304, 410
HOPELESS = frozenset({401, 404, 410, 451})
"""Answers of a page that waiting does not change."""
FEED_JSON = "application/feed+json"
MAX_ERROR_CHARS = 300


@dataclass(frozen=True, slots=True)
class Brought:
    """What is to be kept of one visit, all of it or nothing."""

    state: FeedState | None
    items: tuple[WatchedItem, ...] = ()
    received: tuple[Received, ...] = ()
    gap: FeedGap | None = None


def first_state(plan: FeedPlan, settings: WatchSettings, now: dt.datetime) -> FeedState:
    """A feed of which nothing is known: to be polled now."""
    return FeedState(
        url=plan.url,
        kind=plan.kind.value,
        due_at=now,
        interval_s=settings.first_interval_s,
        outlet=plan.outlet,
    )


def article_id(key: str) -> str:
    """The id of an item's article: the same for every text that its address ever shows, so that an
    edit is a revision."""
    return content_id("art", "watched", key)


def poll_failed(
    before: FeedState,
    reason: str,
    settings: WatchSettings,
    now: dt.datetime,
    *,
    wait_s: float | None = None,
    is_gone: bool = False,
) -> Brought:
    """A poll that brought nothing. `wait_s` is what the server asked for."""
    state = dataclasses.replace(
        before,
        tried_at=now,
        failures=before.failures + 1,
        error=reason[:MAX_ERROR_CHARS],
        is_gone=is_gone,
    )
    pause = DEAD_INTERVAL_S if is_dead(state, now) else backoff_s(state.failures, settings)
    pause = spread(pause, settings.seed, state.url, "failed", state.failures)
    return Brought(dataclasses.replace(state, due_at=_after(now, max(pause, wait_s or 0.0))))


def answered(
    before: FeedState, answer: Answer, settings: WatchSettings, now: dt.datetime
) -> Brought | None:
    """A feed's answer that carries no listing; None for one that does."""
    if answer.is_ok:
        return None
    if answer.status == NOT_MODIFIED:
        return polled(before, None, None, {}, plan=None, settings=settings, now=now)
    reason = f"answers with status {answer.status}"
    wait_s = retry_after_s(answer.retry_after, now)
    return poll_failed(before, reason, settings, now, wait_s=wait_s, is_gone=answer.status == GONE)


def polled(
    before: FeedState,
    listing: Listing | None,
    answer: Answer | None,
    known: Mapping[str, WatchedItem],
    *,
    plan: FeedPlan | None,
    settings: WatchSettings,
    now: dt.datetime,
) -> Brought:
    """A poll that succeeded. `listing` None: nothing changed since the last one."""
    items: list[WatchedItem] = []
    received: list[Received] = []
    lags: list[float] = []
    entries = listing.entries if listing is not None and plan is not None else ()
    outlet = (plan.outlet if plan else None) or (listing.title if listing else None)
    for entry in entries:
        old = known.get(entry.key)
        # What two feeds name belongs to the first: their words for it differ, which is no edit.
        if old is not None and (old.mark == entry.mark or old.feed_url != before.url):
            continue
        if old is None and plan is not None and _is_too_old(entry, plan, settings, now):
            continue
        item, words = _named(entry, old, before.url, plan=plan, outlet=outlet, now=now)
        items.append(item)
        received.extend(words)
        if old is None and (lag := _lag_s(entry, now)) is not None:
            lags.append(lag)
    interval = next_interval_s(before.interval_s, settings, has_news=bool(items))
    state = dataclasses.replace(
        before,
        interval_s=interval,
        due_at=_after(now, spread(interval, settings.seed, before.url, now.isoformat())),
        title=(listing.title if listing else None) or before.title,
        outlet=plan.outlet if plan else before.outlet,
        etag=answer.etag if answer else before.etag,
        last_modified=answer.last_modified if answer else before.last_modified,
        tried_at=now,
        succeeded_at=now,
        news_at=now if items else before.news_at,
        lag_s=min(lags) if lags else before.lag_s,
        failures=0,
        error=None,
        is_gone=False,
    )
    return Brought(state, tuple(items), tuple(received), _gap(before, now))


def _named(
    entry: Entry,
    old: WatchedItem | None,
    feed_url: str,
    *,
    plan: FeedPlan | None,
    outlet: str | None,
    now: dt.datetime,
) -> tuple[WatchedItem, list[Received]]:
    """The item of a new or edited entry, and its own words where they are all there is."""
    is_own = entry.url is None or (plan is not None and plan.content == "feed" and entry.markup)
    url = entry.url or feed_url
    item = dataclasses.replace(
        old or WatchedItem(entry.key, feed_url, host_of(url), url, entry.is_listing, "", now, None),
        mark=entry.mark,
        title=entry.title,
        published=entry.published,
        outlet=outlet,
        due_at=None if is_own else now,
        rechecks=0,
        failures=0,
        error=None,
    )
    if not is_own:
        return item, []
    id_ = article_id(entry.key)
    words = Received(
        source=entry.key,
        body=own_words(entry, outlet, id_),
        kind=FEED_JSON,
        charset="utf-8",
        article_id=id_,
        url=entry.url,
        outlet=outlet,
        title=entry.title,
        published=entry.published,
    )
    return item, [words]


def fetched(
    item: WatchedItem, answer: Answer, settings: WatchSettings, now: dt.datetime
) -> Brought:
    """A page's answer: into the inbox where its bytes are new, and when to look again."""
    if not answer.is_ok and answer.status != NOT_MODIFIED:
        wait_s = retry_after_s(answer.retry_after, now)
        is_hopeless = answer.status in HOPELESS
        reason = f"answers with status {answer.status}"
        return fetch_failed(item, reason, settings, now, wait_s=wait_s, is_hopeless=is_hopeless)
    digest = hashlib.sha256(answer.data).hexdigest() if answer.is_ok else item.body_sha256
    is_new = answer.is_ok and digest != item.body_sha256
    # A part of a sitemap comes again when the index gives it another date.
    again = settings.rechecks_s[item.rechecks :] if not item.is_listing else ()
    wait = spread(again[0], settings.seed, item.key, item.rechecks) if again else None
    after = dataclasses.replace(
        item,
        fetched_at=now,
        due_at=_after(now, wait) if wait is not None else None,
        rechecks=item.rechecks + 1,
        etag=answer.etag if answer.is_ok else item.etag,
        last_modified=answer.last_modified if answer.is_ok else item.last_modified,
        body_sha256=digest,
        failures=0,
        error=None,
    )
    page = Received(
        source=item.url,
        body=answer.data,
        kind=answer.kind,
        charset=answer.charset,
        article_id=article_id(item.key),
        url=item.url,
        outlet=item.outlet,
        title=item.title,
        published=item.published,
    )
    return Brought(None, (after,), (page,) if is_new and not item.is_listing else ())


def fetch_failed(
    item: WatchedItem,
    reason: str,
    settings: WatchSettings,
    now: dt.datetime,
    *,
    wait_s: float | None = None,
    is_hopeless: bool = False,
) -> Brought:
    """A page that did not come: tried again, ever more rarely, until it is old."""
    failures = item.failures + 1
    age_s = (now - item.seen_at).total_seconds()
    is_over = is_hopeless or age_s > settings.max_age_days * 86_400
    pause = spread(backoff_s(failures, settings), settings.seed, item.key, "failed", failures)
    after = dataclasses.replace(
        item,
        failures=failures,
        error=reason[:MAX_ERROR_CHARS],
        due_at=None if is_over else _after(now, max(pause, wait_s or 0.0)),
    )
    return Brought(None, (after,))


def is_hopeless(failure: FetchFailed) -> bool:
    """Whether asking again is useless: the page must not be asked for, or is too large."""
    return failure.fault in {FetchFault.FORBIDDEN, FetchFault.OVERSIZED}


def _after(now: dt.datetime, wait_s: float) -> dt.datetime:
    return now + dt.timedelta(seconds=wait_s)


def _gap(before: FeedState, now: dt.datetime) -> FeedGap | None:
    since = before.succeeded_at
    if since is None or (now - since).total_seconds() <= gap_s(before):
        return None
    return FeedGap(before.url, since, now, before.error or "the watch was not at work")


def _moment(entry: Entry) -> dt.datetime | None:
    published, _ = read_published(entry.published, origin="feed")
    return published.moment if published else None


def _lag_s(entry: Entry, now: dt.datetime) -> float | None:
    moment = _moment(entry)
    return max(0.0, (now - moment).total_seconds()) if moment else None


def _is_too_old(entry: Entry, plan: FeedPlan, settings: WatchSettings, now: dt.datetime) -> bool:
    """Sitemaps name years of pages; those of a feed are as few as its outlet chose."""
    if plan.kind.value != "sitemap":
        return False
    published, _ = read_published(entry.published, origin="sitemap")
    return published is not None and (now.date() - published.date).days > settings.max_age_days
