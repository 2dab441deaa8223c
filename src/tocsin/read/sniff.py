"""Which format an input has: by its first bytes where they are unmistakable, else by its name."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum
from pathlib import PurePath

from tocsin.read.charset import looks_binary


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    HTML = "html"
    JSON_LINES = "json lines"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    WARC = "warc"
    FEED = "feed"
    BINARY = "binary"
    EMPTY = "empty"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".parquet": Format.PARQUET,
    ".warc": Format.WARC,
    ".xml": Format.FEED,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
}
GZIP_SUFFIX = ".gz"

_BINARY_MAGIC = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"BZh", b"\xfd7zXZ",
    b"7z\xbc\xaf", b"Rar!", b"SQLite format 3", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3",
    b"\x28\xb5\x2f\xfd",
)  # fmt: skip
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LATER = re.compile(rb"<(?:html|body|article|div|p|h1|br)\b", re.IGNORECASE)


def suffix_format(name: str) -> Format | None:
    """The format a file name or URL path promises, `.gz` left aside."""
    path = PurePath(name.lower())
    suffixes = path.suffixes
    if suffixes and suffixes[-1] == GZIP_SUFFIX:
        suffixes = suffixes[:-1]
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def sniff(head: bytes, promised: Format | None) -> Format:
    """The format of an input that begins with `head`; `promised` by its name or content type."""
    if not head:
        return Format.EMPTY
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(_UTF16_MARKS):
        return promised or Format.TEXT
    if head.startswith(_BINARY_MAGIC) or (promised is not Format.JSON_LINES and looks_binary(head)):
        return Format.BINARY
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"<"):
        if _HTML.match(start):
            return Format.HTML
        if _FEED.search(start, 0, 4096):
            return Format.FEED
        if promised in {None, Format.FEED} and _HTML_LATER.search(start, 0, 4096):
            return Format.HTML
    if start[:1] in b"{[" and promised in {None, Format.TEXT, Format.JSON, Format.JSON_LINES}:
        return _json_format(start, promised)
    if promised in {Format.PARQUET, Format.WARC}:
        return Format.BINARY
    return promised or Format.TEXT


def _json_format(start: bytes, promised: Format | None) -> Format:
    """Whether `{` or `[` opens JSON lines, one JSON document, or a text that only looks so."""
    first, _, rest = start.partition(b"\n")
    record = _parsed(first)
    if isinstance(record, dict):
        is_feed = "items" in record and "jsonfeed" in str(record.get("version"))
        if is_feed or (promised is Format.JSON and not rest.strip()):
            return Format.JSON
        if promised is Format.TEXT and not record.keys() & {"text", "html"}:
            return Format.TEXT
        return Format.JSON_LINES
    if promised in {Format.JSON, Format.JSON_LINES}:
        return promised
    is_document = start.startswith(b"{") or isinstance(record, list) or b'"' in first[:20]
    if promised is None and is_document and (b'"' in start[:200]):
        return Format.JSON_LINES if rest.lstrip().startswith(b"{") else Format.JSON
    return promised or Format.TEXT


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
