"""Feeds in every state of health, in a store."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from tocsin.store import FeedGap, FeedState, Received, open_store, system_clock
from tocsin.store.config import StoreSettings

HOSTILE = "<script>alert(1)</script>"
SECRET = "s3cret"


def ago(**by: float) -> dt.datetime:
    return system_clock() - dt.timedelta(**by)


def state(url: str, **changes: object) -> FeedState:
    """A feed that was read a minute ago."""
    now = system_clock()
    sound = FeedState(
        url=url,
        kind="feed",
        due_at=now + dt.timedelta(minutes=14),
        interval_s=900.0,
        tried_at=ago(minutes=1),
        succeeded_at=ago(minutes=1),
        news_at=ago(minutes=1),
        lag_s=420.0,
    )
    return dataclasses.replace(sound, **changes)  # type: ignore[arg-type]


def watch_into(path: Path) -> None:
    """A feed that is well, one that fails since yesterday, one behind, one gone, one given up."""
    well = state(f"https://a.example/feed?key={SECRET}", outlet="The Ledger")
    failing = state(
        "https://b.example/feed",
        title=HOSTILE,
        succeeded_at=ago(hours=30),
        failures=3,
        error=f"answers with {HOSTILE}",
    )
    behind = state("https://c.example/feed", succeeded_at=ago(hours=5), tried_at=ago(hours=5))
    gone = state("https://d.example/feed", is_gone=True, failures=1, error="status 410")
    left = state("https://e.example/feed", is_watched=False, succeeded_at=ago(days=9))
    with open_store(str(path), StoreSettings()) as store:
        for one in (well, failing, behind, gone, left):
            store.save_poll(one)
        past = FeedGap(well.url, ago(hours=9), ago(hours=4), "did not answer in time")
        body = Received(
            "https://a.example/1", b"x", "text/html", None, None, None, None, None, None
        )
        store.save_poll(well, gap=past, received=[body])
