"""Feeds: the entries of RSS, Atom and JSON feeds, each an article of its own.

The text is the entry's full content where the feed carries it, else its summary.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from tocsin.errors import RefusedInput
from tocsin.read.build import build_article
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft
from tocsin.read.html import text_of_fragment
from tocsin.read.published import read_published
from tocsin.records import Article

MAX_FEED_BYTES = 8 * 2**20
"""Feeds of news stay below 1 MiB; the tolerant parser is slow on larger ones."""
MAX_FEED_TAGS = 200_000

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(
    data: bytes, source: str, settings: ReadSettings, *, locator: str | None = None
) -> Iterator[Article | RefusedInput]:
    """Articles of an RSS or Atom document. Raises RefusedInput for what is no feed."""
    feed = parse_feed(data, source, locator=locator)
    entries = feed.get("entries") or []
    outlet = one_line(feed.get("feed", {}).get("title"))
    if not entries:
        raise RefusedInput(source, "is a feed without entries, or no feed", locator=locator)
    for number, entry in enumerate(entries, start=1):
        where = ", ".join(filter(None, (locator, f"entry {number}")))
        contents = entry.get("content") or []
        markup = max((str(part.get("value") or "") for part in contents), key=len, default="")
        markup = markup or str(entry.get("summary") or "")
        published = entry.get("published") or entry.get("updated") or entry.get("created")
        yield _build(
            Draft(
                text=text_of_fragment(markup),
                source=source,
                locator=where,
                id=one_line(entry.get("id")),
                url=one_line(entry.get("link")),
                outlet=outlet,
                title=one_line(entry.get("title")),
                byline=one_line(entry.get("author")),
            ),
            published,
            "feed published",
            settings,
        )


def parse_feed(data: bytes, source: str, *, locator: str | None = None) -> Any:
    """The parsed document, as feedparser gives it. Raises RefusedInput for one that is too large,
    declares entities, or breaks the parser."""
    if len(data) > MAX_FEED_BYTES or data.count(b"<") > MAX_FEED_TAGS:
        raise RefusedInput(source, "is too large for a feed", locator=locator)
    if _ENTITY.search(data):
        raise RefusedInput(source, "declares entities, which no feed needs", locator=locator)
    import feedparser  # noqa: PLC0415 - slow to import

    try:
        return feedparser.parse(data, resolve_relative_uris=False, sanitize_html=False)
    # its tolerant parser raises whatever a malformed document leads it to
    except Exception as error:
        reason = f"cannot be parsed as a feed: {type(error).__name__}"
        raise RefusedInput(source, reason, locator=locator) from error


def read_json_feed(
    feed: dict[str, Any], source: str, settings: ReadSettings, *, locator: str | None = None
) -> Iterator[Article | RefusedInput]:
    """Articles of a parsed JSON feed. Raises RefusedInput for what is none."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        raise RefusedInput(source, "is a feed without entries, or no feed", locator=locator)
    outlet = one_line(feed.get("title"))
    for number, item in enumerate(items, start=1):
        where = ", ".join(filter(None, (locator, f"entry {number}")))
        if not isinstance(item, dict):
            yield RefusedInput(source, "is not a JSON object", locator=where)
            continue
        plain = item.get("content_text")
        markup = item.get("content_html") or item.get("summary")
        text = plain if isinstance(plain, str) else text_of_fragment(str(markup or ""))
        authors = item.get("authors") or [item.get("author")]
        names = (
            [one_line(a.get("name")) for a in authors if isinstance(a, dict)]
            if isinstance(authors, list)
            else []
        )
        yield _build(
            Draft(
                text=text,
                source=source,
                locator=where,
                id=one_line(item.get("id")),
                url=one_line(item.get("url") or item.get("external_url")),
                outlet=outlet,
                title=one_line(item.get("title")),
                byline=", ".join(filter(None, names)) or None,
            ),
            item.get("date_published") or item.get("date_modified"),
            "feed date_published",
            settings,
        )


def _build(
    draft: Draft, published: object, origin: str, settings: ReadSettings
) -> Article | RefusedInput:
    text = published if isinstance(published, str) else None
    date, extra = read_published(text, origin=origin)
    try:
        return build_article(dataclasses.replace(draft, published=date, extra=extra), settings)
    except RefusedInput as refusal:
        return refusal


def one_line(value: object) -> str | None:
    """One line of plain text; None for anything but a string with words in it."""
    if not isinstance(value, str):
        return None
    plain = text_of_fragment(value) if "<" in value else value
    return " ".join(plain.replace("\0", " ").split()) or None
