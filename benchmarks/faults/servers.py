"""The world outside: feeds and pages, and a receiver of alerts. Both can fail, both keep books."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.faults.news import Piece, feed_body, page_body

OUTLETS = 4
NAMES = ".example"
LISTED = 80
"""Newest pieces that a feed names, as real ones drop the older."""


class Trouble(StrEnum):
    """What a server does instead of answering."""

    NONE = "none"
    REFUSED = "refused"
    """Hangs up unread."""
    CUT = "cut"
    """Hangs up in the middle of its answer."""
    SLOW = "slow"
    """Answers when nobody waits any more."""
    ERROR = "error"
    """Status 503."""
    TAKEN = "taken"
    """A receiver's: takes the message, then hangs up without a word."""


LATE_S = 3.0
"""More than clients of the campaign wait."""


@dataclass
class Press:
    """Outlets with a feed each."""

    pieces: dict[int, list[Piece]] = field(
        default_factory=lambda: {outlet: [] for outlet in range(OUTLETS)}
    )
    trouble: Trouble = Trouble.NONE
    requests: int = 0
    port: int = 0

    def url(self, outlet: int, path: str) -> str:
        """An address at an outlet."""
        return f"http://wire{outlet}{NAMES}:{self.port}{path}"

    def feeds(self) -> list[str]:
        """Addresses of all feeds."""
        return [self.url(outlet, "/feed") for outlet in range(OUTLETS)]

    def page(self, piece: Piece) -> str:
        """The address of a piece, whatever its edition."""
        return self.url(piece.outlet, f"/{piece.number}")

    def publish(self, piece: Piece) -> None:
        """Put a piece out, in place of its earlier edition."""
        pieces = [one for one in self.pieces[piece.outlet] if one.number != piece.number]
        self.pieces[piece.outlet] = [*pieces, piece]

    def body(self, host: str, path: str) -> str | None:
        """What stands at an address; None where nothing does."""
        outlet = int(host.removeprefix("wire").partition(".")[0])
        pieces = self.pieces[outlet]
        if path == "/feed":
            return feed_body(pieces[-LISTED:], self.page)
        if path == "/robots.txt":
            return "User-agent: *\nDisallow: /private\n"
        found = next((one for one in pieces if f"/{one.number}" == path), None)
        return page_body(found) if found else None


@dataclass
class Desk:
    """A webhook's receiver, which remembers keys."""

    trouble: Trouble = Trouble.NONE
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The first message of each key."""
    differing: list[str] = field(default_factory=list)
    """Keys that came again with another body."""
    repeats: int = 0
    """Messages that came again, word for word."""
    port: int = 0

    @property
    def url(self) -> str:
        """Where alerts go."""
        return f"http://127.0.0.1:{self.port}/hook"

    def take(self, key: str, body: bytes) -> None:
        """Note a message."""
        message = json.loads(body)
        if key not in self.taken:
            self.taken[key] = message
        elif self.taken[key] == message:
            self.repeats += 1
        else:
            self.differing.append(key)


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def say(self, status: int, body: bytes = b"", *, cut: bool = False, tag: str = "") -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = True


@contextlib.contextmanager
def press_server() -> Iterator[Press]:
    """Outlets on a loopback port of their own."""
    press = Press()

    class Handler(_Handler):
        def do_GET(self) -> None:
            press.requests += 1
            trouble = press.trouble
            if trouble is Trouble.REFUSED:
                self.close_connection = True
                return
            if trouble is Trouble.SLOW:
                time.sleep(LATE_S)
            if trouble is Trouble.ERROR:
                self.say(503)
                return
            found = press.body(self.headers["Host"], self.path)
            body = (found or "").encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if found is not None and self.headers.get("If-None-Match") == tag:
                self.say(304, tag=tag)
            else:
                self.say(404 if found is None else 200, body, cut=trouble is Trouble.CUT, tag=tag)

    with _served(Handler) as press.port:
        yield press


@contextlib.contextmanager
def desk_server() -> Iterator[Desk]:
    """A receiver on a loopback port of its own."""
    desk = Desk()
    lock = threading.Lock()

    class Handler(_Handler):
        def do_POST(self) -> None:
            trouble = desk.trouble
            if trouble is Trouble.REFUSED:
                self.close_connection = True
                return
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            # a sender that died while it wrote has told nobody
            if len(body) < length or trouble is Trouble.ERROR:
                self.say(503)
                return
            with lock:
                desk.take(self.headers["Idempotency-Key"], body)
            if trouble is Trouble.SLOW:
                time.sleep(LATE_S)
            if trouble is Trouble.TAKEN:
                self.close_connection = True
                return
            self.say(204)

    with _served(Handler) as desk.port:
        yield desk


@contextlib.contextmanager
def _served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
