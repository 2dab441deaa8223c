"""Feeds day and night: polled politely, nothing lost, nothing asked of anyone twice.

    plan = load_plan(path)                                   # what is watched, and how
    Watcher(plan, store, parts, settings, fetcher=...).run()  # until stopped; or once, for cron

A feed names items; their pages are fetched into the store's inbox; the inbox is taken in by the
steps of the pipeline. Each arrow is one transaction, so that a kill at any point loses nothing.
"""

from __future__ import annotations

from tocsin.watch.config import FeedKind, FeedPlan, WatchPlan, WatchSettings, load_plan
from tocsin.watch.health import FeedHealth, Health, feed_health

__all__ = [
    "FeedHealth",
    "FeedKind",
    "FeedPlan",
    "Health",
    "WatchPlan",
    "WatchSettings",
    "feed_health",
    "load_plan",
]
