"""Items as the four kinds of document that name articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a feed names it. `state` differs from one edition to the next."""

    url: str
    title: str
    published: str
    state: str


def rss(title: str, items: Sequence[Item]) -> str:
    """RSS 2.0."""
    told = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.url)}</link>"
        f"<guid>{escape(one.url)}</guid><pubDate>{one.published}</pubDate>"
        f"<description>{one.state}</description></item>"
        for one in items
    )
    channel = f"<channel><title>{escape(title)}</title>{told}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def atom(title: str, items: Sequence[Item]) -> str:
    """Atom 1.0."""
    told = "".join(
        f"<entry><id>{escape(one.url)}</id><title>{escape(one.title)}</title>"
        f'<link href="{escape(one.url)}"/><published>{one.published}</published>'
        f"<summary>{one.state}</summary></entry>"
        for one in items
    )
    head = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title>'
    return f'<?xml version="1.0"?>{head}{told}</feed>'


def json_feed(title: str, items: Sequence[Item]) -> str:
    """JSON Feed 1.1."""
    told = [
        {
            "id": one.url,
            "url": one.url,
            "title": one.title,
            "date_published": one.published,
            "summary": one.state,
        }
        for one in items
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": told}
    )


def sitemap(_: str, items: Sequence[Item]) -> str:
    """A news sitemap; `lastmod` stands for the edition."""
    told = "".join(
        f"<url><loc>{escape(one.url)}</loc><lastmod>{one.state}</lastmod><news:news>"
        f"<news:title>{escape(one.title)}</news:title>"
        f"<news:publication_date>{one.published}</news:publication_date></news:news></url>"
        for one in items
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0"?><urlset {spaces}>{told}</urlset>'


Writer = Callable[[str, Sequence[Item]], str]
WRITERS: tuple[Writer, ...] = (rss, rss, rss, atom, json_feed, sitemap)
"""By a feed's number: half of them RSS."""
EDITIONS = ("2021-03-01", "2021-03-02")
"""What an item's `state` is before and after its edit."""
