"""Addresses of items, sitemaps, OPML and configuration: taken as they come, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.config import load_settings
from tocsin.errors import RefusedInput, SettingsError
from tocsin.fetch import Answer
from tocsin.watch import FeedKind, FeedPlan, load_plan
from tocsin.watch.addresses import host_of, item_address
from tocsin.watch.listing import Listing, read_listing
from tocsin.watch.opml import feed_tables, read_opml, write_opml
from tocsin.watch.sitemap import read_sitemap

BASE = "https://news.example/feed"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "https://news.example/a"),
        ("HTTPS://News.Example:443/a#top", "https://news.example/a"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a?id=7&utm_source=x&fbclid=y", "https://news.example/a?id=7"),
        ("https://news.example/a?utm_medium=rss", "https://news.example/a"),
        ("https://news.example/a?q=%20&b", "https://news.example/a?q=%20&b"),
        ("//other.example/a", "https://other.example/a"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("mailto:desk@news.example", None),
        ("javascript:void(0)", None),
        ("file:///etc/passwd", None),
        ("http://user:pass@news.example/", None),
        ("http://[::1", None),
        ("http://news.example:port/", None),
    ],
)
def test_addresses_of_items(link: str, address: str | None) -> None:
    assert item_address(link, BASE) == address


@given(st.text(max_size=120))
def test_an_address_is_its_own_address(link: str) -> None:
    address = item_address(link, BASE)
    if address is not None:
        assert item_address(address, BASE) == address
        assert host_of(address)


def test_a_sitemap_says_what_it_says() -> None:
    data = b"""<?xml version="1.0"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <!-- a comment -->
      <url><loc> https://news.example/a </loc><news:news><news:title>Bomb
        hits</news:title><news:publication_date>2021-03-01</news:publication_date></news:news></url>
      <url><lastmod>2021-03-01</lastmod></url>
    </urlset>"""
    (place,) = read_sitemap(data, "s")
    assert (place.url, place.title) == ("https://news.example/a", "Bomb hits")
    assert (place.published, place.modified, place.is_sitemap) == ("2021-03-01", None, False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<urlset>",
        b"<html/>",
        b"\xff\xfe\x00",
        b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset>&x;</urlset>',
        b"<urlset>" + b"<a>" * 10_000,
    ],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    with pytest.raises(RefusedInput):
        list(read_sitemap(data, "s"))


@given(st.binary(max_size=400), st.sampled_from(FeedKind))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_a_listing(data: bytes, kind: FeedKind) -> None:
    for body in (data, b"<rss version='2.0'><channel>" + data, b'{"items": [' + data):
        try:
            listing = read_listing(Answer(200, BASE, body), FeedPlan(url=BASE, kind=kind), 5)
        except RefusedInput:
            continue
        assert isinstance(listing, Listing)
        assert len(listing.entries) <= 5


def test_opml_in_and_out() -> None:
    feeds = [
        FeedPlan(url="https://a.example/feed?x=1&y=2", outlet='A "quoted" <name>'),
        FeedPlan(url="https://b.example/feed"),
        FeedPlan(url="https://b.example/sitemap.xml", kind=FeedKind.SITEMAP),
    ]
    found = read_opml(write_opml(feeds), "list.opml")
    assert [f.url for f in found if isinstance(f, FeedPlan)] == [f.url for f in feeds[:2]]
    assert isinstance(found[0], FeedPlan)
    assert found[0].outlet == feeds[0].outlet


def test_opml_of_others() -> None:
    data = b"""<opml version="1.1"><body><outline text="News">
      <outline text="A" xmlUrl="https://a.example/feed"/>
      <outline text="again" xmlUrl="https://a.example/feed"/>
      <outline text="bad" xmlUrl="ftp://b.example/feed"/>
      <outline text="no feed"/></outline></body></opml>"""
    first, bad = read_opml(data, "list.opml")
    assert isinstance(first, FeedPlan)
    assert isinstance(bad, RefusedInput)
    for hostile in (b"<x/>", b"<opml", b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>'):
        with pytest.raises(RefusedInput):
            read_opml(hostile, "list.opml")


def test_tables_of_feeds_are_a_configuration(tmp_path: Path) -> None:
    feeds = [
        FeedPlan(url="https://a.example/feed", outlet='A "quoted" \\ é'),
        FeedPlan(url="https://b.example/x", kind=FeedKind.LINKS, prefix="/news/"),
    ]
    path = tmp_path / "watch.toml"
    path.write_text(f'[store]\nurl = "x.db"\n\n{feed_tables(feeds)}', encoding="utf-8")
    assert load_plan(path).feeds == tuple(feeds)
    assert load_settings(path, environ={}).store.url == "x.db", "one file for every command"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "feeds"),
        ('[[feeds]]\nurl = "ftp://a.example/"', "feeds.0.url"),
        ('[[feeds]]\nurl = "https://a.example/"\nkind = "x"', "feeds.0.kind"),
        ('[[feeds]]\nurl = "https://a.example/"\ncolour = 1', "feeds.0.colour"),
        ('[[feeds]]\nurl = "https://a.example/"\n' * 2, "feeds"),
        ('[[feeds]]\nurl = "https://a.example/"\nprefix = "/x"', "feeds.0"),
        ('[watch]\nmin_interval_s = 0\n[[feeds]]\nurl = "https://a.example/"', "watch.min_inter"),
        ('[watch]\nmin_interval_s = 5000\n[[feeds]]\nurl = "https://a.example/"', "watch"),
        ("[watch", ""),
    ],
)
def test_a_bad_configuration_is_named(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "watch.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_plan(path)
    assert caught.value.key.startswith(key)
