"""Metadata that a page declares: JSON-LD first, then meta tags, then what it shows.

Each date is kept with where it stood; which of them is believed is decided in `page_dates`.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

MAX_FIELD_CHARS = 1000
MAX_JSON_CHARS = 2_000_000
MAX_JSON_NODES = 5000
MAX_TAGS = 2000
"""Bounds on what one page may make us look at."""

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|WebPage", re.IGNORECASE)
_TITLES = (
    "og:title",
    "twitter:title",
    "headline",
    "title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
)
_OUTLETS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "cre",
    "article:publisher",
)
_BYLINES = (
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "article:author_name",
)
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publishdate",
    "publish_date", "published_time", "pubdate", "ptime", "pdate", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date.created", "dc.date",
    "article.published", "originalpublicationdate", "date", "displaydate", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod",
    "last-modified", "revision_date",
)  # fmt: skip
_TITLE_MARK = re.compile(r"\s+(?:[|–—»·•-]|::|//)\s+")
_WWW = re.compile(r"^(?:www\d?|m|mobile|amp)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeclaredDate:
    """A date as a page writes it, and where."""

    text: str
    origin: str
    is_modified: bool = False


@dataclass(slots=True)
class PageMetadata:
    """What a page says of itself. `dates` are best first."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    dates: list[DeclaredDate] = field(default_factory=list)


def read_metadata(tree: Any, url: str | None = None) -> PageMetadata:
    """The metadata of a parsed page; `url` is where it was fetched, where known."""
    found = PageMetadata()
    _read_json_ld(tree, found)
    _read_meta(tree, found)
    _read_visible(tree, found)
    found.url = url or found.url
    if found.outlet is None and found.url:
        host = urlsplit_host(found.url)
        found.outlet = _WWW.sub("", host) if host else None
    # titles are escaped twice in many heads
    found.title = _clean(unescape(found.title)) if found.title else None
    if found.title:
        found.title = _without_outlet(found.title, tree, found)
    return found


def _without_outlet(title: str, tree: Any, found: PageMetadata) -> str:
    """The headline of a title such as `Headline | Section - Outlet`: what an `<h1>` of the page
    says too, else all but the parts at either end that only name the outlet."""
    parts = _TITLE_MARK.split(title)
    if len(parts) < 2:
        return title
    tops = {_letters("".join(top.itertext())[:MAX_FIELD_CHARS]) for top in _first_tops(tree)}
    at = [match.span() for match in _TITLE_MARK.finditer(title)]
    heads = [title[:start] for start, _ in reversed(at)]
    for head in heads:
        if head and _letters(head) in tops:
            return head
    host = _WWW.sub("", urlsplit_host(found.url or "") or "")
    names = {_letters(name) for name in (found.outlet or "", host, host.partition(".")[0])} - {""}
    first, last = 0, len(parts)
    while last - first > 1 and _letters(parts[last - 1]) in names:
        last -= 1
    while last - first > 1 and _letters(parts[first]) in names:
        first += 1
    start = at[first - 1][1] if first else 0
    return title[start : at[last - 1][0]] if last < len(parts) else title[start:]


def _first_tops(tree: Any) -> Iterator[Any]:
    return itertools.islice(tree.iter("h1"), 5)


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))


def urlsplit_host(url: str) -> str | None:
    """The host of a URL; None where it has none or is malformed."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _clean(value: object) -> str | None:
    """One line of text without the characters that no field may hold; None for anything else."""
    if not isinstance(value, str):
        return None
    line = " ".join(value.replace("\0", " ").encode("utf-8", "replace").decode().split())
    return line[:MAX_FIELD_CHARS] or None


def _read_json_ld(tree: Any, found: PageMetadata) -> None:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        text = script.text.strip().removesuffix(";")
        if len(text) > MAX_JSON_CHARS:
            continue
        try:
            # control characters stand unescaped in the descriptions of many pages
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            if _ARTICLE_TYPES.search(str(node.get("@type") or "")):
                _take_node(node, found)


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD value, outermost first, a bounded number of them."""
    waiting: list[object] = [value]
    for _ in range(MAX_JSON_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _take_node(node: dict[str, Any], found: PageMetadata) -> None:
    is_page = "webpage" in str(node.get("@type")).lower()
    if not is_page:
        found.title = found.title or _clean(node.get("headline"))
        found.byline = found.byline or _names(node.get("author"))
    found.outlet = found.outlet or _names(node.get("publisher"))
    for key, is_modified in (("datePublished", False), ("dateModified", True)):
        if date := _clean(node.get(key)):
            found.dates.append(DeclaredDate(date, f"json-ld {key}", is_modified))


def _names(value: object) -> str | None:
    """Names of persons or organisations: a string, an object with a name, or a list of them."""
    items = value if isinstance(value, list) else [value]
    names = [_clean(item.get("name") if isinstance(item, dict) else item) for item in items[:20]]
    known = dict.fromkeys(name for name in names if name and not name.startswith("http"))
    return ", ".join(known) or None


def _read_meta(tree: Any, found: PageMetadata) -> None:
    tags: dict[str, str] = {}
    for count, tag in enumerate(tree.iter("meta")):
        if count >= MAX_TAGS:
            break
        content = _clean(tag.get("content"))
        if content is None:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := tag.get(attribute):
                tags.setdefault(name.strip().lower(), content)
    found.title = found.title or _first(tags, _TITLES)
    found.outlet = found.outlet or _first(tags, _OUTLETS, is_name=True)
    found.byline = found.byline or _first(tags, _BYLINES, is_name=True)
    for names, is_modified in ((_PUBLISHED, False), (_MODIFIED, True)):
        found.dates.extend(
            DeclaredDate(tags[name], f"meta {name}", is_modified) for name in names if name in tags
        )
    for rel in tree.iter("link"):
        if (rel.get("rel") or "").lower() == "canonical":
            found.url = _web_address(rel.get("href"))
            break
    found.url = found.url or _web_address(tags.get("og:url"))


def _first(tags: dict[str, str], names: tuple[str, ...], *, is_name: bool = False) -> str | None:
    for name in names:
        value = tags.get(name)
        if value and not (is_name and value.startswith(("http", "@", "/"))):
            return value
    return None


def _web_address(value: str | None) -> str | None:
    url = _clean(value)
    return url if url and url.startswith(("http://", "https://")) and urlsplit_host(url) else None


def _read_visible(tree: Any, found: PageMetadata) -> None:
    """`<title>` and `<h1>`, and the times that the page marks up as such."""
    for tag in ("h1", "title"):
        if found.title:
            break
        for element in tree.iter(tag):
            if title := _clean("".join(element.itertext())[: MAX_FIELD_CHARS * 2]):
                found.title = title
                break
    for count, element in enumerate(tree.iter("time")):
        if count >= 3:
            break
        if date := _clean(element.get("datetime")):
            found.dates.append(DeclaredDate(date, "time element"))
    for count, element in enumerate(tree.iter("span", "div", "abbr", "p")):
        if count >= MAX_TAGS:
            break
        if "datepublished" in (element.get("itemprop") or "").lower():
            date = _clean(element.get("content") or element.get("datetime") or element.text)
            if date:
                found.dates.append(DeclaredDate(date, "itemprop datePublished"))
