"""Fuzz the feed reader: RSS, Atom and JSON feeds."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.promise import SETTINGS, reader
from tocsin.errors import RefusedInput
from tocsin.read.page import Payload, read_payload
from tocsin.read.sniff import Format
from tocsin.records import Article

SEEDS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>N</title><item><title>T</title>"
    b"<pubDate>Mon, 03 May 2021 22:30:00 +0300</pubDate><description>&lt;p&gt;Two hurt"
    b"</description></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>g</id><content type='html'>Two hurt"
    b"</content></entry></feed>",
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"content_html": "<p>Two hurt"}]}',
)


def read(data: bytes) -> Iterator[Article | RefusedInput]:
    """Read the bytes as a feed."""
    return read_payload(Payload(data, "fuzz", promised=Format.FEED), SETTINGS)


check = reader(read)
