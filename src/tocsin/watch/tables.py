"""Feeds, their gaps and the quarantine as tables for the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rich import box
from rich.table import Table

from tocsin.fetch import shown
from tocsin.publish.phrasing import plain
from tocsin.store import FeedGap, InboxItem
from tocsin.watch.health import FeedHealth


def feed_table(feeds: Iterable[FeedHealth], now: dt.datetime) -> Table:
    """A row per feed: one word, then what it rests on."""
    table = _table("feed", "health", "last read", "last news", "lag", "every", "fails", "error")
    for one in feeds:
        state = one.state
        table.add_row(
            plain(state.outlet or state.title or shown(state.url)),
            one.health.value,
            _ago(state.succeeded_at, now),
            _ago(state.news_at, now),
            span_words(state.lag_s) if state.lag_s is not None else "",
            span_words(state.interval_s),
            str(state.failures or ""),
            plain(state.error or ""),
        )
    return table


def gap_table(gaps: Iterable[FeedGap]) -> Table:
    """A row per gap: what happened in it, as far as this feed tells, is not known."""
    table = _table("feed", "not read from", "to", "for", "because")
    for gap in gaps:
        length = span_words((gap.until - gap.since).total_seconds())
        row = (shown(gap.feed_url), _minute(gap.since), _minute(gap.until), length, gap.reason)
        table.add_row(*map(plain, row))
    return table


def quarantine_table(items: Iterable[InboxItem]) -> Table:
    """A row per document that was set aside."""
    table = _table("number", "document", "received", "stage", "error")
    for item in items:
        source = shown(item.received.source)
        row = (str(item.key), source, _minute(item.received_at), item.stage or "", item.error or "")
        table.add_row(*map(plain, row))
    return table


def _table(*headers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, collapse_padding=True)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _minute(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _ago(moment: dt.datetime | None, now: dt.datetime) -> str:
    return f"{span_words((now - moment).total_seconds())} ago" if moment else "never"


def span_words(seconds: float) -> str:
    """In the largest unit that says enough: `40 s`, `12 min`, `5 h`, `3 d`."""
    seconds = max(0.0, seconds)
    for unit_s, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * unit_s:
            return f"{seconds / unit_s:.0f} {unit}"
    return f"{seconds:.0f} s"
