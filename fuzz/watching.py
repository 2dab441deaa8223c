"""Fuzz what a watch reads of strangers beside articles: listings, robots.txt, OPML, addresses,
headers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tocsin.errors import FetchFailed, RefusedInput
from tocsin.fetch import Answer, shown
from tocsin.fetch.target import checked_target
from tocsin.fetch.waiting import retry_after
from tocsin.read.published import read_published
from tocsin.watch import FeedKind, FeedPlan
from tocsin.watch.addresses import host_of, item_address
from tocsin.watch.listing import read_listing
from tocsin.watch.opml import read_opml, write_opml
from tocsin.watch.robots import read_robots

BASE = "https://news.example/feed"
NOW = dt.datetime(2021, 3, 1, tzinfo=dt.UTC)
SEEDS = (
    b"\0<?xml version='1.0'?><rss version='2.0'><channel><title>N</title><item><title>T</title>"
    b"<link>/a?utm_source=x</link><pubDate>Mon, 03 May 2021 22:30:00 +0300</pubDate></item>"
    b"</channel></rss>",
    b'\0{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/a", "title": "T"}]}',
    b"\x01<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://n.example/a"
    b"</loc><lastmod>2021-05-03</lastmod></url></urlset>",
    b"\x02<html><body><a href='/news/1'>one</a><a href='//news.example/2'>two</a></body></html>",
    b"\x03User-agent: *\nDisallow: /*.pdf$\nAllow: /a*b%7E\nCrawl-delay: 2.5\n",
    b"\x04<opml><body><outline text='A' xmlUrl='https://a.example/feed'/></body></opml>",
    b"\x05http://user:pass@[::ffff:127.0.0.1]:8080/%7Ea?b=c#d",
    b"\x06Mon, 03 May 2021 22:30:00 GMT",
)


def _feed(data: bytes) -> None:
    read_listing(Answer(200, BASE, data), FeedPlan(url=BASE), 50)


def _sitemap(data: bytes) -> None:
    read_listing(Answer(200, BASE, data), FeedPlan(url=BASE, kind=FeedKind.SITEMAP), 50)


def _links(data: bytes) -> None:
    read_listing(Answer(200, BASE, data), FeedPlan(url=BASE, kind=FeedKind.LINKS), 50)


def _robots(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    robots = read_robots(text, "tocsin")
    if not 0 <= robots.crawl_delay_s <= 3_600:
        raise ValueError(f"a delay of {robots.crawl_delay_s}")
    robots.allows(text[:200])


def _opml(data: bytes) -> None:
    feeds = [one for one in read_opml(data, "list") if isinstance(one, FeedPlan)]
    again = [one.url for one in read_opml(write_opml(feeds), "list") if isinstance(one, FeedPlan)]
    if again != [one.url for one in feeds]:
        raise ValueError("a list that is another when it is read again")


def _address(data: bytes) -> None:
    link = data.decode("utf-8", "replace")
    shown(link)
    address = item_address(link, BASE)
    if address is not None and (item_address(address, BASE) != address or not host_of(address)):
        raise ValueError(f"{address} is not its own address")
    checked_target(link)


def _header(data: bytes) -> None:
    text = data.decode("latin-1")
    wait = retry_after(text, NOW)
    if wait is not None and wait < dt.timedelta():
        raise ValueError("a wait into the past")
    read_published(text, origin="feed")


PARTS: tuple[Callable[[bytes], None], ...] = (
    _feed,
    _sitemap,
    _links,
    _robots,
    _opml,
    _address,
    _header,
)


def check(data: bytes) -> None:
    """The first byte chooses the reader, the others are what it reads."""
    if not data:
        return
    try:
        PARTS[data[0] % len(PARTS)](data[1:])
    except (RefusedInput, FetchFailed):
        return
