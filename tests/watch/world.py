"""A world of our own: a real HTTP server on loopback, names that lead to it, days that pass.

The server keeps a log in simulated time, from which politeness is proven.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.fetch import FetchSettings
from tocsin.fetch.client import Fetcher
from tocsin.pipeline import Parts
from tocsin.read.config import ReadSettings
from tocsin.store import Store, open_store
from tocsin.watch import WatchPlan
from tocsin.watch.intake import Intake
from tocsin.watch.watcher import Watcher

START = dt.datetime(2021, 3, 1, 8, tzinfo=dt.UTC)
OUR_NAMES = ".example"


@dataclass
class Clock:
    """Time that passes only where it is waited for. `until` stops whoever waits past it."""

    at: dt.datetime = START
    until: dt.datetime | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def now(self) -> dt.datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        assert seconds > 0, "waiting for nothing is a busy loop"
        self.at += dt.timedelta(seconds=seconds)
        if self.until is not None and self.at >= self.until:
            self.stop.set()


class Inline(Executor):
    """Does at once what is submitted, so that a run is the same each time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Asked:
    """One line of the server's log."""

    at: dt.datetime
    host: str
    path: str
    headers: Mapping[str, str]
    status: int
    has_tag: bool = False
    """Whether the answer had an ETag, by which the next request can ask."""


@dataclass(frozen=True)
class Page:
    """What the server has at an address. `delay_s` is real time."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


class Site:
    """Pages by host and path; each may also be a function of the request's headers."""

    def __init__(self, clock: Clock) -> None:
        self.pages: dict[tuple[str, str], Page | Callable[[Mapping[str, str]], Page]] = {}
        self.log: list[Asked] = []
        self._over = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host = self.headers["Host"].partition(":")[0]
                page = site.pages.get((host, self.path), Page("no such page", 404))
                page = page(dict(self.headers)) if callable(page) else page
                site.log.append(
                    Asked(
                        clock.now(),
                        host,
                        self.path,
                        dict(self.headers),
                        page.status,
                        "ETag" in page.headers,
                    )
                )
                site._over.wait(page.delay_s)
                body = page.body.encode() if isinstance(page.body, str) else page.body
                with contextlib.suppress(OSError):
                    self.send_response(page.status)
                    for name, value in page.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    def url(self, host: str, path: str) -> str:
        return f"http://{host}{OUR_NAMES}:{self.port}{path}"

    def put(self, host: str, path: str, body: bytes | str = b"", **said: Any) -> str:
        """Serve a page; its address."""
        self.pages[host + OUR_NAMES, path] = Page(body, **said)
        return self.url(host, path)

    def put_tagged(self, host: str, path: str, body: str, **headers: str) -> str:
        """Serve a page that answers 304 to whoever knows its present tag."""
        tag = f'"{hash(body) & 0xFFFFFFFF:x}"'
        kinds = {"ETag": tag} | {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(sent: Mapping[str, str]) -> Page:
            if sent.get("If-None-Match") == tag:
                return Page(b"", 304, kinds)
            return Page(body, 200, kinds)

        self.pages[host + OUR_NAMES, path] = answer
        return self.url(host, path)

    def asked(self, host: str, path: str | None = None) -> list[Asked]:
        """The log of one host, or of one page."""
        name = host + OUR_NAMES
        return [a for a in self.log if a.host == name and path in {None, a.path}]

    def shortest_pauses_s(self) -> dict[str, float]:
        """For each host, the shortest time between two requests."""
        times: dict[str, list[dt.datetime]] = defaultdict(list)
        for one in self.log:
            times[one.host].append(one.at)
        return {
            host: min((b - a).total_seconds() for a, b in pairwise(at))
            for host, at in times.items()
            if len(at) > 1
        }

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def resolve(host: str, port: int) -> Sequence[str]:
    """Every name of ours leads to loopback, and so does the machine's own; others are unknown."""
    if host.endswith(OUR_NAMES) or host in {"127.0.0.1", "localhost"}:
        return ["127.0.0.1"]
    if host.replace(".", "").isdigit():
        return [host]
    raise OSError(f"no such name: {host}")


@dataclass
class World:
    """Site, clock and a store file; `watch` runs over them."""

    site: Site
    clock: Clock
    path: Path
    timeout_s: float = 60.0
    """Of real time, and more than any busy machine needs: where it matters a test says less."""

    def settings(self) -> Settings:
        fetching = FetchSettings(
            allow=(f"127.0.0.1:{self.site.port}",),
            contact="desk@tocsin.example",
            timeout_s=self.timeout_s,
        )
        return Settings(extract=ExtractSettings(reader="rules"), read=ReadSettings(fetch=fetching))

    def opened(self) -> Store:
        return open_store(str(self.path), self.settings().store, clock=self.clock.now)

    @contextlib.contextmanager
    def watcher(self, plan: WatchPlan, parts: Parts) -> Iterator[Watcher]:
        settings = self.settings()
        self.clock.stop.clear()
        with self.opened() as store:
            yield Watcher(
                plan,
                store,
                Intake(store, parts, settings),
                Fetcher(settings.read.fetch, resolve=resolve),
                self.clock,
                Inline(),
                self.clock.stop,
                idle_s=86_400,
            )

    def watch(self, plan: WatchPlan, parts: Parts, *, hours: float | None = None) -> dict[str, int]:
        """Watch for simulated hours; None: once."""
        with self.watcher(plan, parts) as watcher:
            self.clock.until = None
            if hours is not None:
                self.clock.until = self.clock.at + dt.timedelta(hours=hours)
            return watcher.run(once=hours is None).counts()


def plan_of(*feeds: str | dict[str, Any], **watch: Any) -> WatchPlan:
    tables = [{"url": feed} if isinstance(feed, str) else feed for feed in feeds]
    return WatchPlan.model_validate({"feeds": tables, "watch": watch})


def story(number: int, killed: int = 3, note: str = "") -> str:
    """The paragraphs of a made-up report, unlike those of other numbers."""
    town = ("Baghdad", "Mosul", "Kirkuk", "Basra", "Kabul", "Tripoli", "Aleppo")[number % 7]
    return (
        f"A roadside bomb struck police patrol {number} in {town} on Sunday, killing {killed} "
        f"officers, the interior ministry said. Witnesses near market {number} heard the blast at "
        f"dawn and saw smoke over the road for an hour afterwards. {note}"
    )


def article_page(number: int, killed: int = 3, note: str = "") -> str:
    """A web page with that report."""
    return (
        f"<html><head><title>Bomb hits patrol {number}</title></head><body><article>"
        f"<h1>Bomb hits patrol {number}</h1><p>{story(number, killed, note)}</p>"
        f"<p>The road of patrol {number} was closed until noon, officials added.</p>"
        "</article></body></html>"
    )


def rss(entries: Sequence[tuple[str, str]], title: str = "Valley Wire", updated: str = "") -> str:
    """An RSS feed of (link, title)."""
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Mon, 01 Mar 2021 07:30:00 +0000</pubDate><description>{updated}</description>"
        "</item>"
        for link, name in entries
    )
    channel = f"<channel><title>{title}</title>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
