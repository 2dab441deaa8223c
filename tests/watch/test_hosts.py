"""What is known of a host, and what is said where it may not be asked."""

from __future__ import annotations

import datetime as dt

from tocsin.errors import FetchFailed, FetchFault
from tocsin.watch.config import WatchSettings
from tocsin.watch.hosts import Hosts

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HOST, URL = "news.example", "https://news.example/feed.xml"


def test_a_robots_file_that_did_not_come_is_no_robots_file_that_forbids() -> None:
    hosts = Hosts([], WatchSettings())
    failed = FetchFailed(f"{URL}/robots.txt", FetchFault.UNREACHABLE, "no address of that name")
    hosts.learn_robots(HOST, failed, NOW)
    assert not hosts.allows(HOST, URL)
    assert "did not come" in hosts.refusal(HOST)
    assert "no address of that name" in hosts.refusal(HOST)
