"""Fuzz the page reader: parsing, metadata, dates, text."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.promise import SETTINGS, reader
from tocsin.read.build import build_article
from tocsin.read.draft import Draft
from tocsin.read.html import read_html
from tocsin.records import Article

SEEDS = (
    b"<html><head><title>T</title><meta property='article:published_time' content='2021-05-03'>"
    b'<script type=\'application/ld+json\'>{"@type": "NewsArticle", "datePublished": '
    b'"2021-05-03T01:00:00Z"}</script></head><body><article><h1>T</h1><p>Two men were hurt in a '
    b"blast near the mill.</p><figure><figcaption>The mill</figcaption></figure></article>",
    b"<meta charset=windows-1251><time datetime='2021-05-03'>x</time>" + b"<div>" * 300 + b"words",
)


def read(data: bytes) -> Iterator[Article]:
    """Read the bytes as a page."""
    yield build_article(read_html(data, Draft("", "fuzz")), SETTINGS)


check = reader(read)
