"""The script of the day: articles come out, some are edited, servers misbehave and recover.

All of it follows from the articles and a seed. News ends after `NEWS_H` hours and misbehaviour
after `FAULTS_H`, so that a watch has time to catch up: a feed may rest for six hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from random import Random
from typing import Any

from benchmarks.replay.feeds import EDITIONS, WRITERS, Item, sitemap
from tests.watch.world import START, Clock, Page, Site
from tocsin.watch.visits import article_id

FEEDS = 200
"""Hosts with a feed each, unless fewer are asked for."""
NEWS_H, FAULTS_H = 14.0, 15.0
EDITED, SILENTLY, DOUBLED, MOVED = 0.15, 0.4, 0.1, 0.05
"""Shares: of articles that are edited; of edits that no feed tells of; of articles that a second
feed names too; of pages that are found behind a redirect."""
DOUBLED_AFTER_H = 8.0
"""When the second feed names it: after any feed has been read."""
EDITED_AFTER_H = 2.0
RETRY_S = 900
CRAWL_DELAY_S = 30
LATE_S = 4.0
"""Real seconds that a server takes where it is to be too slow; a watch waits for fewer."""
WAITS_S = 2.0
KINDS = ("429", "429 with a date", "503", "broken", "cut", "late feed", "late page")
CLOSED = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://[::1]/",
    "http://127.0.0.1:{trap}/",
    "http://localhost:{trap}/",
    "http://2130706433:{trap}/",
    "http://user:pass@127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "http://metadata.internal/",
)
"""Where redirects try to lead; `trap` is a port of this machine that must not be asked."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article on its way through the day."""

    feed: int
    url: str
    title: str
    published: str
    text: str
    out_at: dt.datetime
    edit_at: dt.datetime | None
    is_silent: bool

    def state(self, now: dt.datetime) -> str:
        """What the feed says of it."""
        return EDITIONS[self.edit_at is not None and not self.is_silent and now >= self.edit_at]

    def page(self, now: dt.datetime) -> str:
        """The page as it stands: before its edit, an article lacks its end."""
        text = self.text
        if self.edit_at is not None and now < self.edit_at:
            text = text[: text.rfind(" ", 0, len(text) * 3 // 4)] + "."
        told = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip())
        title = escape(self.title)
        return (
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}"
            "</article></body></html>"
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """A feed's host misbehaves for some hours."""

    kind: str
    since: dt.datetime
    until: dt.datetime

    def is_on(self, now: dt.datetime) -> bool:
        """Whether it does at an instant."""
        return self.since <= now < self.until


@dataclass
class Script:
    """What the server shows when."""

    site: Site
    clock: Clock
    trap: int
    feeds: int
    pieces: list[Piece] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    doubled: dict[int, list[Piece]] = field(default_factory=dict)
    traps: list[str] = field(default_factory=list)
    """Addresses that redirect to where nobody may go."""
    private: list[str] = field(default_factory=list)
    """Addresses that robots.txt forbids."""

    def feed_url(self, feed: int) -> str:
        """The address of a feed."""
        return self.site.url(f"f{feed}", "/feed")

    def plan(self) -> list[dict[str, Any]]:
        """The tables of a configuration."""
        return [
            {
                "url": self.feed_url(feed),
                "outlet": self.outlets[feed],
                "kind": "sitemap" if _writer(feed) is sitemap else "feed",
            }
            for feed in range(self.feeds)
        ]

    def batch(self) -> Iterator[dict[str, str]]:
        """The rows that a batch run reads: every article as it stands in the end."""
        end = self.clock.at.max.replace(tzinfo=dt.UTC)
        for one in self.pieces:
            yield {
                "id": article_id(one.url),
                "url": one.url,
                "outlet": self.outlets[one.feed],
                "title": one.title,
                "published": one.published,
                "html": one.page(end),
            }

    def _items(self, feed: int, now: dt.datetime) -> list[Item]:
        own = [one for one in self.pieces if one.feed == feed and one.out_at <= now]
        again = dt.timedelta(hours=DOUBLED_AFTER_H)
        others = [one for one in self.doubled.get(feed, []) if one.out_at + again <= now]
        items = [Item(one.url, one.title, one.published, one.state(now)) for one in own]
        items += [
            Item(f"{one.url}?utm_source=f{feed}", one.title, one.published, EDITIONS[0])
            for one in others
        ]
        host = self.site.url(f"f{feed}", "/")
        items += [
            Item(url, "A door", "2021-03-01", EDITIONS[0])
            for url in (*self.traps, *self.private)
            if url.startswith(host)
        ]
        return items

    def serve(self) -> None:
        """Put every feed, page, robots.txt and trap on the site."""
        for feed in range(self.feeds):
            self._serve_feed(feed)
        for number, one in enumerate(self.pieces):
            self._serve_page(one, is_moved=number % round(1 / MOVED) == 0)

    def _serve_feed(self, feed: int) -> None:
        robots = "User-agent: *\nDisallow: /private/\n"
        if feed % 10 == 0:
            robots += f"Crawl-delay: {CRAWL_DELAY_S}\n"
        self._put(feed, "/robots.txt", lambda _sent: Page(robots))

        def answer(sent: Mapping[str, str]) -> Page:
            now = self.clock.now()
            body = _writer(feed)(self.outlets[feed], self._items(feed, now))
            fault = self.faults.get(feed)
            if fault is not None and fault.is_on(now):
                return _misbehaving(fault.kind, body, now)
            return _tagged(body, sent)

        self._put(feed, "/feed", answer)

    def _serve_page(self, one: Piece, *, is_moved: bool) -> None:
        path = "/" + one.url.rpartition("/")[2]

        def answer(sent: Mapping[str, str]) -> Page:
            fault = self.faults.get(one.feed)
            now = self.clock.now()
            if fault is not None and fault.kind == "late page" and fault.is_on(now):
                return Page("too late", delay_s=LATE_S)
            return _tagged(one.page(now), sent)

        if is_moved:
            moved = Page(status=301, headers={"Location": f"/moved{path}"})
            self._put(one.feed, path, lambda _sent: moved)
            path = f"/moved{path}"
        self._put(one.feed, path, answer)

    def trap_pages(self, feeds: Sequence[int]) -> None:
        """Items that redirect to closed addresses, one for each of the feeds in turn, and items
        that robots.txt forbids."""
        for number, feed in enumerate(feeds):
            to = CLOSED[number % len(CLOSED)].format(trap=self.trap)
            path = f"/door{number}"
            door = Page(status=302, headers={"Location": to})
            self.traps.append(self.site.url(f"f{feed}", path))
            self._put(feed, path, lambda _sent, door=door: door)
            self.private.append(self.site.url(f"f{feed}", "/private/1"))

    def _put(self, feed: int, path: str, answer: Any) -> None:
        self.site.pages[f"f{feed}.example", path] = answer


def _writer(feed: int) -> Any:
    return WRITERS[feed % len(WRITERS)]


def _tagged(body: str, sent: Mapping[str, str]) -> Page:
    """The body under a tag of its own; 304 to whoever knows it."""
    tag = f'"{hash(body) & 0xFFFFFFFF:x}"'
    if sent.get("If-None-Match") == tag:
        return Page(status=304, headers={"ETag": tag})
    return Page(body, headers={"ETag": tag})


def _misbehaving(kind: str, body: str, now: dt.datetime) -> Page:
    match kind:
        case "429":
            return Page(status=429, headers={"Retry-After": str(RETRY_S)})
        case "429 with a date":
            until = now + dt.timedelta(seconds=RETRY_S)
            said = until.strftime("%a, %d %b %Y %H:%M:%S GMT")
            return Page(status=429, headers={"Retry-After": said})
        case "503":
            return Page(status=503)
        case "broken":
            return Page(body[: len(body) // 2] + "<<& not xml")
        case "cut":
            return Page("")
        case "late feed":
            return Page(body, delay_s=LATE_S)
        case _:
            return Page(body)


def write_script(
    site: Site,
    clock: Clock,
    articles: Sequence[Mapping[str, Any]],
    *,
    seed: int,
    trap: int,
    feeds: int = FEEDS,
) -> Script:
    """The day of these articles."""
    chance = Random(seed)
    outlets = sorted({str(one["outlet"]) for one in articles})
    script = Script(site, clock, trap, feeds)
    script.outlets = [
        outlets[feed] if feed < len(outlets) else f"Wire {feed}" for feed in range(feeds)
    ]
    numbers = {name: number for number, name in enumerate(outlets)}
    for number, one in enumerate(sorted(articles, key=lambda a: (a["published"], a["id"]))):
        feed = numbers[str(one["outlet"])] % feeds
        out_at = START + dt.timedelta(hours=NEWS_H * number / len(articles))
        is_edited = chance.random() < EDITED
        piece = Piece(
            feed,
            site.url(f"f{feed}", f"/{number}"),
            " ".join(str(one["title"] or "Untitled").split()),
            str(one["published"]),
            str(one["text"]),
            out_at,
            out_at + dt.timedelta(hours=EDITED_AFTER_H) if is_edited else None,
            chance.random() < SILENTLY,
        )
        script.pieces.append(piece)
        if chance.random() < DOUBLED:
            script.doubled.setdefault((feed + 1) % feeds, []).append(piece)
    for feed in chance.sample(range(feeds), feeds // 4):
        since = START + dt.timedelta(hours=chance.uniform(1, FAULTS_H - 4))
        until = since + dt.timedelta(hours=chance.uniform(1, 4))
        script.faults[feed] = Fault(KINDS[len(script.faults) % len(KINDS)], since, until)
    script.trap_pages(chance.sample(range(feeds), min(feeds, 2 * len(CLOSED))))
    script.serve()
    return script
