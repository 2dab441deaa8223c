"""What a watched address names: entries of feeds, sitemaps and pages of links, all alike."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXException

from tocsin.errors import RefusedInput
from tocsin.fetch import Answer
from tocsin.read.charset import decode_text
from tocsin.read.feeds import one_line, parse_feed
from tocsin.read.html import parse_html
from tocsin.read.json_lines import parse_json
from tocsin.watch.addresses import host_of, item_address
from tocsin.watch.config import FeedKind, FeedPlan
from tocsin.watch.sitemap import read_sitemap

MAX_LINKS = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it is named. `url` None: it has no page, only the words in `markup`."""

    key: str
    url: str | None
    mark: str
    """A digest of what is said of it: another one is an edit."""
    title: str | None = None
    published: str | None = None
    markup: str = ""
    is_listing: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What one poll named, in the order given, each item once."""

    title: str | None
    entries: tuple[Entry, ...]


def read_listing(answer: Answer, plan: FeedPlan, limit: int) -> Listing:
    """The listing in an answer, `limit` entries at most. Raises RefusedInput for what is none."""
    url = plan.url
    title: str | None = None
    match plan.kind:
        case FeedKind.SITEMAP:
            found = _of_sitemap(answer, url)
        case FeedKind.LINKS:
            found = _of_links(answer, plan, url)
        case FeedKind.FEED:
            document = _json_feed(answer, url)
            if document is None:
                document = parse_feed(answer.data, url)
                title = one_line(document.get("feed", {}).get("title"))
                found = _of_feed(document, url)
            else:
                title = one_line(document.get("title"))
                found = _of_json_feed(document, url)
    entries: dict[str, Entry] = {}
    for entry in found:
        entries.setdefault(entry.key, entry)
        if len(entries) >= limit:
            break
    return Listing(title, tuple(entries.values()))


def _entry(
    feed_url: str, link: str | None, guid: str | None, said: tuple[str | None, ...], markup: str
) -> Entry | None:
    """An entry by its address, or by its id within the feed where it has no page."""
    title, published, updated = said
    url = item_address(link, feed_url) if link else None
    if url is None and not markup:
        return None
    own = guid or _digest(title or "", markup)
    mark = _digest(title or "", updated or published or "", markup)
    return Entry(url or f"{feed_url}#{own}", url, mark, title, published or updated, markup)


def _of_feed(document: Any, feed_url: str) -> Iterator[Entry]:
    if not document.get("entries"):
        if isinstance(document.get("bozo_exception"), SAXException):
            raise RefusedInput(feed_url, "is broken XML, and names nothing")
        if not document.get("version"):
            raise RefusedInput(feed_url, "is no feed")
    for entry in document.get("entries") or []:
        contents = [str(part.get("value") or "") for part in entry.get("content") or []]
        markup = max(contents, key=len, default="") or str(entry.get("summary") or "")
        said = (
            one_line(entry.get("title")),
            one_line(entry.get("published") or entry.get("created")),
            # asked of the dict itself: feedparser would give `published` for it, with a warning
            one_line(dict.get(entry, "updated")),
        )
        made = _entry(feed_url, entry.get("link"), one_line(entry.get("id")), said, markup)
        if made is not None:
            yield made


def _json_feed(answer: Answer, url: str) -> dict[str, Any] | None:
    if not answer.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    document = parse_json(decode_text(answer.data, url), url, None)
    return document if isinstance(document, dict) else None


def _of_json_feed(document: dict[str, Any], feed_url: str) -> Iterator[Entry]:
    items = document.get("items")
    if not isinstance(items, list):
        raise RefusedInput(feed_url, "is no feed")
    for item in items:
        if not isinstance(item, dict):
            continue
        markup = item.get("content_html") or item.get("summary")
        plain = item.get("content_text")
        if isinstance(plain, str) and not item.get("content_html"):
            markup = html.escape(plain)
        link = item.get("url") or item.get("external_url")
        said = (
            one_line(item.get("title")),
            one_line(item.get("date_published")),
            one_line(item.get("date_modified")),
        )
        made = _entry(
            feed_url,
            link if isinstance(link, str) else None,
            one_line(item.get("id")),
            said,
            markup if isinstance(markup, str) else "",
        )
        if made is not None:
            yield made


def _of_sitemap(answer: Answer, url: str) -> Iterator[Entry]:
    for place in read_sitemap(answer.data, url):
        address = item_address(place.url, url)
        if address is not None:
            yield Entry(
                key=address,
                url=address,
                mark=_digest(place.title or "", place.modified or place.published or ""),
                title=place.title,
                published=place.published or place.modified,
                is_listing=place.is_sitemap,
            )


def _of_links(answer: Answer, plan: FeedPlan, url: str) -> Iterator[Entry]:
    """The links of a page that lead to its own host, or the lines of a plain list."""
    text = decode_text(answer.data, url, declared=answer.charset)
    if "html" not in answer.kind and not text.lstrip().startswith("<"):
        links = [line.strip() for line in text.splitlines()[:MAX_LINKS]]
        base, hosts = url, None
    else:
        tree = parse_html(text)
        if tree is None:
            raise RefusedInput(url, "holds no HTML")
        links = [str(link) for link in tree.xpath("//a/@href")[:MAX_LINKS]]
        base, hosts = answer.url, {host_of(url), host_of(answer.url)}
    for link in links:
        address = item_address(link, base) if link and not link.startswith("#") else None
        if address is None or (hosts is not None and host_of(address) not in hosts):
            continue
        path = address.partition("://")[2].partition("/")[2]
        if f"/{path}".startswith(plan.prefix or "/"):
            yield Entry(key=address, url=address, mark="")


def own_words(entry: Entry, outlet: str | None, article_id: str) -> bytes:
    """An entry's own words as a JSON feed of one item: a form the reading room knows."""
    item = {
        "id": article_id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.markup,
        "date_published": entry.published,
    }
    return json.dumps({"title": outlet, "items": [item]}, ensure_ascii=True).encode()


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:32]
