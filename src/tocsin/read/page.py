"""One fetched or archived body: what kind it is, and the reader that takes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field

from tocsin.errors import RefusedInput
from tocsin.read.build import build_article
from tocsin.read.charset import decode_text
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft, GivenMetadata
from tocsin.read.feeds import read_feed, read_json_feed
from tocsin.read.html import read_html
from tocsin.read.json_lines import draft_of_record, parse_json
from tocsin.read.published import read_published
from tocsin.read.sniff import Format, sniff
from tocsin.records import Article


@dataclass(frozen=True, slots=True)
class Payload:
    """A whole document in bytes, and what its carrier said of it."""

    data: bytes
    source: str
    locator: str | None = None
    given: GivenMetadata = field(default_factory=GivenMetadata)
    """Said of the document by whoever named it."""
    kind: str = ""
    """Content type, lower case."""
    charset: str | None = None
    promised: Format | None = None
    """What the name of the file promises."""


def read_payload(payload: Payload, settings: ReadSettings) -> Iterator[Article | RefusedInput]:
    """Articles of one body: a page, a feed, a text or JSON. Refusals are yielded."""
    try:
        yield from _read(payload, settings)
    except RefusedInput as refusal:
        yield refusal


def _read(payload: Payload, settings: ReadSettings) -> Iterator[Article | RefusedInput]:
    source, locator = payload.source, payload.locator
    form = sniff(payload.data[:4096], payload.promised or _promised(payload.kind))
    given = payload.given
    published, extra = read_published(given.published, origin="given with the input")
    known = Draft(
        text="",
        source=source,
        locator=locator,
        id=given.id,
        url=given.url,
        outlet=given.outlet,
        title=given.title,
        published=published,
        extra=extra,
    )
    match form:
        case Format.FEED:
            yield from read_feed(payload.data, source, settings, locator=locator)
        case Format.JSON | Format.JSON_LINES:
            text = decode_text(payload.data, source, locator=locator)
            record = parse_json(text, source, locator)
            yield from read_json(record, source, settings, locator=locator)
        case Format.BINARY | Format.PARQUET | Format.WARC:
            raise RefusedInput(source, "is binary, not a page", locator=locator)
        case Format.EMPTY:
            raise RefusedInput(source, "is empty", locator=locator)
        case Format.TEXT if payload.promised is not Format.HTML:
            text = decode_text(payload.data, source, declared=payload.charset, locator=locator)
            yield build_article(dataclasses.replace(known, text=text), settings)
        case _:
            draft = read_html(payload.data, known, charset=payload.charset)
            yield build_article(draft, settings)


def _promised(kind: str) -> Format | None:
    if "html" in kind:
        return Format.HTML
    if "json" in kind:
        return Format.JSON
    if "rss" in kind or "atom" in kind or "xml" in kind:
        return Format.FEED
    return Format.TEXT if "text/plain" in kind else None


def read_json(
    value: object, source: str, settings: ReadSettings, *, locator: str | None = None
) -> Iterator[Article | RefusedInput]:
    """Articles of one JSON document: a JSON feed, a list of records, or one record."""
    if isinstance(value, dict) and "items" in value and "text" not in value:
        yield from read_json_feed(value, source, settings, locator=locator)
        return
    records = value if isinstance(value, list) else [value]
    for number, record in enumerate(records, start=1):
        at = f"record {number}" if isinstance(value, list) else None
        where = ", ".join(filter(None, (locator, at))) or None
        try:
            yield build_article(draft_of_record(record, source, where), settings)
        except RefusedInput as refusal:
            yield refusal
    if not records:
        yield RefusedInput(source, "holds no record", locator=locator)
