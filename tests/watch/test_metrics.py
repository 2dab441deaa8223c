"""Metrics: what a monitor reads, and what never was left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from tests.watch.world import START
from tocsin.store import FeedState, InboxCounts
from tocsin.watch import feed_health
from tocsin.watch.metrics import metrics_text

FED = FeedState(
    url='http://a.example/"x"?token=secret',
    kind="feed",
    due_at=START,
    interval_s=900.0,
    succeeded_at=START - dt.timedelta(seconds=60),
    news_at=START - dt.timedelta(seconds=60),
    lag_s=12.5,
)
NEW = dataclasses.replace(FED, url="http://b.example/", succeeded_at=None, news_at=None, lag_s=None)
LEFT = dataclasses.replace(FED, url="http://c.example/", is_watched=False)


def test_metrics_of_feeds_and_inbox() -> None:
    feeds = [feed_health(state, START) for state in (FED, NEW, LEFT)]
    inbox = InboxCounts(3, 1, START - dt.timedelta(seconds=9))
    text = metrics_text(feeds, inbox, START)
    lines = [re.sub(r',id="[0-9a-f]{8}"', "", line) for line in text.splitlines()]
    assert r'tocsin_feed_up{feed="http://a.example/\"x\"?..."} 1.0' in lines
    assert 'tocsin_feed_up{feed="http://b.example/"} 0.0' in lines
    assert r'tocsin_feed_lag_seconds{feed="http://a.example/\"x\"?..."} 12.5' in lines
    assert 'tocsin_feed_health{feed="http://b.example/",health="new"} 1.0' in lines
    assert "tocsin_inbox_waiting 3.0" in lines
    assert "tocsin_inbox_oldest_seconds 9.0" in lines
    assert "secret" not in text
    assert "c.example" not in text
    assert not [x for x in lines if "b.example" in x and ("success" in x or "lag" in x)]
    assert text.endswith("\n")
